package org.cobnut.upsd;

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

/** What somebody must know to be a user, as upsd.users has it: plain or hashed. Compared in constant time. */
sealed interface Secret {
    /** What a glance tells of a password. */
    enum Glance {
        RIGHT,
        WRONG,
        /** Only {@link #check} can tell. */
        UNSURE
    }

    /** Tells at once, on any thread. */
    Glance glance(String given);

    /** Tells for sure, and may take a good part of a second: not for an event loop. */
    boolean check(String given);

    /** Iterations of a check. */
    int cost();

    /** The secret of this text; a text that is malformed, or empty, opens nothing. */
    static Secret of(String text) {
        return of(text, System::nanoTime);
    }

    /** The same on a clock of its own. */
    static Secret of(String text, LongSupplier nanos) {
        if (text.isEmpty()) return new Plain(new byte[0]);
        if (!HashedPassword.meant(text)) return new Plain(text.getBytes(StandardCharsets.UTF_8));
        try {
            return new Hashed(HashedPassword.parse(text), nanos);
        } catch (IllegalArgumentException malformed) {
            return new Plain(new byte[0]);
        }
    }

    /** A password as it is. */
    final class Plain implements Secret {
        private final byte[] password;

        private Plain(byte[] password) {
            this.password = password;
        }

        @Override
        public Glance glance(String given) {
            return check(given) ? Glance.RIGHT : Glance.WRONG;
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
     * A hash. The password that was right last is remembered, until it was of no use for {@link #KEPT_NANOS}, as a digest
     * under a key that never leaves this object, so that only the first of many requests costs anything; an edit of the
     * user makes a new object, which knows nothing.
     */
    final class Hashed implements Secret {
        static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(15);
        private static final String MAC = "HmacSHA256";

        private final HashedPassword password;
        private final SecretKeySpec key;
        private final LongSupplier nanos;
        private volatile @Nullable Remembered right;

        /** A digest, and when it was of use last. */
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
        public Glance glance(String given) {
            Remembered known = right;
            if (known == null) return Glance.UNSURE;
            long now = nanos.getAsLong();
            if (now - known.used() > KEPT_NANOS) {
                right = null;
                return Glance.UNSURE;
            }
            if (!MessageDigest.isEqual(known.digest(), digest(given))) return Glance.UNSURE;
            right = new Remembered(known.digest(), now);
            return Glance.RIGHT;
        }

        @Override
        public boolean check(String given) {
            if (glance(given) == Glance.RIGHT) return true;
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
