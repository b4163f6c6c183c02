package org.cobnut.upsmon.shutdown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** POWERDOWNFLAG: a file whose presence orders the power-off at the end of the shutdown (upsmon.conf(5)). */
public final class PowerdownFlag {
    private static final byte[] CONTENT = "upsmon-shutdown-file".getBytes(StandardCharsets.US_ASCII);

    private PowerdownFlag() {}

    /** Whether the file exists and has our content. */
    static boolean set(Path file) {
        try {
            return Arrays.equals(head(file), CONTENT);
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * Writes the file.
     *
     * @throws IOException when the file cannot be written, or has other content
     */
    static void write(Path file) throws IOException {
        claim(file);
        try (var channel = Files.newByteChannel(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS)) {
            channel.write(ByteBuffer.wrap(CONTENT));
        }
    }

    /**
     * Deletes an old file.
     *
     * @throws IOException when the file has other content, or cannot be deleted
     */
    public static void clear(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return;
        claim(file);
        Files.delete(file);
    }

    /** Checks that the file is ours; one that a full disk cut is ours too. */
    private static void claim(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return;
        if (Files.isSymbolicLink(file)) throw new IOException("it is a link, which nobody follows");
        byte[] head = head(file);
        if (!Arrays.equals(head, Arrays.copyOf(CONTENT, head.length))) throw new IOException("it holds something else");
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(CONTENT.length);
        }
    }
}
