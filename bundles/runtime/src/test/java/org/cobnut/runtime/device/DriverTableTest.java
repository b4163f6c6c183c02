package org.cobnut.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * docs/drivers/README.md: its table and its numbers are what the bundles say. A test that fails tells the lines that are right.
 */
class DriverTableTest {
    private static final Path PAGES = Path.of("../../docs/drivers");
    private static final Path BUNDLES = Path.of("../../drivers-bundles");
    private static final Path HARDWARE_LIST = Path.of("/usr/share/nut/driver.list");
    private static final Pattern COMPONENT = Pattern.compile("Driver\\.NAME \\+ \"=([^\"]+)\"");

    /** What only a test has that runs a driver of Debian's. */
    private static final Pattern BESIDE =
            Pattern.compile("DebianDriver|DriverComparison|SerialComparison|DebianNut|Differences\\.program|/lib/nut");

    /** A component, by its sources and its bundle's tests. */
    private record Source(String text, List<String> tests) {
        boolean usb() {
            return text.contains("Driver.USB");
        }

        /** A test that runs Debian's driver of this name, or reads dumps of it, is what a claim stands on. */
        String sure(String name) {
            if (text.contains("Driver.EXPERIMENTAL")) return "experimental";
            Pattern word = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
            var sure = new ArrayList<String>();
            if (tests.stream()
                    .anyMatch(test -> BESIDE.matcher(test).find()
                            && word.matcher(test.replaceAll("(?m)^(import|package).*", ""))
                                    .find())) sure.add("beside NUT's own");
            if (tests.stream().anyMatch(test -> test.contains("FieldDumps.of(\"" + name + "\")")))
                sure.add("names of real ones");
            return sure.isEmpty() ? "simulated devices" : String.join(", ", sure);
        }
    }

    @Test
    void theTableTellsWhatTheBundlesSay() throws IOException {
        List<String> rows = Files.readAllLines(PAGES.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        Map<String, String> told = new HashMap<>();
        for (String row : rows) told.put(row.split("`")[1], row);
        Map<String, Source> sources = sources();
        var right = new ArrayList<String>();
        for (Map.Entry<String, String> driver : KnownDrivers.all().entrySet()) {
            String name = driver.getKey();
            String bundle = driver.getValue();
            if (bundle.isEmpty()) {
                right.add("| `%s` | – | – | – | – |".formatted(name));
                continue;
            }
            Source source = sources.get(name);
            assertThat(source).as("the source of " + name).isNotNull();
            String[] cells = told.getOrDefault(name, "||||||").split(" *\\| *", -1);
            String page = cells[cells.length - 2].replaceAll(".*\\(|\\).*", "");
            String over = cells[3].replaceAll(", experimental", "");
            if (page.endsWith(".md"))
                assertThat(Files.readString(PAGES.resolve(page))).as(name).contains(name);
            assertThat(over.contains("USB")).as(name + ": over USB").isEqualTo(source.usb());
            right.add("| `%s` | `%s` | %s | %s | [%s](%s) |"
                    .formatted(
                            name,
                            bundle,
                            over,
                            source.sure(name),
                            cells[cells.length - 2].replaceAll("^\\[|\\].*", ""),
                            page));
        }
        assertThat(String.join("\n", rows)).isEqualTo(String.join("\n", right));
    }

    /** Each bundle lists models of its own drivers; the page says how many, and how much of NUT's list that is. */
    @Test
    void theNumbersAreThoseOfTheListsOfModels() throws IOException {
        var models = new HashSet<String>();
        int count = 0;
        try (Stream<Path> bundles = Files.list(BUNDLES)) {
            for (Path bundle : bundles.toList()) {
                Path list = bundle.resolve("src/main/resources/models.txt");
                if (!Files.exists(list)) continue;
                for (String line : Files.readAllLines(list)) {
                    count++;
                    String[] cells = line.split("\t", -1);
                    assertThat(cells).as(line).hasSize(3).doesNotContain("");
                    assertThat(KnownDrivers.all())
                            .as(line)
                            .containsEntry(cells[0].split(" ")[0], "cobnut.drivers." + bundle.getFileName());
                    models.add(cells[1] + "\t" + cells[2]);
                }
            }
        }
        String page = Files.readString(PAGES.resolve("README.md"));
        assertThat(page).contains(" " + count + " models ");
        Assumptions.assumeTrue(Files.exists(HARDWARE_LIST), "Debian's nut-server is not installed");
        int rows = 0;
        int ours = 0;
        for (String line : Files.readAllLines(HARDWARE_LIST, StandardCharsets.ISO_8859_1)) {
            Matcher cells = Pattern.compile("\"([^\"]*)\"").matcher(line);
            List<String> words = cells.results().map(cell -> cell.group(1)).toList();
            if (!line.startsWith("\"") || words.size() < 4) continue;
            rows++;
            if (models.contains(words.get(0) + "\t" + words.get(3))) ours++;
        }
        assertThat(page.replaceAll("\\s+", " "))
                .contains("%,d of the %,d rows of the hardware list of NUT 2.8.0 (%d %%)"
                        .formatted(ours, rows, ours * 100 / rows));
    }

    private static Map<String, Source> sources() throws IOException {
        Map<String, Source> sources = new HashMap<>();
        try (Stream<Path> bundles = Files.list(BUNDLES)) {
            for (Path bundle : bundles.toList()) {
                List<String> tests = texts(bundle.resolve("src/test/java"));
                for (String text : texts(bundle.resolve("src/main/java")))
                    COMPONENT
                            .matcher(text)
                            .results()
                            .forEach(name -> sources.put(name.group(1), new Source(text, tests)));
            }
        }
        return sources;
    }

    private static List<String> texts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(DriverTableTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
