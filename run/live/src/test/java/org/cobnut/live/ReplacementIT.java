package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Vendors put drivers and mappings of theirs in the place of ours, and take them away again, while clients stay. */
@Timeout(120)
class ReplacementIT {
    private static final Path UPS = Path.of("../../drivers-bundles/megatec/src/test/resources");
    private static final String STATUS = "GET VAR demo ups.status";
    private static final String VOLTAGE = "GET VAR rack battery.voltage";

    @TempDir
    private Path directory;

    private House house;

    @BeforeEach
    void build() throws Exception {
        house = new House(directory.resolve("house"));
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    @Test
    void aDriverThatRanksHigherTakesOverTheDevicesOfOursAndGivesThemBack() throws Exception {
        house.start("[demo]\n driver = dummy-ups\n port = demo.dev\n");
        assertThat(house.value("demo", "ups.mfr")).isEqualTo("Demo");
        try (var pollers = house.pollers(20, STATUS)) {
            new DriverJar("lower", "1.0.0").offering("dummy-ups", -5).into(house.driver("lower.jar"));
            house.says("lower.jar: acme.lower 1.0.0 runs");
            new DriverJar("higher", "2.0.0").offering("dummy-ups", 5).into(house.driver("higher.jar"));
            house.await("GET VAR demo device.model", answer -> answer.endsWith("\"2.0.0\""));
            assertThat(house.program("nutctl", "drivers"))
                    .anyMatch(line -> line.matches("acme.higher +2\\.0\\.0 +active +dummy-ups *"))
                    .anyMatch(line -> line.matches("cobnut.drivers.sim +\\S+ +active +dummy-ups *"));

            Files.delete(house.driver("higher.jar"));
            house.await("GET VAR demo ups.mfr", answer -> answer.endsWith("\"Demo\""));
            Files.delete(house.driver("cobnut.drivers.sim.jar"));
            house.await("GET VAR demo device.model", answer -> answer.endsWith("\"1.0.0\""));
            assertThat(pollers.lost()).isZero();
            assertThat(pollers.answers().keySet()).isSubsetOf("VAR demo ups.status \"OL\"", "ERR DRIVER-NOT-CONNECTED");
        }
    }

    @Test
    void aBundleWithAMappingAndWithoutAClassReplacesOurs() throws Exception {
        Path port = directory.resolve("tty");
        Process ups = new ProcessBuilder(
                        "python3",
                        UPS.resolve("ups.py").toString(),
                        port.toString(),
                        UPS.resolve("dialects/megatec.txt").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(ups.inputReader().readLine()).isEqualTo("ready");
            house.start("[rack]\n driver = nutdrv_qx\n protocol = megatec\n port = " + port + "\n");
            assertThat(house.value("rack", "battery.voltage")).isEqualTo("27.30");
            try (var pollers = house.pollers(10, "GET VAR rack ups.status")) {
                // Of the same name as ours, and of a higher version.
                mapping("acme.jar", """
                        mapping megatec 2 megatec
                        extends megatec
                        var battery.voltage status:28-31 times 0.5 round 2
                        """);
                house.await(VOLTAGE, answer -> answer.endsWith("\"13.65\""));
                assertThat(house.program("nutctl", "mapping", "explain", "rack").get(0))
                        .isEqualTo("rack: mapping megatec 2 (acme.mappings:mappings/acme.map)");
                Files.delete(house.driver("acme.jar"));
                house.await(VOLTAGE, answer -> answer.endsWith("\"27.30\""));
                assertThat(pollers.lost()).isZero();
                assertThat(pollers.answers().keySet()).containsExactly("VAR rack ups.status \"OL\"");
            }
        } finally {
            ups.destroyForcibly();
        }
    }

    /** A bundle that is a manifest and a file of text. */
    private void mapping(String jar, String text) throws IOException {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "acme.mappings");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Provide-Capability", "cobnut.mapping;cobnut.mapping=megatec;path=mappings");
        Path part = house.driver(jar + ".part");
        try (var output = new JarOutputStream(Files.newOutputStream(part), manifest)) {
            output.putNextEntry(new JarEntry("mappings/acme.map"));
            output.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        Files.move(part, house.driver(jar), StandardCopyOption.ATOMIC_MOVE);
    }
}
