package org.cobnut.runtime.record;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cobnut.link.record.Transcript;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that lines are written into by a thread of its own, so that no disk holds up whoever tells of them. It ends
 * when it is full, when the disk fails or when the disk does not keep up. Any thread.
 */
final class TranscriptFile implements AutoCloseable {
    /** The most bytes that a file holds. */
    static final long MOST_BYTES = 8L << 20;

    private static final int MOST_WAITING = 4096;
    private static final String END = "";
    private static final Logger log = LoggerFactory.getLogger(TranscriptFile.class);

    private final Path file;
    private final long most;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer;
    private volatile boolean over;

    private final CompletableFuture<Path> opened = new CompletableFuture<>();

    /** Makes the file. */
    interface Creation {
        OutputStream create() throws IOException;
    }

    private TranscriptFile(Path file, long most, Creation creation) {
        this.file = file;
        this.most = most;
        writer = new Thread(null, () -> write(creation), "cobnut-record", 0, false);
        writer.setDaemon(true);
        writer.setContextClassLoader(TranscriptFile.class.getClassLoader());
    }

    /**
     * Begins a file, which only this account can write and its group can read. A transcript that is there already is
     * replaced; anything else is left alone.
     *
     * @param most bytes that it may hold
     */
    static TranscriptFile begin(Path file, long most) {
        return begin(file, most, () -> create(file));
    }

    static TranscriptFile begin(Path file, long most, Creation creation) {
        var begun = new TranscriptFile(file, most, creation);
        begun.writer.start();
        return begun;
    }

    private static OutputStream create(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!isTranscript(file))
                throw new FileSystemException(
                        file.toString(), null, "it exists and is no transcript; give another name");
            Files.delete(file);
        }
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileAttribute<?>[] mode =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                        }
                        : new FileAttribute<?>[0];
        return Channels.newOutputStream(FileChannel.open(file, options, mode));
    }

    /** Ends when the file is there, or exceptionally when it cannot be made. */
    CompletableFuture<Path> opened() {
        return opened;
    }

    Path path() {
        return file;
    }

    /** Whether more lines are taken. */
    boolean takesMore() {
        return !over;
    }

    /** Adds a line, soon. Never blocks. */
    void add(String line) {
        if (!over && !lines.offer(line)) end("the disk does not keep up");
    }

    /** Writes what was added, soon, and takes no more. */
    @Override
    public void close() {
        over = true;
        lines.offer(END); // when it is full, the writer finds out by itself
    }

    /** Waits until the file is whole on its way to the disk; false when that takes longer. */
    boolean await(long millis) throws InterruptedException {
        writer.join(millis);
        return !writer.isAlive();
    }

    private void write(Creation creation) {
        try (var text = new BufferedWriter(new OutputStreamWriter(creation.create(), StandardCharsets.ISO_8859_1))) {
            opened.complete(file);
            long left = most;
            for (String line = next(); !line.isEmpty(); line = next()) {
                left -= line.length() + 1;
                if (left < 0) {
                    text.write("# full: " + most + " bytes\n");
                    end("it has its most of " + most + " bytes");
                    return;
                }
                text.write(line + "\n");
                if (lines.isEmpty()) text.flush();
            }
        } catch (IOException failure) {
            over |= opened.completeExceptionally(failure);
            end(ErrorText.of(failure));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next line; empty after the last. */
    private String next() throws InterruptedException {
        String line = null;
        while (line == null && !(over && lines.isEmpty())) line = lines.poll(1, TimeUnit.SECONDS);
        return line == null ? END : line;
    }

    private void end(String why) {
        if (!over) log.warn("{}: no more is recorded: {}", file, why);
        over = true;
    }

    private static boolean isTranscript(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return false;
        var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (var text = new BufferedReader(new InputStreamReader(
                Channels.newInputStream(FileChannel.open(file, options)), StandardCharsets.ISO_8859_1))) {
            return Transcript.HEADER.equals(text.readLine());
        }
    }
}
