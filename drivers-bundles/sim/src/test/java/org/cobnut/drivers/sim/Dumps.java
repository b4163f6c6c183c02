package org.cobnut.drivers.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The recorded devices beside the checkout, where they are. */
final class Dumps {
    private Dumps() {}

    /** The folder, seen from the project's root, wherever below it the test runs. */
    static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("cnf")) && at.getParent() != null) at = at.getParent();
        return at.resolve("../shared/data/ddl").normalize();
    }

    static boolean present() {
        return Files.isDirectory(folder());
    }

    static List<Path> files() throws IOException {
        try (var all = Files.walk(folder())) {
            return all.filter(path -> path.toString().matches(".*\\.(dev|nds)"))
                    .sorted()
                    .toList();
        }
    }

    /** Those with quotes or backslashes in their values. */
    static List<Path> escaped() throws IOException {
        var escaped = new ArrayList<Path>();
        for (Path file : files()) {
            Stream<String> lines =
                    Files.readString(file, StandardCharsets.ISO_8859_1).lines();
            if (file.toString().endsWith(".dev") && lines.anyMatch(line -> line.matches("[^#:]+:[^#]*[\"\\\\].*")))
                escaped.add(file);
        }
        return escaped;
    }
}
