package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cobnut.conf.text.StatePath;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.process.TrustedPath;
import org.cobnut.wire.ErrorText;

/**
 * Holds the directories of one run. NUT's environment variables set them, otherwise the distribution contains them:
 * NUT_CONFPATH, NUT_STATEPATH, and NUT_ALTPIDPATH for PID files (nut-behaviour, section 14); without NUT_STATEPATH the
 * state path of NUT's files.
 */
public record Directories(Path home, Path conf, Path state, Path pid) {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwxrwx---");

    /** The size of sun_path without its last byte, which is 0. */
    private static final int LONGEST_SOCKET_PATH = 107;

    public static Directories of(Path home, Map<String, String> environment) {
        return seenIn(Path.of("/"), home, environment);
    }

    /** The directories of a run whose root directory is a jail, as they are seen from outside. */
    public static Directories seenIn(Path root, Path home, Map<String, String> environment) {
        var conf = in(root, directory(environment, "NUT_CONFPATH", home.resolve("etc")));
        var state = directory(environment, "NUT_STATEPATH", StatePath.in(conf).orElse(home.resolve("state")));
        return new Directories(home, conf, in(root, state), in(root, directory(environment, "NUT_ALTPIDPATH", state)));
    }

    private static Path in(Path root, Path path) {
        return root.resolve(Path.of("/").relativize(path));
    }

    /** Returns the directory for the framework's files; each program has its own, though they share the state path. */
    Path scratch(Program program) {
        return program instanceof Program.Whole
                ? state.resolve("cache")
                : state.resolve("cache.%s.%d"
                        .formatted(program.stem(), ProcessHandle.current().pid()));
    }

    /**
     * The directories of a program that others than root could hurt by its state path: it keeps its state with its cache
     * then. The PID file stays where people and programs look for it.
     */
    public Directories keptIn(FrameworkCache cache, Program program) throws StartException {
        try {
            if (!(program instanceof Program.Monitor) || foreign().isEmpty()) return this;
            return new Directories(home, conf, cache.subdirectory("state"), pid);
        } catch (IOException e) {
            throw new StartException(
                    "cannot make a state directory in %s: %s".formatted(cache.directory(), ErrorText.of(e)));
        }
    }

    /** Refuses what a program could not live with, before anything has been written. */
    public void check(Program program) throws StartException {
        if (!Files.isDirectory(home.resolve("system"))) {
            throw new StartException(home + " is not a Cobnut distribution: it has no system directory");
        }
        if (!Files.isDirectory(conf)) {
            throw new StartException("configuration directory " + conf + " does not exist (NUT_CONFPATH)");
        }
        if (!Files.isReadable(conf)) {
            throw new StartException("cannot read configuration directory %s%s (NUT_CONFPATH)".formatted(conf, who()));
        }
        checkSocketPath(program);
        make(state);
        make(pid);
        checkState(program);
    }

    /** A system takes no longer path for a socket, and says so too late. */
    private void checkSocketPath(Program program) throws StartException {
        String name = program.longestSocketName();
        int length = state.toString().getBytes(StandardCharsets.UTF_8).length + 1 + name.length();
        if (name.isEmpty() || length <= LONGEST_SOCKET_PATH) return;
        throw new StartException(
                "state directory %s is too long: the path of a socket in it, such as %s, would have %d bytes, and a system takes %d; choose a shorter one (NUT_STATEPATH)"
                        .formatted(state, name, length, LONGEST_SOCKET_PATH));
    }

    /**
     * A driver's socket must be in the state path. Other programs go on without it, because they protect machines; but root
     * works in no directory where others may plant links.
     */
    private void checkState(Program program) throws StartException {
        if (Files.exists(state) && !Files.isDirectory(state))
            throw new StartException(
                    "state directory %s is no directory; name another one (NUT_STATEPATH)".formatted(state));
        if (program instanceof Program.Driver && !Files.isWritable(state))
            throw new StartException("cannot write to state directory %s%s (NUT_STATEPATH)".formatted(state, who()));
        if (!(program instanceof Program.Whole)) return;
        try {
            Optional<String> fault = foreign();
            // An account that may write to the distribution itself needs no link.
            if (fault.isPresent() && TrustedPath.fault(home).isEmpty())
                throw new StartException(
                        "state directory %s: others than root may write to %s, and root works in no such directory; start it with -u USER, or name a directory that is root's alone: NUT_STATEPATH=/run/cobnut"
                                .formatted(state, fault.get()));
        } catch (IOException e) {
            throw new StartException("cannot look at state directory %s: %s".formatted(state, ErrorText.of(e)));
        }
    }

    /** Finds what on the way to the state path others than root may change; empty unless this process is root's. */
    Optional<String> foreign() throws IOException {
        return TrustedPath.isRoot() ? TrustedPath.fault(state) : Optional.empty();
    }

    /**
     * Looks at who else could put a driver where this process runs it.
     *
     * @param say takes a line that warns of it
     * @throws Refused when that is so and nut.conf has locked this Cobnut
     */
    public void checkDrivers(NutConf nutConf, Consumer<String> say) throws StartException {
        var drivers = home.resolve("drivers");
        try (var jars = Files.list(drivers)) {
            for (Path each : Stream.concat(Stream.of(drivers), jars).toList()) {
                var fault = TrustedPath.writable(each);
                if (fault.isEmpty()) continue;
                var line = "others may write to %s, and what lies there is run; type: chmod go-w %s"
                        .formatted(fault.get(), each);
                if (nutConf.locked()) throw new StartException(line + "; this Cobnut is locked, so nothing is started");
                say.accept(line);
                return;
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return;
        } catch (IOException e) {
            throw new StartException("cannot look at %s: %s".formatted(drivers, ErrorText.of(e)));
        }
    }

    private static Path directory(Map<String, String> environment, String name, Path otherwise) {
        var value = environment.getOrDefault(name, "");
        return (value.isEmpty() ? otherwise : Path.of(value)).toAbsolutePath().normalize();
    }

    /** Makes it if that can be done; who needs it finds out. */
    private static void make(Path directory) {
        try {
            if (Files.isDirectory(directory)) return;
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OURS));
            Files.setPosixFilePermissions(directory, OURS); // whatever the umask took away
        } catch (IOException e) {
            return;
        }
    }

    /** Names the user that needs access to the directory, when root has changed to another one. */
    private static String who() {
        var user = System.getProperty("cobnut.user");
        return user == null ? "" : " as user " + user;
    }
}
