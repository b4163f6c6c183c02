package org.cobnut.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The directories of one run. NUT's environment variables decide, else the distribution holds everything: NUT_CONFPATH,
 * NUT_STATEPATH, and NUT_ALTPIDPATH for PID files (nut-behaviour, section 14); without NUT_STATEPATH what the files
 * say.
 */
record Places(Path home, Path conf, Path state, Path pid) {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwxrwx---");

    static Places of(Path home, Map<String, String> environment) {
        return seenIn(Path.of("/"), home, environment);
    }

    /** The directories of a run whose root directory is a jail, as they are seen from outside. */
    static Places seenIn(Path root, Path home, Map<String, String> environment) {
        var conf = in(root, directory(environment, "NUT_CONFPATH", home.resolve("etc")));
        var state = directory(environment, "NUT_STATEPATH", StatePath.told(conf).orElse(home.resolve("state")));
        return new Places(home, conf, in(root, state), in(root, directory(environment, "NUT_ALTPIDPATH", state)));
    }

    private static Path in(Path root, Path path) {
        return root.resolve(Path.of("/").relativize(path));
    }

    /** What the framework of a program keeps there while it runs; nobody else's, though they share the state path. */
    Path scratch(Program program) {
        return program instanceof Program.Whole
                ? state.resolve("cache")
                : state.resolve("cache.%s.%d"
                        .formatted(program.stem(), ProcessHandle.current().pid()));
    }

    /** Refuses what a run could not live with, before anything has been written. */
    void check() throws Refused {
        if (!Files.isDirectory(home.resolve("system"))) {
            throw new Refused(home + " is not a Cobnut distribution: it has no system directory");
        }
        if (!Files.isDirectory(conf)) {
            throw new Refused("configuration directory " + conf + " does not exist (NUT_CONFPATH)");
        }
        if (!Files.isReadable(conf)) {
            throw new Refused("cannot read configuration directory %s%s (NUT_CONFPATH)".formatted(conf, who()));
        }
        writable(state, "state directory", "NUT_STATEPATH");
        writable(pid, "PID directory", "NUT_ALTPIDPATH");
    }

    /** Refuses what all in one could not live with beside: it keeps its cache from run to run, programs alone do not. */
    void checkCache() throws Refused {
        var cache = state.resolve("cache");
        if (Files.exists(cache) && !Files.isWritable(cache)) {
            throw new Refused("cannot write to %s%s: another user has run here; remove it".formatted(cache, who()));
        }
    }

    private static Path directory(Map<String, String> environment, String name, Path otherwise) {
        var value = environment.getOrDefault(name, "");
        return (value.isEmpty() ? otherwise : Path.of(value)).toAbsolutePath().normalize();
    }

    private static void writable(Path directory, String what, String variable) throws Refused {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OURS));
                Files.setPosixFilePermissions(directory, OURS); // whatever the umask took away
            }
        } catch (IOException e) {
            throw new Refused("cannot create %s %s%s (%s)".formatted(what, directory, who(), variable));
        }
        if (!Files.isWritable(directory)) {
            throw new Refused("cannot write to %s %s%s (%s)".formatted(what, directory, who(), variable));
        }
    }

    /** Whom the directory must let in, when root has become somebody else. */
    private static String who() {
        var user = System.getProperty("cobnut.user");
        return user == null ? "" : " as user " + user;
    }
}
