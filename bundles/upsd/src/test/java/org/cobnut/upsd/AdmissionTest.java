package org.cobnut.upsd;

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
import org.cobnut.wire.HashedPassword;
import org.cobnut.wire.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {
    private static final int ITERATIONS = 20_000;
    private static final String HASHED = HashedPassword.of("sesame", ITERATIONS).text();
    private final Users users = new Users();
    private volatile HostRules rules = HostRules.NONE;
    private volatile Quotas quotas = new Quotas(10, 10, 60_000, TimeUnit.SECONDS.toNanos(4), false);
    private final Admission admission = new Admission(users, () -> rules, () -> {}, () -> quotas, System::nanoTime);

    AdmissionTest() {
        users.add(user("plain", "sesame"));
        users.add(user("hashed", HASHED));
    }

    @AfterEach
    void stop() {
        admission.close();
    }

    @Test
    void aPlainPasswordIsJudgedAtOnce() throws UnknownHostException {
        Claim claim = claim("plain", "sesame", "192.0.2.7");
        assertThat(admission.settle(claim, true)).isNull();
        assertThat(claim.proven()).isPresent();
    }

    @Test
    void aHashedOneIsWorkOnceAndNoneUntilItIsEdited() throws UnknownHostException {
        Claim first = claim("hashed", "sesame", "192.0.2.7");
        assertThat(wait(admission.settle(first, true))).isTrue();
        assertThat(first.proven()).isPresent();
        assertThat(admission.settle(first, true)).isNull();
        Claim second = claim("hashed", "sesame", "198.51.100.1");
        assertThat(admission.settle(second, true)).as("from anywhere").isNull();
        assertThat(second.proven()).isPresent();
        users.add(user("hashed", HashedPassword.of("changed", 2000).text()));
        assertThat(wait(admission.settle(second, true))).isTrue();
        assertThat(second.proven()).isEmpty();
        assertThat(second.refusal()).isEqualTo("wrong password");
        users.add(user("hashed", HASHED));
        assertThat(wait(admission.settle(second, true))).as("work again").isTrue();
        assertThat(second.proven()).isPresent();
    }

    @Test
    void aWrongPasswordIsWorkWhoeverIsNamed() throws UnknownHostException {
        int host = 1;
        for (String name : List.of("plain", "hashed", "nobody")) {
            Claim claim = claim(name, "wrong", "192.0.2." + host++);
            assertThat(wait(admission.settle(claim, true))).as(name).isTrue();
            assertThat(claim.proven()).isEmpty();
            assertThat(claim.refusal()).isEqualTo(name.equals("nobody") ? "unknown user" : "wrong password");
        }
    }

    @Test
    void aRightPasswordWaitsForNobodysGuessesWhereverTheyComeFrom() throws UnknownHostException {
        List<CompletionStage<Void>> attack = guesses(400, 3, "hashed");
        Claim elsewhere = claim("hashed", "sesame", "198.51.100.1");
        assertThat(millis(elsewhere)).isLessThan(1000);
        assertThat(elsewhere.proven()).isPresent();
        Claim there = claim("hashed", "sesame", "192.0.2.7");
        assertThat(millis(there)).as("from an address that guesses").isLessThan(1000);
        assertThat(there.proven()).isPresent();
        assertThat(attack).as("guesses still wait").anyMatch(stage -> !done(stage));
        Claim plain = claim("plain", "sesame", "192.0.2.7");
        assertThat(admission.settle(plain, true)).isNull();
        assertThat(plain.proven()).isPresent();
    }

    @Test
    void aFirstLoginFromAnAddressThatGuessesIsNextToBeHashed() throws UnknownHostException {
        guesses(1, 300, "other");
        Claim claim = claim("hashed", "sesame", "192.0.2.0");
        assertThat(millis(claim)).isLessThan(1000);
        assertThat(claim.proven()).isPresent();
    }

    @Test
    void tenGuessesOfASourceAreAnsweredInAMinuteAndTheOthersAreNot() throws UnknownHostException {
        users.add(user("hashed", "plain too"));
        quotas = new Quotas(10, 10, 60_000, TimeUnit.MILLISECONDS.toNanos(300), false);
        for (String name : List.of("plain", "nobody")) {
            var claims = new ArrayList<Claim>();
            var stages = new ArrayList<CompletionStage<Void>>();
            String address = name.equals("plain") ? "192.0.2.7" : "127.0.0.1";
            for (int i = 0; i < 50; i++) {
                Claim claim = claim(name, "guess" + i, address);
                claims.add(claim);
                CompletionStage<Void> stage = admission.settle(claim, true);
                if (stage != null) stages.add(stage);
            }
            assertThat(stages).as(name).hasSize(40).noneMatch(AdmissionTest::done);
            long start = System.nanoTime();
            stages.forEach(AdmissionTest::wait);
            assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
            assertThat(claims).filteredOn(Claim::unanswered).hasSize(40);
            assertThat(claims).allMatch(claim -> claim.proven().isEmpty());
        }
    }

    @Test
    void tenGuessesOfANameAreAnsweredInAMinuteWhoeverMakesThem() throws UnknownHostException {
        quotas = new Quotas(10, 10, 60_000, TimeUnit.MILLISECONDS.toNanos(300), false);
        users.add(user("hashed", "plain too"));
        for (String name : List.of("plain", "nobody")) {
            int answered = 0;
            for (int i = 0; i < 50; i++)
                if (admission.settle(claim(name, "guess", "203.0.113." + i), true) == null) answered++;
            assertThat(answered).as(name).isEqualTo(10);
        }
    }

    @Test
    void toAskAgainIsNoOtherGuess() throws UnknownHostException {
        users.add(user("hashed", "plain too"));
        Claim claim = claim("plain", "wrong", "192.0.2.7");
        for (int i = 0; i < 100; i++) assertThat(admission.settle(claim, true)).isNull();
        users.add(user("plain", "wrong"));
        assertThat(admission.settle(claim, true)).isNull();
        assertThat(claim.proven()).as("after an edit it is").isPresent();
    }

    @Test
    void whoGoesBeforeTheAnswerIsToldOfAllTheSame() {
        PrintStream before = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            var house = new House();
            house.users.add(user("hashed", HASHED));
            Dialogue dialogue = house.dialogue();
            house.say(dialogue, "USERNAME hashed", "PASSWORD guess");
            dialogue.end();
            assertThat(wait(dialogue.before(Request.of(List.of("LOGIN", "demo")))))
                    .isTrue();
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Login failed for hashed@192.0.2.7 on UPS [demo]");
    }

    private List<CompletionStage<Void>> guesses(int addresses, int each, String name) throws UnknownHostException {
        var stages = new ArrayList<CompletionStage<Void>>();
        for (int i = 0; i < addresses * each; i++) {
            int host = i % addresses;
            CompletionStage<Void> stage =
                    admission.settle(claim(name, "guess" + i, "192.0." + (2 + host / 200) + '.' + host % 200), true);
            if (stage != null) stages.add(stage);
        }
        return stages;
    }

    private long millis(Claim claim) {
        long start = System.nanoTime();
        wait(admission.settle(claim, true));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static boolean done(CompletionStage<Void> stage) {
        return stage.toCompletableFuture().isDone();
    }

    @Test
    void manyOfOneUserWhoComeTogetherAreAllLetIn() throws UnknownHostException {
        List<Claim> claims = Stream.generate(() -> claimOf("hashed")).limit(30).toList();
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (Claim claim : claims) {
            CompletionStage<Void> stage = admission.settle(claim, true);
            if (stage != null) stages.add(stage);
        }
        stages.forEach(AdmissionTest::wait);
        assertThat(claims).allMatch(claim -> claim.proven().isPresent());
    }

    @Test
    void hostRulesCountForOpenConnectionsFromTheNextRequestOn() throws UnknownHostException {
        Claim claim = claim("plain", "sesame", "192.0.2.7");
        admission.settle(claim, true);
        assertThat(claim.welcome()).isTrue();
        rules = deny("upsd : plain@192.0.2.");
        assertThat(admission.settle(claim, true)).isNull();
        assertThat(claim.welcome()).isFalse();
    }

    @Test
    void aNameIsLookedUpElsewhereAndOnce() throws UnknownHostException {
        rules = deny("upsd : localhost");
        Claim claim = claim("plain", "sesame", "127.0.0.1");
        assertThat(wait(admission.settle(claim, true))).isTrue();
        assertThat(claim.welcome()).isFalse();
        Claim next = claim("plain", "sesame", "127.0.0.1");
        assertThat(admission.settle(next, true)).isNull();
        assertThat(next.welcome()).isFalse();
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

    private static Claim claimOf(String name) {
        try {
            return claim(name, "sesame", "203.0.113.9");
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Claim claim(String name, String password, String address) throws UnknownHostException {
        return new Claim(name, password, InetAddress.getByName(address), null);
    }

    private static User user(String name, String password) {
        return new User(name, password, new String[0], new String[0], "primary");
    }
}
