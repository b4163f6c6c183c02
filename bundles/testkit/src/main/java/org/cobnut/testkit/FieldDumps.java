package org.cobnut.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What real devices once said, from the dumps beside the checkout; none where they are not. */
public final class FieldDumps {
    private FieldDumps() {}

    /** The folder, seen from the project's root, wherever below it the test runs. */
    public static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("cnf")) && at.getParent() != null) at = at.getParent();
        return at.resolve("../shared/data/ddl").normalize();
    }

    /** The variables of each dump that this driver made, without those of the driver itself. */
    public static List<SortedMap<String, String>> of(String driver) throws IOException {
        var dumps = new ArrayList<SortedMap<String, String>>();
        if (!Files.isDirectory(folder())) return dumps;
        List<Path> files;
        try (var all = Files.walk(folder())) {
            files = all.filter(path -> path.toString().endsWith(".dev"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            var values = new TreeMap<String, String>();
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1))
                if (line.matches("[a-z][^: ]*:.*"))
                    values.put(
                            line.substring(0, line.indexOf(':')),
                            line.substring(line.indexOf(':') + 1).strip());
            if (!driver.equals(values.get("driver.name"))) continue;
            values.keySet().removeIf(name -> name.startsWith("driver."));
            dumps.add(values);
        }
        return dumps;
    }
}
