package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        return ofEach(thread -> Files.readAllLines(thread.resolve("status")).stream()
                .filter(line -> WHO.contains(line.split(":", 2)[0]))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .collect(Collectors.joining("\n")));
    }

    /** Where their root directories are. */
    Set<Path> roots() throws IOException {
        return ofEach(thread -> thread.resolve("root").toRealPath());
    }

    private interface Look<T> {
        T at(Path thread) throws IOException;
    }

    private <T> Set<T> ofEach(Look<T> look) throws IOException {
        var all = new HashSet<T>();
        for (Path thread : tasks()) {
            try {
                all.add(look.at(thread));
            } catch (NoSuchFileException ended) {
                // between the list and the look
            }
        }
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
