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
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(CONTENT.length), CONTENT);
        } catch (IOException none) {
            return false;
        }
    }

    static void write(Path file) throws IOException {
        Files.write(file, CONTENT);
    }

    /**
     * Takes an old one away.
     *
     * @throws IOException when the file is somebody else's, or cannot be taken away: then it must not be written either
     */
    static void clear(Path file) throws IOException {
        if (!Files.exists(file)) return;
        if (!set(file)) throw new IOException("it holds something else");
        Files.delete(file);
    }
}
