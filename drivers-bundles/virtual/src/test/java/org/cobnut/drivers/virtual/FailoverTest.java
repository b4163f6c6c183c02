package org.cobnut.drivers.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.testkit.TestDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverTest {
    private static final Health LOST = new Health.Reconnecting(Instant.EPOCH, "no port", Instant.EPOCH);
    private final TestDevice one = TestDevice.of("ups.status: OL", "ups.model: One", "ups.serial: 1");
    private final TestDevice two = TestDevice.of("ups.status: OL", "ups.model: Two");

    @Test
    void showsTheFirstAndPutsItsDriverApart() {
        one.says("driver.name: usbhid-ups").takes("load.off", "driver.reload", "shutdown.default");
        Play play = play();
        play.poll();
        assertThat(play.value("ups.model")).isEqualTo("One");
        assertThat(play.value("upstream.driver.name")).isEqualTo("usbhid-ups");
        assertThat(play.value("driver.name")).isEqualTo("(none)");
        assertThat(play.value("driver.primary.sockname")).isEqualTo("a");
        assertThat(play.value("driver.primary.priority")).isEqualTo("2");
        assertThat(play.report.commands())
                .containsExactly(
                        "a.force.ignore",
                        "a.force.primary",
                        "b.force.ignore",
                        "b.force.primary",
                        "load.off",
                        "upstream.driver.reload",
                        "upstream.shutdown.default");
        assertThat(play.report.again()).isEmpty();
    }

    @Test
    void changesOverAtOnceAndBack() {
        Play play = play();
        play.poll();
        one.says("ups.status: OB");
        play.poll();
        assertThat(play.value("ups.model")).isEqualTo("Two");
        assertThat(play.value("ups.serial")).as("the other one has none").isEqualTo("(none)");
        assertThat(play.status()).isEqualTo("OL");
        one.says("ups.status: OL");
        play.poll();
        assertThat(play.value("ups.model")).isEqualTo("One");
    }

    @Test
    void passesOrdersOnToWhatIsShown() throws Exception {
        one.says(new Variable("driver.debug", "0", VarType.number()))
                .says(new Variable("ups.id", "x", VarType.text(8)));
        Play play = play();
        play.poll();
        assertThat(play.report.variables().get("ups.id").type()).isEqualTo(VarType.text(8));
        assertThat(play.session().set("ups.id", "y")).isEqualTo(Outcome.handled());
        assertThat(play.session().set("upstream.driver.debug", "3")).isEqualTo(Outcome.handled());
        assertThat(play.session().run("load.off", "5")).isEqualTo(Outcome.handled());
        assertThat(play.session().run("upstream.shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(one.asked()).containsExactly("ups.id=y", "driver.debug=3", "load.off 5", "shutdown.default");
        one.answers(Outcome.failed("no"));
        assertThat(play.session().run("load.off", "")).isEqualTo(Outcome.failed("no"));
        assertThat(two.asked()).isEmpty();
    }

    @Test
    void somebodyCanForceOneForATimeOrForGood() throws Exception {
        Play play = play();
        play.poll();
        assertThat(play.session().run("b.force.primary", "10")).isEqualTo(Outcome.handled());
        assertThat(play.links.wakes()).isEqualTo(1);
        play.poll();
        assertThat(play.value("ups.model")).isEqualTo("Two");
        assertThat(play.report.again()).as("it ends by itself").isPresent();
        play.pollAfter(10);
        assertThat(play.value("ups.model")).isEqualTo("One");
        play.session().run("a.force.ignore", "-1");
        play.pollAfter(100_000);
        assertThat(play.value("ups.model")).isEqualTo("Two");
        play.session().run("a.force.ignore", "");
        play.poll();
        assertThat(play.value("ups.model")).isEqualTo("One");
        assertThat(play.session().run("a.force.ignore", "long").code()).isEqualTo(Outcome.Code.INVALID);
    }

    @Test
    void oneThatDoesNotAnswerIsOutAfterDeadtime() {
        Play play = play("deadtime = 20");
        play.poll();
        two.is(LOST);
        one.is(LOST);
        play.pollAfter(19);
        assertThat(play.report.stale()).as("alive, but not fresh").contains("a is reconnecting: no port");
        play.pollAfter(2);
        play.pollAfter(15);
        assertThat(play.report.stale()).contains("a is reconnecting: no port; b is reconnecting: no port");
        two.is(new Health.Fresh());
        play.poll();
        assertThat(play.value("ups.model")).isEqualTo("Two");
        assertThat(play.report.stale()).isEmpty();
    }

    @Test
    void withoutAnyTheLastValuesStandForAWhileAndAreThenStale() {
        Play play = play();
        play.poll();
        gone(play);
        play.pollAfter(14);
        assertThat(play.report.stale()).isEmpty();
        assertThat(play.status()).isEqualTo("OL");
        assertThat(play.report.again()).isPresent();
        play.pollAfter(1);
        assertThat(play.report.stale())
                .contains("waits for a: there is no such device; waits for b: there is no such device");
        assertThat(play.report.alarms()).isEmpty();
    }

    @Test
    void fsdmodeOneAlarmsBeforeItIsStale() {
        Play play = play("fsdmode = 1", "noprimarytime = 3");
        play.poll();
        gone(play);
        play.pollAfter(3);
        assertThat(play.report.alarms()).singleElement().asString().startsWith("No device is fit: waits for a");
        assertThat(play.report.stale()).isEmpty();
        play.pollAfter(5);
        assertThat(play.report.stale()).isPresent();
    }

    @Test
    void fsdmodeTwoEndsInAForcedShutdown() {
        Play play = play("fsdmode = 2");
        play.poll();
        gone(play);
        play.pollAfter(14);
        assertThat(play.status()).isEqualTo("OL");
        play.pollAfter(1);
        assertThat(play.status()).isEqualTo("FSD OL");
        assertThat(play.report.alarms()).hasSize(1);
        assertThat(play.report.stale()).isEmpty();
        play.links.with("b", two);
        play.poll();
        assertThat(play.status()).isEqualTo("OL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void atTheStartNothingIsKnownAndNobodyIsShutDown(String mode) {
        Play play = new Play();
        open(play, "fsdmode = " + mode, "inittime = 40");
        play.poll();
        assertThat(play.report.stale()).isPresent();
        play.pollAfter(39);
        assertThat(play.report.alarms()).isEmpty();
        play.pollAfter(100);
        assertThat(play.report.alarms()).hasSize(mode.equals("0") ? 0 : 1);
        assertThat(play.status()).isEmpty();
        assertThat(play.report.stale()).isPresent();
    }

    @Test
    void wantsAtLeastOneDevice() {
        assertThatThrownBy(() -> new Failover().open(Play.settings(new Failover(), " , "), new Play().links))
                .hasMessageStartingWith("option 'port' names no device");
    }

    private static void gone(Play play) {
        play.links.without("a");
        play.links.without("b");
    }

    private Play play(String... lines) {
        Play play = new Play();
        play.links.with("a", one).with("b", two);
        return open(play, lines);
    }

    private static Play open(Play play, String... lines) {
        return play.open((links, clock) -> new FailoverSession(
                Play.settings(new Failover(), "a,b", lines), List.of("a", "b"), links, clock::nanos));
    }
}
