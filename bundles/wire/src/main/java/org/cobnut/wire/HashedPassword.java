package org.cobnut.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password of upsd.users that cannot be read back: one word, <code>{PBKDF2-SHA256}ITERATIONS$SALT$KEY</code>, salt and
 * key in base64 without padding, so that NUT's grammar takes it without quotes (PKCS #5, RFC 8018, section 5.2).
 */
public final class HashedPassword {
    /**
     * What a new one costs who guesses. A slow machine checks it in less than the 5 s for which NUT's clients wait for
     * an answer, even right after its start.
     */
    public static final int ITERATIONS = 100_000;

    /** More iterations would take longer than a client waits. */
    public static final int MOST_ITERATIONS = 10_000_000;

    private static final String MARK = "{PBKDF2-";
    private static final Pattern FORM =
            Pattern.compile("\\{PBKDF2-SHA256}([1-9][0-9]{0,7})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;

    private final int iterations;
    private final byte[] salt;
    private final byte[] key;

    private HashedPassword(int iterations, byte[] salt, byte[] key) {
        this.iterations = iterations;
        this.salt = salt;
        this.key = key;
    }

    /** Whether a text of upsd.users means to be one, well formed or not; any other is the password itself. */
    public static boolean meant(String text) {
        return text.startsWith(MARK);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when it is not; the message holds nothing of the text
     */
    public static HashedPassword parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) throw new IllegalArgumentException("not of the form {PBKDF2-SHA256}N$SALT$KEY");
        int iterations = Integer.parseInt(matcher.group(1));
        if (iterations > MOST_ITERATIONS)
            throw new IllegalArgumentException("more than " + MOST_ITERATIONS + " iterations");
        return new HashedPassword(iterations, bytes(matcher.group(2)), bytes(matcher.group(3)));
    }

    /** Hashes a password with a new salt; takes as long as a check does. */
    public static HashedPassword of(String password, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new HashedPassword(iterations, salt, derive(password, salt, iterations, KEY_BYTES));
    }

    /** Whether this is the password; works for a good part of a second, and in constant time. */
    public boolean is(String password) {
        return MessageDigest.isEqual(key, derive(password, salt, iterations, key.length));
    }

    /** How often the hash is taken: what a check costs. */
    public int iterations() {
        return iterations;
    }

    /** The text form. */
    public String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return MARK + "SHA256}" + iterations + '$' + encoder.encodeToString(salt) + '$' + encoder.encodeToString(key);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static byte[] derive(String password, byte[] salt, int iterations, int length) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, length * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible); // every Java has it
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "HashedPassword[" + iterations + "]";
    }
}
