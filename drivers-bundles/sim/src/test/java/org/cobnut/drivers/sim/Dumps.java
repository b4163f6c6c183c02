package org.cobnut.drivers.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
}
