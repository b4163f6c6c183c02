package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cobnut.launcher.process.NutProcess;
import org.cobnut.launcher.process.StartException;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * Represents the PID file of a process while it serves: the number and a line end, as NUT writes it. The process holds
 * a lock on the file until it ends, so of two that start at once one is refused. A file of a process that is gone, or
 * whose number belongs to another program now, is taken over. Never follows a link.
 */
public final class PidFile {
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    /** An observer locks the file for a moment, too. */
    private static final int ATTEMPTS = 10;

    private static final long PAUSE_MILLIS = 20;

    private final Path file;
    private final long own;
    private final FileChannel locked;
    private final @Nullable Object key;

    private PidFile(Path file, long own, FileChannel locked, @Nullable Object key) {
        this.file = file;
        this.own = own;
        this.locked = locked;
        this.key = key;
    }

    /** Returns the process that serves as that program, if its file is true. */
    public static Optional<NutProcess> holder(Path file, String program) throws StartException {
        try {
            return holder(read(file), program).filter(nutProcess -> NutProcess.visible() || held(file));
        } catch (IOException e) {
            throw new StartException("cannot read " + file + ": " + ErrorText.of(e));
        }
    }

    private static Optional<NutProcess> holder(OptionalLong pid, String program) {
        return pid.isPresent() && pid.getAsLong() != ProcessHandle.current().pid()
                ? Optional.of(new NutProcess(pid.getAsLong(), program))
                        .filter(nutProcess -> !NutProcess.visible() || nutProcess.serves())
                : Optional.empty();
    }

    /**
     * Takes the file for this process, and holds it.
     *
     * @throws Refused when another process of that program holds it
     * @throws IOException when it cannot be written
     */
    public static PidFile take(Path file, Program program) throws StartException, IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<PidFile> taken = attempt(file, program);
            if (taken.isPresent()) return taken.get();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new StartException(program.alreadyRunning(file, read(file)));
    }

    private static Optional<PidFile> attempt(Path file, Program program) throws StartException, IOException {
        removeForeign(file);
        Object before = key(file);
        Set<OpenOption> options = before == null
                ? Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = open(file, options);
        if (channel == null) return Optional.empty();
        boolean taken = false;
        try {
            setMode(file); // before the lock, which ends when any descriptor of the file is closed
            Object key = before == null ? key(file) : before;
            // The previous holder may have removed it meanwhile: then another file has its name.
            if (!lock(channel) || key == null || !key.equals(key(file))) return Optional.empty();
            OptionalLong pid = number(channel);
            if (NutProcess.visible() && holder(pid, program.name()).isPresent())
                throw new StartException(program.alreadyRunning(file, pid));
            long own = ProcessHandle.current().pid();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((own + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            taken = true;
            return Optional.of(new PidFile(file, own, channel, key));
        } finally {
            if (!taken) channel.close();
        }
    }

    private static @Nullable FileChannel open(Path file, Set<OpenOption> options) throws IOException {
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(READABLE);
        try {
            return FileChannel.open(file, options, mode);
        } catch (FileAlreadyExistsException | NoSuchFileException changed) {
            if (!Files.isDirectory(file.toAbsolutePath().resolveSibling("."))) throw changed;
            return null; // another process was quicker
        }
    }

    /** What is no file of ours there, such as a link, is removed and not written to. */
    private static void removeForeign(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean ours = attributes.isRegularFile()
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
                            .getName()
                            .equals(System.getProperty("user.name"));
            if (!ours) Files.delete(file);
        } catch (NoSuchFileException none) {
            return;
        }
    }

    private static void setMode(Path file) throws IOException {
        try {
            Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(READABLE);
        } catch (NoSuchFileException gone) {
            return; // which is found out below
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /** Removes the file, unless another process has put its own in its place. */
    public void release() throws StartException {
        try (locked) {
            OptionalLong now = number(locked);
            if (now.isPresent() && now.getAsLong() == own && key != null && key.equals(key(file)))
                Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StartException("cannot remove " + file + ": " + ErrorText.of(e));
        }
    }

    /** Tells whether another process has locked a file of ours. */
    static boolean held(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // it cannot be looked at
        }
    }

    private static OptionalLong number(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return NutProcess.number(new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1));
    }

    private static OptionalLong read(Path file) throws IOException {
        try {
            return NutProcess.in(file);
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException none) {
            return null;
        }
    }
}
