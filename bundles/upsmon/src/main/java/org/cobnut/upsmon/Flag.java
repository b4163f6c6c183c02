package org.cobnut.upsmon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** POWERDOWNFLAG: a file whose presence orders the power-off at the end of the shutdown (upsmon.conf(5)). */
final class Flag {
    private static final byte[] CONTENT = "upsmon-shutdown-file".getBytes(StandardCharsets.US_ASCII);

    private Flag() {}

    /** Whether the file is there and ours. */
    static boolean set(Path file) {
        try {
            return Arrays.equals(head(file), CONTENT);
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * Sets it.
     *
     * @throws IOException when that cannot be done, or the file is somebody else's
     */
    static void write(Path file) throws IOException {
        claim(file);
        Files.write(file, CONTENT);
    }

    /**
     * Takes an old one away.
     *
     * @throws IOException when the file is somebody else's, or cannot be taken away
     */
    static void clear(Path file) throws IOException {
        if (!Files.exists(file)) return;
        claim(file);
        Files.delete(file);
    }

    /** A flag that a full disk cut is ours, too. */
    private static void claim(Path file) throws IOException {
        if (!Files.exists(file)) return;
        byte[] head = head(file);
        if (!Arrays.equals(head, Arrays.copyOf(CONTENT, head.length))) throw new IOException("it holds something else");
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(CONTENT.length);
        }
    }
}
