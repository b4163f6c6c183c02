package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.cobnut.testkit.DriverFacts;

/** The differences from NUT's own driver that docs/drivers/snmp-ups.md lists. A cell of its table may end with a star. */
final class KnownDifferences {
    private static final Path DOCUMENT = Path.of("../../docs/drivers/snmp-ups.md");

    private KnownDifferences() {}

    private record Known(String name, String theirs, String ours) {
        boolean explains(String difference) {
            String[] cells = difference.split(" \\| ", 3);
            return fits(name, cells[0]) && fits(theirs, cells[1]) && fits(ours, cells[2]);
        }

        private static boolean fits(String pattern, String text) {
            return pattern.endsWith("*")
                    ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                    : text.equals(pattern);
        }
    }

    /**
     * Those that no row of the page explains.
     *
     * @param front what stands in front of rows that count besides those for every device: nothing, or the name of a mapping
     */
    static SortedSet<String> unexplained(SortedSet<String> differences, String... front) throws IOException {
        var rows = new TreeSet<>(DriverFacts.documented(DOCUMENT));
        if (front.length > 0) rows.addAll(DriverFacts.documented(DOCUMENT, front));
        List<Known> known = rows.stream()
                .map(row -> row.split(" \\| ", 3))
                .map(cells -> new Known(cells[0], cells[1], cells[2]))
                .toList();
        var left = new TreeSet<String>();
        for (String difference : differences)
            if (known.stream().noneMatch(row -> row.explains(difference))) left.add(difference);
        return left;
    }

    static void explain(String device, SortedSet<String> differences, String... front) throws IOException {
        assertThat(unexplained(differences, front)).as(device).isEmpty();
    }
}
