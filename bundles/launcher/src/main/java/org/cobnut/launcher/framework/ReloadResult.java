package org.cobnut.launcher.framework;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes the result of a reload by HUP for {@code lib/reload}, with which the units wait: a signal has no answer. The
 * first line is different each time, the second is {@code ok} or {@code refused}, the others are the faults.
 */
public final class ReloadResult {
    private final Path file;

    ReloadResult(Path file) {
        this.file = file;
    }

    /** Puts the result in its place at once, and follows no link that stands there. */
    void write(List<String> faults) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(ProcessHandle.current().pid() + " " + System.nanoTime());
        lines.add(faults.isEmpty() ? "ok" : "refused");
        lines.addAll(faults);
        Path fresh = file.resolveSibling("." + file.getFileName());
        Files.deleteIfExists(fresh);
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try (SeekableByteChannel channel = Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) channel.write(buffer);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
