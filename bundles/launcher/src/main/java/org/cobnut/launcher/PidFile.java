package org.cobnut.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file with the number of a process for as long as it serves: the number and a line end, as NUT writes it. A file
 * left behind by a process that is gone, or whose number somebody else has now, is taken over. It is locked meanwhile,
 * for a jail without /proc, where nothing else tells who lives.
 */
final class PidFile {
    private final Path file;
    private final long own;
    private final FileChannel locked;

    private PidFile(Path file, long own, FileChannel locked) {
        this.file = file;
        this.own = own;
        this.locked = locked;
    }

    /** Whoever serves already as that program, if its file is true. */
    static Optional<Peer> holder(Path file, String program) throws Refused {
        try {
            var other = read(file);
            return other.isPresent()
                            && other.getAsLong() != ProcessHandle.current().pid()
                    ? Optional.of(new Peer(other.getAsLong(), program))
                            .filter(peer -> Peer.visible() ? peer.serves() : held(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new Refused("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** Puts this process's number there, for which nobody else must serve. */
    static PidFile take(Path file) throws Refused {
        long own = ProcessHandle.current().pid();
        try {
            Files.deleteIfExists(file);
            // Made new, so that of two that start at once only one goes on.
            var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.tryLock();
            channel.write(ByteBuffer.wrap((own + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new PidFile(file, own, channel);
        } catch (FileAlreadyExistsException e) {
            throw new Refused("another instance is starting (" + file + ")");
        } catch (IOException e) {
            throw new Refused("cannot write " + file + ": " + e.getMessage());
        }
    }

    /** Removes the file, unless somebody else has put theirs in its place. */
    void release() throws Refused {
        try {
            var now = read(file);
            if (now.isPresent() && now.getAsLong() == own) Files.deleteIfExists(file);
            locked.close();
        } catch (IOException e) {
            throw new Refused("cannot remove " + file + ": " + e.getMessage());
        }
    }

    /** Whether another process has locked a file of ours. */
    static boolean held(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // it cannot be looked at
        }
    }

    private static OptionalLong read(Path file) throws IOException {
        try {
            return Peer.in(file);
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }
}
