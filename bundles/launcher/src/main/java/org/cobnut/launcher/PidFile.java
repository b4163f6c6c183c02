package org.cobnut.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * upsd.pid, held for as long as this process serves: the number and a line end, as NUT writes it. A file left behind by
 * a process that is gone, or whose number somebody else has now, is taken over.
 */
final class PidFile {
    private final Path file;
    private final long own;

    private PidFile(Path file, long own) {
        this.file = file;
        this.own = own;
    }

    static PidFile take(Path file) throws Refused {
        long own = ProcessHandle.current().pid();
        try {
            var other = read(file);
            if (other.isPresent() && other.getAsLong() != own && serves(other.getAsLong())) {
                throw new Refused("already running as process %d (%s)".formatted(other.getAsLong(), file));
            }
            Files.deleteIfExists(file);
            // Made new, so that of two that start at once only one goes on.
            Files.writeString(Files.createFile(file), own + "\n");
            return new PidFile(file, own);
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
            if (now.isPresent() && now.getAsLong() == own) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new Refused("cannot remove " + file + ": " + e.getMessage());
        }
    }

    private static OptionalLong read(Path file) throws IOException {
        try {
            var text = Files.readString(file).strip();
            return text.matches("\\d{1,10}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether that process lives and is an upsd, ours or NUT's; one that cannot be looked at counts as one. */
    private static boolean serves(long pid) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        try {
            var words = List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .split("\0", -1));
            return words.get(0).matches("(.*/)?upsd") || words.contains(Main.class.getName());
        } catch (IOException e) {
            return true;
        }
    }
}
