package org.cobnut.upsd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.access.RequestResult;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.upsd.access.HostRules;
import org.cobnut.upsd.config.Quotas;
import org.cobnut.upsd.net.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users who come over HTTP have the rights, checks and limits of those who come over upsd's port. */
class UserRequestsTest {
    private static final String FROM = "127.0.0.1";

    private final Fixture fixture = new Fixture();
    private final UserRequests requests = new UserRequests(fixture.service);

    @Test
    void aRightPasswordGivesTheRightsOfUpsdUsers() {
        var admin = user("admin", "sesame");
        assertThat(admin.name()).isEqualTo("admin");
        assertThat(admin.maySet()).isTrue();
        assertThat(admin.mayRun("load.off")).isTrue();
        var mon = user("mon", "pass");
        assertThat(mon.maySet()).isFalse();
        assertThat(mon.mayRun("beeper.mute")).isTrue();
        assertThat(mon.mayRun("load.off")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"admin, wrong", "nobody, sesame", "open, ''", "'admin\nx', sesame", "admin, 'sesame\nINSTCMD'"})
    void anyOtherIsNobody(String name, String password) {
        var login = wait(requests.authenticate(name, password, FROM));
        assertThat(login.user()).isEmpty();
    }

    @Test
    void manyWrongPasswordsAreThrottledAndTheRightOneIsNot() {
        fixture.quotas = new Quotas(10, 10, 60_000, TimeUnit.MILLISECONDS.toNanos(20), false);
        boolean throttled = false;
        for (int i = 0; i < 30; i++)
            throttled |= wait(requests.authenticate("admin", "guess" + i, FROM)).throttled();
        assertThat(throttled).isTrue();
        assertThat(user("admin", "sesame").name()).isEqualTo("admin");
    }

    @Test
    void hostRulesCountHereToo() {
        var deny = new HostRules.Source("hosts.deny", "upsd: admin@127.0.0.1\n");
        fixture.rules = HostRules.of(new HostRules.Source("hosts.allow", ""), deny, name -> List.of(), (at, why) -> {});
        assertThat(wait(requests.authenticate("admin", "sesame", FROM)).user()).isEmpty();
        assertThat(user("mon", "pass").name()).isEqualTo("mon");
    }

    @ParameterizedTest
    @CsvSource({
        "admin, sesame, demo, ups.id, office, ''",
        "admin, sesame, demo, battery.charge, 5, READONLY",
        "admin, sesame, demo, battery.charge.low, 55, INVALID-VALUE",
        "admin, sesame, demo, outlet.1.switch, maybe, INVALID-VALUE",
        "admin, sesame, demo, ups.id, longer than sixteen, TOO-LONG",
        "admin, sesame, demo, ups.id, 'two\nlines', INVALID-VALUE",
        "admin, sesame, demo, no.such, 1, VAR-NOT-SUPPORTED",
        "admin, sesame, none, ups.id, x, UNKNOWN-UPS",
        "mon, pass, demo, ups.id, x, ACCESS-DENIED",
    })
    void aSettingIsCheckedAsSetVarIs(
            String name, String password, String ups, String variable, String value, String error) {
        var result = wait(user(name, password).set(ups, variable, value));
        assertThat(result.error()).isEqualTo(error);
        if (error.isEmpty()) assertThat(fixture.device.commands).containsExactly("set ups.id=office");
        else assertThat(fixture.device.commands).isEmpty();
    }

    @Test
    void theResultIsThatOfTheDeviceAndComesWhenItHasAnswered() {
        fixture.device.outcome = new CompletableFuture<>();
        var result = user("admin", "sesame").run("demo", "load.off", "").toCompletableFuture();
        assertThat(result).isNotDone();
        fixture.device.outcome.complete(Outcome.failed("it is calibrating"));
        assertThat(wait(result)).isEqualTo(new RequestResult("FAILED", "it is calibrating"));
        assertThat(fixture.device.commands).containsExactly("run load.off()");
    }

    @Test
    void aCommandNeedsFreshDataAndTheRight() {
        assertThat(wait(user("mon", "pass").run("demo", "load.off", "")).error())
                .isEqualTo("ACCESS-DENIED");
        var admin = user("admin", "sesame");
        assertThat(wait(admin.run("demo", "no.such", "")).error()).isEqualTo("CMD-NOT-SUPPORTED");
        fixture.show(new Health.Stale(Instant.EPOCH, "silence"));
        assertThat(wait(admin.run("demo", "load.off", "")).error()).isEqualTo("DATA-STALE");
        assertThat(fixture.device.commands).isEmpty();
    }

    private AuthenticatedUser user(String name, String password) {
        return wait(requests.authenticate(name, password, FROM)).user().orElseThrow();
    }

    private static <T> T wait(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
