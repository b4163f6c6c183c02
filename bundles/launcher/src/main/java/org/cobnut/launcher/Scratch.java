package org.cobnut.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The directories in the state path that hold the framework's things of a program that runs alone, one a process. */
final class Scratch {
    private static final String FRAMEWORKS_LOCK = "cache.lock";

    private Scratch() {}

    /** The beginning of the name; the number of the process follows. */
    static String prefix(Program program) {
        return "cache." + program.stem() + ".";
    }

    /** Removes what processes that were killed have left. */
    static void sweep(Path state, Program program) throws Refused {
        var prefix = prefix(program);
        for (var directory : list(state)) {
            var name = directory.getFileName().toString();
            if (!name.startsWith(prefix)) continue;
            var pid = name.substring(prefix.length());
            if (pid.matches("\\d{1,10}") && !lives(directory, new Peer(Long.parseLong(pid), program.name())))
                delete(directory);
        }
    }

    private static boolean lives(Path directory, Peer owner) {
        return Peer.visible() ? owner.serves() : PidFile.held(directory.resolve(FRAMEWORKS_LOCK));
    }

    static void delete(Path directory) throws Refused {
        if (!Files.isDirectory(directory) || !directory.getFileName().toString().startsWith("cache.")) return;
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Refused("cannot remove " + directory + ": " + e.getMessage());
        }
    }

    private static List<Path> list(Path state) throws Refused {
        try (var files = Files.list(state)) {
            return files.toList();
        } catch (IOException e) {
            throw new Refused("cannot read " + state + ": " + e.getMessage());
        }
    }
}
