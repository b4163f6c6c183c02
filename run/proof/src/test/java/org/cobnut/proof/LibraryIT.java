package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every device of the dumps library, all in one runtime, reads back as it was dumped. */
class LibraryIT {
    private static final Path LIBRARY = Path.of("../../../shared/data/ddl");
    private static final Pattern LINE = Pattern.compile("([A-Za-z][\\w.-]*):\\s+(\\S.*)");
    private static final Pattern ITEM = Pattern.compile("VAR \\S+ (\\S+) \"(.*)\"");

    private static final Pattern ODD = Pattern.compile("(?m)^[^#\\n]*\\\\$|^\\S+:\\s*\"[^\"\\n]*$|^TIMER [1-9]");

    /** What the server or every driver adds or says itself. */
    private static final Pattern OWN =
            Pattern.compile("driver\\..*|server\\..*|device\\.type", Pattern.CASE_INSENSITIVE);

    @Test
    void readsBackUnchanged() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(LIBRARY), "no library beside the checkout");
        Assumptions.assumeTrue(CobnutServer.built(), "the distribution is not built");
        Map<String, Path> dumps = dumps();
        assertThat(dumps).hasSizeGreaterThan(465);
        var house = new House(Map.of("UPSTREAM", "1"));
        var conf = new StringBuilder("maxretry = 1\npollinterval = 60\n");
        dumps.forEach((name, file) -> conf.append(
                "[%s]\n\tdriver = dummy-ups\n\tmode = dummy-once\n\tport = \"%s\"\n".formatted(name, file)));
        house.write("ups.conf", conf.toString(), Map.of());
        try (var server = new CobnutServer(house)) {
            var softly = new SoftAssertions();
            for (Map.Entry<String, Path> dump : dumps.entrySet()) {
                house.await("LIST VAR " + dump.getKey(), answer -> answer.startsWith("BEGIN"));
                softly.assertThat(served(
                                server, dump.getKey(), dumped(dump.getValue()).keySet()))
                        .as(dump.getValue().getFileName().toString())
                        .containsExactlyInAnyOrderEntriesOf(dumped(dump.getValue()));
            }
            softly.assertAll();
        }
    }

    private static Map<String, Path> dumps() throws IOException {
        var dumps = new LinkedHashMap<String, Path>();
        try (Stream<Path> files = Files.walk(LIBRARY)) {
            List<Path> sorted = files.filter(file -> file.toString().matches(".*\\.(dev|nds)"))
                    .filter(LibraryIT::plain)
                    .map(file -> file.toAbsolutePath().normalize())
                    .sorted()
                    .toList();
            for (Path file : sorted) dumps.put("d" + dumps.size(), file);
        }
        return dumps;
    }

    /**
     * Three dumps are none that the grammar reads as a person does: a backslash that joins two lines, a quote that opens and
     * swallows the rest, a TIMER that lets the rest wait for a minute. Debian's dummy-ups reads them as we do.
     */
    private static boolean plain(Path file) {
        try {
            return !ODD.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last value of each name; what the grammar reads in another way than a person does is left to its own tests. */
    private static Map<String, String> dumped(Path file) throws IOException {
        var values = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            var found = LINE.matcher(line.strip());
            if (!found.matches() || OWN.matcher(found.group(1)).matches()) continue;
            String value = found.group(2).replaceAll("\\s+", " ").strip();
            if (value.matches("[ -~&&[^\"#\\\\=]]{1,127}")) values.put(found.group(1), words(found.group(1), value));
            else values.remove(found.group(1));
        }
        return values;
    }

    private static Map<String, String> served(Server server, String ups, java.util.Set<String> names)
            throws IOException {
        var values = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        try (var connection = new Connection(server.port())) {
            connection.send("LIST VAR " + ups + '\n');
            String list = connection.read(Pattern.compile("(?s).*END LIST VAR " + ups + "\\n"));
            var item = ITEM.matcher(list);
            while (item.find())
                if (names.contains(item.group(1))) values.put(item.group(1), words(item.group(1), item.group(2)));
        }
        return values;
    }

    /** A status is a set of words. */
    private static String words(String name, String value) {
        return name.equalsIgnoreCase("ups.status") ? new TreeSet<>(Arrays.asList(value.split(" "))).toString() : value;
    }
}
