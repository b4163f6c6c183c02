package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mapping files of the operator count at once, and nobody but the devices that use them notices. */
@Timeout(600)
class MappingsIT {
    private static final int FILES = Boolean.getBoolean("cobnut.long") ? 1_000 : 20;
    private static final Path UPS = Path.of("../../drivers-bundles/megatec/src/test/resources");
    private static final String GOOD = "mapping megatec 1 megatec\nextends megatec\n";
    private static final String VOLTAGE = "GET VAR rack battery.voltage";

    @TempDir
    private Path directory;

    private House house;
    private Process ups;

    @BeforeEach
    void begin() throws Exception {
        Path port = directory.resolve("tty");
        ups = new ProcessBuilder(
                        "python3",
                        UPS.resolve("ups.py").toString(),
                        port.toString(),
                        UPS.resolve("dialects/megatec.txt").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(ups.inputReader().readLine()).isEqualTo("ready");
        house = new House(directory.resolve("house"));
        house.start("[rack]\n driver = nutdrv_qx\n protocol = megatec\n port = " + port
                + "\n[demo]\n driver = dummy-ups\n port = demo.dev\n");
        assertThat(house.value("rack", "battery.voltage")).isEqualTo("27.30");
        house.value("demo", "ups.mfr");
    }

    @AfterEach
    void end() throws Exception {
        house.close();
        ups.destroyForcibly();
    }

    private Path mapping(String name, String text) throws IOException {
        Path folder = Files.createDirectories(house.file("mappings"));
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    @Test
    void aFileOfThreeLinesCorrectsAFactorAndGoesAgain() throws Exception {
        try (var clients = house.pollers(10, "GET VAR rack ups.status")) {
            Path file = mapping("megatec.map", GOOD + "var battery.voltage status:28-31 times 0.5 round 2\n");
            house.await(VOLTAGE, answer -> answer.endsWith("\"13.65\""));
            assertThat(house.program("nutctl", "mapping", "explain", "rack"))
                    .anyMatch(line -> line.matches("variable +battery.voltage +mappings/megatec.map:3"))
                    .anyMatch(line ->
                            line.matches("variable +input.voltage +cobnut.drivers.megatec:mappings/q1.map:\\d+"))
                    .anyMatch(line -> line.matches("command +load.off +cobnut.drivers.megatec:mappings/q1.map:\\d+"));
            assertThat(house.program("nutctl", "mapping", "list"))
                    .anyMatch(line -> line.matches("megatec +1 +megatec +mappings/megatec.map +rack *"))
                    .anyMatch(line -> line.endsWith("overridden by mappings/megatec.map"));

            Files.writeString(file, GOOD + "var battery.voltage status:28-31 tims 0.5\n");
            assertThat(house.says("mappings/megatec.map:3: 'tims' is not understood here"))
                    .contains("the version before it stays in force");
            House.pass(Duration.ofMillis(1500));
            assertThat(house.value("rack", "battery.voltage")).isEqualTo("13.65");
            assertThat(house.log("mappings/megatec.map:3")).hasSize(1);
            assertThat(house.program("nutctl", "mapping", "check", file.toString()))
                    .anyMatch(line -> line.endsWith("mappings/megatec.map:3: 'tims' is not understood here"));

            Files.delete(file);
            house.await(VOLTAGE, answer -> answer.endsWith("\"27.30\""));
            assertThat(clients.lost()).isZero();
            assertThat(clients.answers().keySet()).containsExactly("VAR rack ups.status \"OL\"");
        }
        assertThat(house.log("no answer since")).isEmpty();
    }

    @Test
    void randomFilesComeAndGoWhileNobodyElseNotices() throws Exception {
        var random = new Random(15);
        List<String> texts = List.of(
                "extends megatec\nvar battery.voltage status:28-31 times 3\n",
                "extends q1\ndrop alarm\n",
                "extends q1\nvar ups.load status:19-21 round 9\n",
                "var ups.load \"status\n",
                "extends nobody\n",
                "question status Q1 47 ( quick\nflag OB | OL status:38\n",
                "for i 1 to 3\nvar input.L{i}.voltage status:1-{i}\n");
        try (var rack = house.pollers(5, "GET VAR rack battery.voltage");
                var demo = house.pollers(5, "GET VAR demo ups.status")) {
            for (int i = 0; i < FILES; i++) {
                Path file = mapping(
                        "r" + random.nextInt(9) + ".map",
                        "mapping r" + random.nextInt(9) + " 1 megatec\n" + texts.get(random.nextInt(texts.size())));
                if (random.nextInt(3) == 0) Files.delete(file);
                House.pass(Duration.ofMillis(random.nextInt(400)));
            }
            mapping("megatec.map", GOOD + "var battery.voltage status:28-31 times 0.5 round 2\n");
            house.await(VOLTAGE, answer -> answer.endsWith("\"13.65\""));
            assertThat(demo.lost() + rack.lost()).isZero();
            assertThat(demo.answers().keySet()).containsExactly("VAR demo ups.status \"OL\"");
            assertThat(rack.answers().keySet())
                    .isSubsetOf("VAR rack battery.voltage \"27.30\"", "VAR rack battery.voltage \"13.65\"");
        }
        assertThat(house.log("no answer since")).isEmpty();
    }
}
