package org.cobnut.webconsole;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cobnut.wire.HashedPassword;

/**
 * Stores the password of the console's one user, hashed as in upsd.users, in a file that only its owner can read.
 * Creates a random one when there is none, and keeps it in a second file until the first login with it. A password that
 * an operator writes into the file is replaced by its hash after its first use.
 */
final class ConsolePassword {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    /** 32 characters that cannot be mistaken for one another, so each holds five bits. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 26;
    private static final int SHORTEST = 12;
    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSHA256";

    private final Path file;
    private final Path first;
    private final SecretKeySpec key;
    /** What was right last, so that a page of forty requests costs one hash: a keyed digest, never the password. */
    private volatile byte[] known = new byte[0];

    private ConsolePassword(Path file, RandomGenerator chance) {
        this.file = file;
        first = file.resolveSibling(file.getFileName() + ".first");
        var bytes = new byte[KEY_BYTES];
        chance.nextBytes(bytes);
        key = new SecretKeySpec(bytes, MAC);
    }

    /**
     * The secret in that file, which is made when it is not there.
     *
     * @throws IOException when it cannot be made or read, is too weak, or may be read by others than its owner
     */
    static ConsolePassword in(Path file, RandomGenerator chance) throws IOException {
        var password = new ConsolePassword(file, chance);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            var made = random(chance);
            write(password.first, made);
            write(file, HashedPassword.of(made, HashedPassword.ITERATIONS).text());
        }
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(EnumSet.range(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
        if (!others.isEmpty()) {
            throw new IOException(
                    "%s must be its owner's only: chmod 600, or remove it for a new one, for it may ".formatted(file)
                            + "have been read");
        }
        password.hashed();
        return password;
    }

    /** Returns the file with the password that was never used; after its first use, the file of its hash. */
    Path shownIn() {
        return Files.exists(first) ? first : file;
    }

    /** Tells whether it is what was right before; costs nothing. */
    boolean known(String given) throws IOException {
        return known.length > 0 && MessageDigest.isEqual(known, digest(line(), given));
    }

    /** Compares in constant time, for a good part of a second. A file that is gone, empty or weak opens nothing. */
    synchronized boolean is(String given) throws IOException {
        if (!hashed().is(given)) return false;
        known = digest(line(), given);
        Files.deleteIfExists(first);
        return true;
    }

    /** Accepts a password that an operator wrote into the file, unless it is too easy to guess. */
    private HashedPassword hashed() throws IOException {
        var line = line();
        if (HashedPassword.meant(line)) {
            try {
                return HashedPassword.parse(line);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        if (line.isEmpty())
            throw new IOException(file + " is empty: write a password into it, or remove it for a new one");
        if (line.length() < SHORTEST)
            throw new IOException(
                    "the password in %s is too short: take %d characters or more, or remove the file for a new one"
                            .formatted(file, SHORTEST));
        var hash = HashedPassword.of(line, HashedPassword.ITERATIONS);
        write(file, hash.text());
        Files.deleteIfExists(first);
        return hash;
    }

    private String line() throws IOException {
        return Files.readString(file).strip();
    }

    private byte[] digest(String line, String given) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(line.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(given.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    /** Made with its mode beside its place, so that there is no moment at which it stands open, or half of it there. */
    private static void write(Path file, String line) throws IOException {
        var next = Files.createTempFile(
                file.toAbsolutePath().getParent(), "console", ".new", PosixFilePermissions.asFileAttribute(OURS));
        Files.writeString(next, line + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String random(RandomGenerator chance) {
        var text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
