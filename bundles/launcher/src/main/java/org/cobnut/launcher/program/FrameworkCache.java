package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.cobnut.launcher.process.NutProcess;
import org.cobnut.launcher.process.StartException;
import org.cobnut.wire.ErrorText;

/**
 * Manages the directory with the framework's files of one run. It is new for each run, no other account may enter it,
 * and no link is followed when it is created or removed. It lies in the state path, or in memory when the state path
 * cannot be written.
 */
public final class FrameworkCache {
    /** What the framework writes at a start, with room for copies of drivers. */
    private static final long NEEDED_BYTES = 4L << 20;

    /** Where a temporary one lies: in memory, where the system has that, else with what is temporary. */
    private static final List<Path> TEMPORARY =
            List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    private FrameworkCache(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory, and removes those that processes left which were killed. The PID file must be taken.
     *
     * @param say takes one line when it cannot lie in the state path
     * @throws Refused when no directory takes it
     */
    public static FrameworkCache create(Directories directories, Program program, Consumer<String> say)
            throws StartException {
        Path directory = directories.scratch(program);
        String fault;
        try {
            fault = fault(directories.state(), directories);
            if (fault.isEmpty()) {
                sweep(directories.state(), program);
                delete(directory);
                Files.createDirectory(directory, owned());
                Files.setPosixFilePermissions(directory, PRIVATE); // whatever the umask took away
                return new FrameworkCache(directory);
            }
        } catch (IOException e) {
            fault = ErrorText.of(e);
        }
        var cache = inMemory(program, "%s: %s".formatted(directories.state(), fault));
        say.accept(
                "state directory %s takes no cache: %s; going on with one in %s, which goes when this process ends; for the next start mend that, or name another directory by NUT_STATEPATH"
                        .formatted(directories.state(), fault, cache.directory));
        return cache;
    }

    private static FrameworkCache inMemory(Program program, String fault) throws StartException {
        var faults = new ArrayList<>(List.of(fault));
        for (Path parent : TEMPORARY) {
            try {
                Optional<String> full = room(parent);
                if (full.isPresent()) throw new IOException(full.get());
                sweep(parent, program);
                String name = prefix(program) + ProcessHandle.current().pid() + ".";
                return new FrameworkCache(Files.createTempDirectory(parent, name, owned()));
            } catch (IOException e) {
                faults.add("%s: %s".formatted(parent, ErrorText.of(e)));
            }
        }
        throw new StartException("no directory takes the framework's cache: " + String.join("; ", faults));
    }

    public Path directory() {
        return directory;
    }

    /** Makes a directory for other things of this run, which goes with it. */
    Path subdirectory(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name), owned());
    }

    /** Removes it; what cannot be removed is left to the next start. */
    public void delete(Consumer<String> say) {
        try {
            delete(directory);
        } catch (IOException e) {
            say.accept("cannot remove %s: %s".formatted(directory, ErrorText.of(e)));
        }
    }

    /** Says why the state path takes no cache; empty when it does. */
    private static String fault(Path state, Directories directories) throws IOException {
        Optional<String> foreign = directories.foreign();
        if (foreign.isPresent()) return "others than root may write to " + foreign.get();
        if (!Files.isDirectory(state)) return "it cannot be made";
        if (!Files.isWritable(state)) return "it cannot be written";
        return room(state).orElse("");
    }

    private static Optional<String> room(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) throw new NoSuchFileException(directory.toString());
        // By the old way: a FileStore wants /proc/mounts, which neither a jail nor a sandbox has.
        long usable = directory.toFile().getUsableSpace();
        return usable >= NEEDED_BYTES
                ? Optional.empty()
                : Optional.of("no space left: %d of %d kB".formatted(usable >> 10, NEEDED_BYTES >> 10));
    }

    private static FileAttribute<Set<PosixFilePermission>> owned() {
        return PosixFilePermissions.asFileAttribute(PRIVATE);
    }

    /** The beginning of the name; the number of the process follows. */
    private static String prefix(Program program) {
        return "cache." + program.stem() + ".";
    }

    private static void sweep(Path parent, Program program) throws IOException {
        String prefix = prefix(program);
        var left = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(parent, prefix + "*")) {
            found.forEach(left::add);
        }
        for (Path each : left) {
            String pid =
                    each.getFileName().toString().substring(prefix.length()).replaceFirst("\\..*", "");
            if (pid.matches("\\d{1,10}")
                    && ours(each)
                    && !lives(each, new NutProcess(Long.parseLong(pid), program.name()))) delete(each);
        }
    }

    private static boolean ours(Path directory) throws IOException {
        return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"));
    }

    private static boolean lives(Path directory, NutProcess owner) {
        return NutProcess.visible() ? owner.serves() : PidFile.held(directory.resolve("cache.lock"));
    }

    /** Removes a directory with all that is in it; of a link, the link alone. */
    public static void delete(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent == null) throw new IOException("there is nothing above " + directory);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent)) {
            if (!(found instanceof SecureDirectoryStream<Path> entries))
                throw new IOException(parent + " is on a file system that cannot be cleared without following links");
            delete(entries, directory.getFileName());
        }
    }

    private static void delete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            var view = parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (!view.readAttributes().isDirectory()) {
                parent.deleteFile(name);
                return;
            }
            try (var entries = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                for (Path entry : entries) delete(entries, entry.getFileName());
            }
            parent.deleteDirectory(name);
        } catch (NoSuchFileException gone) {
            return; // as it shall be
        }
    }
}
