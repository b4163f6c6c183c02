package org.cobnut.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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
