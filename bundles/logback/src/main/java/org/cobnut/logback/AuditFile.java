package org.cobnut.logback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a file and rotates it: {@code audit.log}, {@code audit.log.1} and so on. It has the mode 0640
 * whatever the umask is. Refuses a link, and a file of another account. Not thread-safe.
 */
final class AuditFile implements AutoCloseable {
    static final int OLDER = 4;

    private static final long LONGEST = 1 << 20;
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");

    private final Path path;
    private final long longest;
    private @Nullable FileChannel channel;

    AuditFile(Path path) {
        this(path, LONGEST);
    }

    AuditFile(Path path, long longest) {
        this.path = path;
        this.longest = longest;
    }

    /**
     * Appends a line.
     *
     * @throws IOException naming the file and what is wrong with it; the next line is another chance
     */
    void write(String line) throws IOException {
        try {
            FileChannel open = opened();
            if (open.size() >= longest) {
                close();
                rotate();
                open = opened();
            }
            ByteBuffer bytes = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) open.write(bytes);
        } catch (IOException failed) {
            close();
            throw new IOException(path + ": " + reason(failed), failed);
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        try {
            if (open != null) open.close();
        } catch (IOException lost) {
            // Every line was handed to the system already.
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        // Another program may have moved the file, as programs that rotate logs do.
        if (open != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return open;
        close();
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(MODE));
        } catch (FileAlreadyExistsException before) {
            check();
        }
        open = FileChannel.open(path, Set.of(StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
        channel = open;
        return open;
    }

    private void check() throws IOException {
        Map<String, Object> is = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(is.get("isRegularFile"))) throw new IOException("is no regular file");
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!self.equals(is.get("uid"))) throw new IOException("belongs to another account");
        if (!Integer.valueOf(1).equals(is.get("nlink"))) throw new IOException("has another name too");
        if (!MODE.equals(is.get("permissions"))) Files.setPosixFilePermissions(path, MODE);
    }

    private void rotate() throws IOException {
        for (int i = OLDER; i > 1; i--) {
            Path younger = older(i - 1);
            if (Files.exists(younger, LinkOption.NOFOLLOW_LINKS))
                Files.move(younger, older(i), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(path, older(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path older(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    private static String reason(IOException failed) {
        if (failed instanceof FileSystemException system) {
            String reason = system.getReason();
            return reason != null ? reason : failed.getClass().getSimpleName();
        }
        return String.valueOf(failed.getMessage());
    }
}
