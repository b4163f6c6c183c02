package org.cobnut.upsd.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.upsd.config.Quotas;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.wire.HashedPassword;
import org.cobnut.wire.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuthenticatorTest {
    private static final int ITERATIONS = 20_000;
    private static final String HASHED = HashedPassword.of("sesame", ITERATIONS).text();
    private final Users users = new Users();
    private volatile HostRules rules = HostRules.NONE;
    private volatile Quotas quotas = new Quotas(10, 10, 60_000, TimeUnit.SECONDS.toNanos(4), false);
    private final Authenticator authenticator = new Authenticator(users, () -> rules, () -> quotas, System::nanoTime);

    AuthenticatorTest() {
        users.add(user("plain", "sesame"));
        users.add(user("hashed", HASHED));
    }

    @AfterEach
    void stop() {
        authenticator.close();
    }

    @Test
    void aPlainPasswordIsJudgedAtOnce() throws UnknownHostException {
        Login login = login("plain", "sesame", "192.0.2.7");
        assertThat(authenticator.authenticate(login, true)).isNull();
        assertThat(login.authenticatedUser()).isPresent();
    }

    @Test
    void aHashedOneIsWorkOnceAndNoneUntilItIsEdited() throws UnknownHostException {
        Login first = login("hashed", "sesame", "192.0.2.7");
        assertThat(wait(authenticator.authenticate(first, true))).isTrue();
        assertThat(first.authenticatedUser()).isPresent();
        assertThat(authenticator.authenticate(first, true)).isNull();
        Login second = login("hashed", "sesame", "198.51.100.1");
        assertThat(authenticator.authenticate(second, true)).as("from anywhere").isNull();
        assertThat(second.authenticatedUser()).isPresent();
        users.add(user("hashed", HashedPassword.of("changed", 2000).text()));
        assertThat(wait(authenticator.authenticate(second, true))).isTrue();
        assertThat(second.authenticatedUser()).isEmpty();
        assertThat(second.refusal()).isEqualTo("wrong password");
        users.add(user("hashed", HASHED));
        assertThat(wait(authenticator.authenticate(second, true)))
                .as("work again")
                .isTrue();
        assertThat(second.authenticatedUser()).isPresent();
    }

    @Test
    void aWrongPasswordIsWorkWhoeverIsNamed() throws UnknownHostException {
        int host = 1;
        for (String name : List.of("plain", "hashed", "nobody")) {
            Login login = login(name, "wrong", "192.0.2." + host++);
            assertThat(wait(authenticator.authenticate(login, true))).as(name).isTrue();
            assertThat(login.authenticatedUser()).isEmpty();
            assertThat(login.refusal()).isEqualTo(name.equals("nobody") ? "unknown user" : "wrong password");
        }
    }

    @Test
    void aRightPasswordWaitsForNobodysGuessesWhereverTheyComeFrom() throws UnknownHostException {
        List<CompletionStage<Void>> attack = checks(400, 3, "hashed");
        Login remote = login("hashed", "sesame", "198.51.100.1");
        assertThat(millis(remote)).isLessThan(1000);
        assertThat(remote.authenticatedUser()).isPresent();
        Login there = login("hashed", "sesame", "192.0.2.7");
        assertThat(millis(there)).as("from an address that guesses").isLessThan(1000);
        assertThat(there.authenticatedUser()).isPresent();
        assertThat(attack).as("guesses still wait").anyMatch(stage -> !done(stage));
        Login plain = login("plain", "sesame", "192.0.2.7");
        assertThat(authenticator.authenticate(plain, true)).isNull();
        assertThat(plain.authenticatedUser()).isPresent();
    }

    @Test
    void aFirstLoginFromAnAddressThatGuessesIsNextToBeHashed() throws UnknownHostException {
        checks(1, 300, "other");
        Login login = login("hashed", "sesame", "192.0.2.0");
        assertThat(millis(login)).isLessThan(1000);
        assertThat(login.authenticatedUser()).isPresent();
    }

    @Test
    void tenGuessesOfASourceAreAnsweredInAMinuteAndTheOthersAreNot() throws UnknownHostException {
        users.add(user("hashed", "plain too"));
        quotas = new Quotas(10, 10, 60_000, TimeUnit.MILLISECONDS.toNanos(300), false);
        for (String name : List.of("plain", "nobody")) {
            var logins = new ArrayList<Login>();
            var stages = new ArrayList<CompletionStage<Void>>();
            String address = name.equals("plain") ? "192.0.2.7" : "127.0.0.1";
            for (int i = 0; i < 50; i++) {
                Login login = login(name, "guess" + i, address);
                logins.add(login);
                CompletionStage<Void> stage = authenticator.authenticate(login, true);
                if (stage != null) stages.add(stage);
            }
            assertThat(stages).as(name).hasSize(40).noneMatch(AuthenticatorTest::done);
            long start = System.nanoTime();
            stages.forEach(AuthenticatorTest::wait);
            assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
            assertThat(logins).filteredOn(Login::unanswered).hasSize(40);
            assertThat(logins).allMatch(login -> login.authenticatedUser().isEmpty());
        }
    }

    @Test
    void tenGuessesOfANameAreAnsweredInAMinuteWhoeverMakesThem() throws UnknownHostException {
        quotas = new Quotas(10, 10, 60_000, TimeUnit.MILLISECONDS.toNanos(300), false);
        users.add(user("hashed", "plain too"));
        for (String name : List.of("plain", "nobody")) {
            int answered = 0;
            for (int i = 0; i < 50; i++)
                if (authenticator.authenticate(login(name, "guess", "203.0.113." + i), true) == null) answered++;
            assertThat(answered).as(name).isEqualTo(10);
        }
    }

    @Test
    void toAskAgainIsNoOtherGuess() throws UnknownHostException {
        users.add(user("hashed", "plain too"));
        Login login = login("plain", "wrong", "192.0.2.7");
        for (int i = 0; i < 100; i++)
            assertThat(authenticator.authenticate(login, true)).isNull();
        users.add(user("plain", "wrong"));
        assertThat(authenticator.authenticate(login, true)).isNull();
        assertThat(login.authenticatedUser()).as("after an edit it is").isPresent();
    }

    @Test
    void whoGoesBeforeTheAnswerIsToldOfAllTheSame() {
        PrintStream before = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            var fixture = new Fixture();
            fixture.users.add(user("hashed", HASHED));
            RequestHandler requestHandler = fixture.requestHandler();
            fixture.say(requestHandler, "USERNAME hashed", "PASSWORD guess");
            requestHandler.end();
            assertThat(wait(requestHandler.before(requestHandler.parse(Request.of(List.of("LOGIN", "demo"))))))
                    .isTrue();
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Login failed for hashed@192.0.2.7 on UPS [demo]");
    }

    private List<CompletionStage<Void>> checks(int addresses, int each, String name) throws UnknownHostException {
        var stages = new ArrayList<CompletionStage<Void>>();
        for (int i = 0; i < addresses * each; i++) {
            int host = i % addresses;
            CompletionStage<Void> stage = authenticator.authenticate(
                    login(name, "guess" + i, "192.0." + (2 + host / 200) + '.' + host % 200), true);
            if (stage != null) stages.add(stage);
        }
        return stages;
    }

    private long millis(Login login) {
        long start = System.nanoTime();
        wait(authenticator.authenticate(login, true));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static boolean done(CompletionStage<Void> stage) {
        return stage.toCompletableFuture().isDone();
    }

    @Test
    void manyOfOneUserWhoComeTogetherAreAllLetIn() throws UnknownHostException {
        List<Login> logins = Stream.generate(() -> loginOf("hashed")).limit(30).toList();
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (Login login : logins) {
            CompletionStage<Void> stage = authenticator.authenticate(login, true);
            if (stage != null) stages.add(stage);
        }
        stages.forEach(AuthenticatorTest::wait);
        assertThat(logins).allMatch(login -> login.authenticatedUser().isPresent());
    }

    @Test
    void hostRulesCountForOpenConnectionsFromTheNextRequestOn() throws UnknownHostException {
        Login login = login("plain", "sesame", "192.0.2.7");
        authenticator.authenticate(login, true);
        assertThat(login.hostAllowed()).isTrue();
        rules = deny("upsd : plain@192.0.2.");
        assertThat(authenticator.authenticate(login, true)).isNull();
        assertThat(login.hostAllowed()).isFalse();
    }

    @Test
    void aNameIsLookedUpElsewhereAndOnce() throws UnknownHostException {
        rules = deny("upsd : localhost");
        Login login = login("plain", "sesame", "127.0.0.1");
        assertThat(wait(authenticator.authenticate(login, true))).isTrue();
        assertThat(login.hostAllowed()).isFalse();
        Login next = login("plain", "sesame", "127.0.0.1");
        assertThat(authenticator.authenticate(next, true)).isNull();
        assertThat(next.hostAllowed()).isFalse();
    }

    private static HostRules deny(String line) {
        return HostRules.of(
                new HostRules.Source("allow", ""),
                new HostRules.Source("deny", line),
                name -> List.of(),
                (where, why) -> {});
    }

    /** Whether there was anything to wait for. */
    private static boolean wait(@org.jspecify.annotations.Nullable CompletionStage<Void> stage) {
        if (stage == null) return false;
        CompletableFuture<Void> done = stage.toCompletableFuture().orTimeout(40, TimeUnit.SECONDS);
        done.join();
        return true;
    }

    private static Login loginOf(String name) {
        try {
            return login(name, "sesame", "203.0.113.9");
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Login login(String name, String password, String address) throws UnknownHostException {
        return new Login(name, password, InetAddress.getByName(address), null);
    }

    private static User user(String name, String password) {
        return new User(name, password, new String[0], new String[0], "primary");
    }
}
