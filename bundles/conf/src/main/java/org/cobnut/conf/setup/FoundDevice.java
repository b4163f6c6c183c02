package org.cobnut.conf.setup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;

/**
 * Holds a section of ups.conf, of the file or as nut-scanner printed it.
 *
 * @param name what stands in its head
 * @param lines what it says, without its head
 */
record FoundDevice(String name, List<LogicalLine> lines) {
    /** Options by which sections with the same driver and port differ. */
    private static final List<String> IDENTITY = List.of("serial", "vendorid", "productid", "bus", "subdriver");

    FoundDevice {
        lines = List.copyOf(lines);
    }

    /** The sections of a text that name a driver. */
    static List<FoundDevice> in(String text) {
        var names = new ArrayList<String>();
        var sections = new ArrayList<List<LogicalLine>>();
        for (LogicalLine line : LineSyntax.SECTIONS.split("ups.conf", text.getBytes(StandardCharsets.ISO_8859_1))) {
            if (line.header()) {
                names.add(line.key().replaceAll("[\\[\\]]", ""));
                sections.add(new ArrayList<>());
            } else if (!sections.isEmpty() && !line.words().isEmpty())
                sections.get(sections.size() - 1).add(line);
        }
        return IntStream.range(0, names.size())
                .mapToObj(i -> new FoundDevice(names.get(i), sections.get(i)))
                .filter(device -> device.value("driver")
                        .filter(driver -> !driver.isEmpty())
                        .isPresent())
                .toList();
    }

    Optional<String> value(String key) {
        return lines.stream()
                .filter(line -> line.key().equals(key))
                .findFirst()
                .map(line -> String.join(" ", line.values()));
    }

    /** Tells whether a section serves it: same driver and port, and nothing that tells them apart. */
    boolean servedBy(FoundDevice section) {
        return same("driver", section)
                && same("port", section)
                && IDENTITY.stream().noneMatch(key -> section.value(key).isPresent() && !same(key, section));
    }

    private boolean same(String key, FoundDevice section) {
        return value(key).orElse("").equalsIgnoreCase(section.value(key).orElse(""));
    }

    /** The driver, and what the device says of itself. */
    String about() {
        String named = Stream.of("vendor", "product", "desc")
                .flatMap(key -> value(key).stream())
                .collect(Collectors.joining(" "));
        return "%s at %s%s"
                .formatted(
                        named.isEmpty() ? "a device" : named,
                        value("port").orElse("auto"),
                        value("serial").map(", serial number "::concat).orElse(""));
    }

    /** Its section of ups.conf under a name, with a comment. */
    String section(String name) {
        var text = new StringBuilder("# Found by nutctl setup: " + about() + "\n[" + name + "]\n");
        for (LogicalLine line : lines)
            text.append('\t')
                    .append(LineSyntax.SECTIONS.line(line.key(), line.values()))
                    .append('\n');
        return text.toString();
    }
}
