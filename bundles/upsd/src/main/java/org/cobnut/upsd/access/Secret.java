package org.cobnut.upsd.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cobnut.wire.HashedPassword;
import org.jspecify.annotations.Nullable;

/** The password of a user as upsd.users has it: plain or hashed. Compared in constant time. */
sealed interface Secret {
    /** The result of a quick check. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Only {@link #check} knows. */
        UNSURE
    }

    /** Checks without delay, on any thread. */
    Verdict checkQuickly(String given);

    /** Checks fully, which may take a large part of a second: not for an event loop. */
    boolean check(String given);

    /** Iterations of a check. */
    int cost();

    /** Reads a password of upsd.users; a text that is malformed or empty authenticates nobody. */
    static Secret of(String text) {
        return of(text, System::nanoTime);
    }

    /** The same with a given clock. */
    static Secret of(String text, LongSupplier nanos) {
        if (text.isEmpty()) return new Plain(new byte[0]);
        if (!HashedPassword.meant(text)) return new Plain(text.getBytes(StandardCharsets.UTF_8));
        try {
            return new Hashed(HashedPassword.parse(text), nanos);
        } catch (IllegalArgumentException malformed) {
            return new Plain(new byte[0]);
        }
    }

    /** A password in clear. */
    final class Plain implements Secret {
        private final byte[] password;

        private Plain(byte[] password) {
            this.password = password;
        }

        @Override
        public Verdict checkQuickly(String given) {
            return check(given) ? Verdict.RIGHT : Verdict.WRONG;
        }

        @Override
        public boolean check(String given) {
            return password.length > 0 && MessageDigest.isEqual(password, given.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int cost() {
            return 0;
        }
    }

    /**
     * A hash. Remembers the last right password for {@link #KEPT_NANOS} after its last use, as a digest under a key
     * that never leaves this object, so that only the first of many requests is expensive. An edit of the user makes a
     * new object, which remembers nothing.
     */
    final class Hashed implements Secret {
        static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(15);
        private static final String MAC = "HmacSHA256";

        private final HashedPassword password;
        private final SecretKeySpec key;
        private final LongSupplier nanos;
        private volatile @Nullable Remembered right;

        /** A digest and the time of its last use. */
        @SuppressWarnings("ArrayRecordComponent") // compared in constant time only, never as a record
        private record Remembered(byte[] digest, long used) {}

        private Hashed(HashedPassword password, LongSupplier nanos) {
            this.password = password;
            this.nanos = nanos;
            var random = new byte[32];
            new SecureRandom().nextBytes(random);
            key = new SecretKeySpec(random, MAC);
        }

        @Override
        public Verdict checkQuickly(String given) {
            Remembered known = right;
            if (known == null) return Verdict.UNSURE;
            long now = nanos.getAsLong();
            if (now - known.used() > KEPT_NANOS) {
                right = null;
                return Verdict.UNSURE;
            }
            if (!MessageDigest.isEqual(known.digest(), digest(given))) return Verdict.UNSURE;
            right = new Remembered(known.digest(), now);
            return Verdict.RIGHT;
        }

        @Override
        public boolean check(String given) {
            if (checkQuickly(given) == Verdict.RIGHT) return true;
            if (!password.is(given)) return false;
            right = new Remembered(digest(given), nanos.getAsLong());
            return true;
        }

        @Override
        public int cost() {
            return password.iterations();
        }

        private byte[] digest(String given) {
            try {
                Mac mac = Mac.getInstance(MAC);
                mac.init(key);
                return mac.doFinal(given.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible); // every Java has it
            }
        }
    }
}
