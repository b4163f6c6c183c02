package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All threads of a process, as /proc shows them to root. */
record Threads(long pid) {
    private static final List<String> WHO =
            List.of("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapAmb", "NoNewPrivs");

    /** Who they are and what they may do: one text for each way in which they differ, so that one is what should be. */
    Set<String> rights() throws IOException {
        var all = new HashSet<String>();
        for (Path thread : tasks()) {
            all.add(Files.readAllLines(thread.resolve("status")).stream()
                    .filter(line -> WHO.contains(line.split(":", 2)[0]))
                    .map(line -> line.replaceAll("\\s+", " ").strip())
                    .collect(Collectors.joining("\n")));
        }
        return all;
    }

    /** Where their root directories are. */
    Set<Path> roots() throws IOException {
        var all = new HashSet<Path>();
        for (Path thread : tasks()) all.add(thread.resolve("root").toRealPath());
        return all;
    }

    int count() throws IOException {
        return tasks().size();
    }

    private List<Path> tasks() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.toList();
        }
    }
}
