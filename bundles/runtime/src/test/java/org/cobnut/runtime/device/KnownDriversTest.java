package org.cobnut.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class KnownDriversTest {
    private static final Path JARS = Path.of("/opt/cobnut/drivers");
    private static final Path BUNDLES = Path.of("../../drivers-bundles");
    private static final Pattern NAME = Pattern.compile("Driver\\.NAME \\+ \"=([^\"]+)\"");

    @Test
    void tellsOfADriverOfOursWhichJarItIsIn() {
        assertThat(KnownDrivers.advice("nutdrv_qx", JARS))
                .isEqualTo("it comes with Cobnut in the jar cobnut.drivers.megatec, which belongs into"
                        + " /opt/cobnut/drivers; \"nutctl drivers\" lists the drivers that are there");
    }

    @Test
    void tellsOfADriverOfNutWhatElseServesIt() {
        assertThat(KnownDrivers.advice("nut-ipmipsu", JARS))
                .startsWith("NUT has it, and this Cobnut does not: put a jar that offers it into /opt/cobnut/drivers,"
                        + " or run NUT's own driver")
                .endsWith("\"nutctl drivers\" lists the drivers that are there");
    }

    @Test
    void tellsOfANameThatIsNearlyRightWhichWasMeant() {
        assertThat(KnownDrivers.advice("dummy_ups", JARS)).startsWith("NUT knows no such name, but 'dummy-ups'; ");
        assertThat(KnownDrivers.advice("USBHID_UPS", JARS)).startsWith("NUT knows no such name, but 'usbhid-ups'; ");
    }

    @Test
    void tellsOfANameThatNobodyKnowsWhereAVendorsJarGoes() {
        assertThat(KnownDrivers.advice("acme", JARS))
                .startsWith("NUT knows no such name either; if a vendor's jar offers it, put that into /opt/cobnut");
    }

    /** The page has a row for each driver of NUT's and of ours, and names the bundle, or none; its link leads to a page. */
    @Test
    void thePageOfAllDriversTellsTheSame() throws IOException {
        Path folder = Path.of("../../docs/drivers");
        List<String> rows = Files.readAllLines(folder.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        Map<String, String> told = new TreeMap<>();
        for (String row : rows) {
            String[] cells = row.replace("`", "").split(" *\\| *");
            told.put(cells[1], cells[2].replace("–", ""));
            if (cells[2].equals("–")) continue;
            String page = cells[4].replaceAll(".*\\(|\\).*", "");
            assertThat(Files.readString(folder.resolve(page))).as(row).contains(cells[1]);
        }
        assertThat(told).isEqualTo(KnownDrivers.all());
        assertThat(rows).extracting(row -> row.split("`")[1]).isSorted();
    }

    /** Each bundle lists models of its own drivers, and the page says how many there are in all. */
    @Test
    void theBundlesListModelsOfTheirDrivers() throws IOException {
        int models = 0;
        try (Stream<Path> bundles = Files.list(BUNDLES)) {
            for (Path bundle : bundles.toList()) {
                Path list = bundle.resolve("src/main/resources/models.txt");
                if (!Files.exists(list)) continue;
                for (String line : Files.readAllLines(list)) {
                    models++;
                    String[] cells = line.split("\t", -1);
                    assertThat(cells).as(line).hasSize(3).doesNotContain("");
                    assertThat(KnownDrivers.all())
                            .as(line)
                            .containsEntry(cells[0].split(" ")[0], "cobnut.drivers." + bundle.getFileName());
                }
            }
        }
        assertThat(Files.readString(Path.of("../../docs/drivers/README.md"))).contains(" " + models + " models ");
    }

    @Test
    void thePageTellsWhichDriversAreExperimental() throws IOException {
        Set<String> experimental = new TreeSet<>();
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            files.filter(file -> file.toString().contains("src/main/java")
                            && file.toString().endsWith(".java"))
                    .map(KnownDriversTest::text)
                    .filter(text -> text.contains("Driver.EXPERIMENTAL"))
                    .flatMap(text -> NAME.matcher(text).results())
                    .forEach(match -> experimental.add(match.group(1)));
        }
        assertThat(experimental).contains("ragtech");
        assertThat(Files.readAllLines(Path.of("../../docs/drivers/README.md")).stream()
                        .filter(line -> line.startsWith("| `") && line.contains(", experimental |"))
                        .map(line -> line.split("`")[1]))
                .containsExactlyElementsOf(experimental);
    }

    @Test
    void knowsEveryDriverOfOurBundles() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            files.filter(file -> file.toString().contains("src/main/java")
                            && file.toString().endsWith(".java"))
                    .flatMap(file -> NAME.matcher(text(file)).results())
                    .forEach(match -> names.add(match.group(1)));
        }
        assertThat(names).contains("dummy-ups", "nutdrv_qx");
        assertThat(names).allSatisfy(name -> assertThat(KnownDrivers.advice(name, JARS))
                .startsWith("it comes with Cobnut in the jar "));
    }

    @Test
    void knowsEveryDriverOfDebian() throws IOException {
        Path folder = Path.of("/lib/nut");
        Assumptions.assumeTrue(Files.isDirectory(folder), "Debian's NUT is not installed");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !Set.of("upsd", "upsmon").contains(name)))
                    .allSatisfy(
                            name -> assertThat(KnownDrivers.advice(name, JARS)).doesNotContain("knows no such"));
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
