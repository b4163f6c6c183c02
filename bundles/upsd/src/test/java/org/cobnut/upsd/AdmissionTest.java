package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.wire.HashedPassword;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {
    private static final String HASHED = HashedPassword.of("sesame", 2000).text();
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
    void theRightUserGetsInFromElsewhereWhileSomebodyGuesses() throws UnknownHostException {
        var attack = new ArrayList<CompletionStage<Void>>();
        for (int i = 0; i < 200; i++) {
            CompletionStage<Void> stage = admission.settle(claim("hashed", "guess" + i, "192.0.2.7"), true);
            if (stage != null) attack.add(stage);
        }
        long start = System.nanoTime();
        Claim claim = claim("hashed", "sesame", "198.51.100.1");
        wait(admission.settle(claim, true));
        assertThat(claim.proven()).isPresent();
        long waited = System.nanoTime() - start;
        assertThat(attack).anyMatch(stage -> !stage.toCompletableFuture().isDone());
        // One second by design; the rest is for a machine with other things to do.
        assertThat(waited).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void tooManyAttemptsOfOneOriginAreRefusedUnheard() throws UnknownHostException {
        var claims = new ArrayList<Claim>();
        for (int i = 0; i < 100; i++) claims.add(claim("hashed", "guess" + i, "192.0.2.7"));
        long unheard = claims.stream()
                .filter(claim -> {
                    CompletionStage<Void> stage = admission.settle(claim, true);
                    return stage != null
                            && stage.toCompletableFuture().isDone()
                            && claim.refusal().equals("too many attempts at once");
                })
                .count();
        assertThat(unheard).isBetween(50L, 68L);
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
        return HostRules.of("", line, name -> List.of(), (where, why) -> {});
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
