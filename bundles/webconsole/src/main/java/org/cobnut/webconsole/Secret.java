package org.cobnut.webconsole;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The password of the console's one user: a line in a file that only its owner can read. Made by chance when there is
 * none, and read at every use, so that another line in the file is another password at once.
 */
final class Secret {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    /** 32 characters that nobody takes for one another, so each is worth five bits. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 26;

    private final Path file;

    private Secret(Path file) {
        this.file = file;
    }

    /**
     * The secret in that file, which is made when it is not there.
     *
     * @throws IOException when it cannot be made or read, is empty, or may be read by others than its owner
     */
    static Secret in(Path file, RandomGenerator chance) throws IOException {
        try {
            // Made with its mode, so that there is no moment at which it stands open.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OURS));
            Files.writeString(file, random(chance) + "\n");
        } catch (FileAlreadyExistsException e) {
            var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            others.removeAll(EnumSet.range(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
            if (!others.isEmpty()) {
                throw new IOException("%s must be its owner's only: chmod 600, or remove it for a new one, for it may "
                                .formatted(file)
                        + "have been read");
            }
        }
        var secret = new Secret(file);
        if (secret.bytes().length == 0) {
            throw new IOException(file + " is empty: write a password into it, or remove it for a new one");
        }
        return secret;
    }

    /** Compared in constant time; an empty one opens nothing, nor does one whose file is gone. */
    boolean is(String given) throws IOException {
        byte[] wanted = bytes();
        return wanted.length > 0 && MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes() throws IOException {
        return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    }

    private static String random(RandomGenerator chance) {
        var text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
