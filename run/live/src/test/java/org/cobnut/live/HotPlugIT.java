package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.testkit.Distribution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jars of the drivers directory come, go, come back and are replaced, while clients stay. */
@Timeout(120)
class HotPlugIT {
    private static final String SIM = "cobnut.drivers.sim.jar";
    private static final String DEMO = "[demo]\n driver = dummy-ups\n port = demo.dev\n";
    private static final String ACME = "[acme]\n driver = acme\n port = auto\n";

    @TempDir
    private Path directory;

    private House house;

    @BeforeEach
    void build() throws Exception {
        house = new House(directory);
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    @Test
    void aSectionWaitsForADriverThatIsNotInstalled() throws Exception {
        house.start(DEMO + ACME);
        house.says("no bundle offers this driver");
        try (var client = house.line()) {
            assertThat(client.ask("GET VAR acme ups.status")).isEqualTo("ERR DRIVER-NOT-CONNECTED");
            new DriverJar("acme", "1.0.0").into(house.driver("acme.jar"));
            assertThat(house.await(client, "GET VAR acme ups.status", a -> a.startsWith("VAR")))
                    .contains("OL");
        }
        house.says("acme.jar: acme.acme 1.0.0 runs");
    }

    @Test
    void aDeviceReturnsWithItsDriverLatchAndLoginsKept() throws Exception {
        new DriverJar("acme", "1.0.0").into(house.driver("acme.jar"));
        house.start(DEMO + ACME);
        String neighbour = house.value("acme", "device.serial");
        house.value("demo", "ups.mfr");
        try (var upsmon = house.line();
                var pollers = house.pollers(20, "GET VAR demo ups.status")) {
            for (String request :
                    new String[] {"USERNAME admin", "PASSWORD secret", "LOGIN demo", "PRIMARY demo", "FSD demo"})
                assertThat(upsmon.ask(request)).startsWith("OK");
            house.await("GET VAR demo ups.status", a -> a.endsWith("\"FSD OL\""));

            Files.delete(house.driver(SIM));
            house.await("GET VAR demo ups.status", a -> a.equals("ERR DRIVER-NOT-CONNECTED"));
            assertThat(upsmon.ask("SET VAR demo ups.mfr x")).isEqualTo("ERR DRIVER-NOT-CONNECTED");

            Files.copy(Distribution.home().resolve("drivers").resolve(SIM), house.driver(SIM));
            house.await("GET VAR demo ups.status", a -> a.endsWith("\"FSD OL\""));
            assertThat(upsmon.list("LIST CLIENT demo")).containsExactly("CLIENT demo 127.0.0.1");
            assertThat(upsmon.ask("GET NUMLOGINS demo")).isEqualTo("NUMLOGINS demo 1");
            assertThat(pollers.lost()).isZero();
        }
        assertThat(house.value("acme", "device.serial")).isEqualTo(neighbour);
    }

    @Test
    void duringAReplacementTheLastValuesStayReadable() throws Exception {
        new DriverJar("acme", "1.0.0").into(house.driver("acme.jar"));
        house.start(ACME);
        assertThat(house.value("acme", "device.model")).isEqualTo("1.0.0");
        try (var pollers = house.pollers(20, "GET VAR acme device.model")) {
            for (String version : new String[] {"1.1.0", "1.1.0.rebuilt", "1.0.0"}) {
                new DriverJar("acme", version).into(house.driver("acme.jar"));
                house.await("GET VAR acme device.model", a -> a.contains('"' + version + '"'));
            }
            assertThat(pollers.lost()).isZero();
            assertThat(pollers.answers().keySet())
                    .containsExactlyInAnyOrder(
                            "VAR acme device.model \"1.0.0\"",
                            "VAR acme device.model \"1.1.0\"",
                            "VAR acme device.model \"1.1.0.rebuilt\"");
        }
    }

    @Test
    void afterMaxageADeviceWhoseDriverDoesNotComeBackIsGone() throws Exception {
        new DriverJar("acme", "1.0.0").into(house.driver("acme.jar"));
        house.write("upsd.conf", house.listen() + "MAXAGE 3\n");
        house.start(ACME);
        house.value("acme", "device.model");
        // The next version starts, and offers nothing.
        new DriverJar("acme", "2.0.0")
                .starting("if (true) throw new IllegalStateException(\"no licence\");")
                .into(house.driver("acme.jar"));
        house.says("acme.jar: acme.acme 2.0.0 replaces acme.acme 1.0.0");
        try (var client = house.line()) {
            assertThat(client.ask("GET VAR acme device.model")).isEqualTo("VAR acme device.model \"1.0.0\"");
            house.await(client, "GET VAR acme device.model", a -> a.equals("ERR DRIVER-NOT-CONNECTED"));
        }
        house.says("acme.jar is not taken: it does not start: no licence (IllegalStateException)");
    }

    @Test
    void aJarThatCannotBeTakenIsNamedOnceWithTheReasonAndDisturbsNobody() throws Exception {
        new DriverJar("acme", "1.0.0").into(house.driver("acme.jar"));
        house.start(ACME + "[needy]\n driver = needy\n port = auto\n");
        String session = house.value("acme", "device.serial");
        byte[] whole = Files.readAllBytes(house.driver("acme.jar"));
        try (var pollers = house.pollers(20, "GET VAR acme ups.status")) {
            Files.write(house.driver("half.jar"), Arrays.copyOf(whole, whole.length / 2));
            Files.writeString(house.driver("text.jar"), "this is no jar at all");
            Files.copy(house.driver("acme.jar"), house.driver("twin.jar"));
            new DriverJar("needy", "1.0.0")
                    .importing("org.acme.modbus;version=\"[2,3)\"")
                    .into(house.driver("needy.jar"));
            house.says("half.jar is not taken: it is damaged, or was not copied to its end");
            house.says("text.jar is not taken: it is damaged, or was not copied to its end");
            house.says("twin.jar is not taken: acme.acme 1.0.0 is here already, from acme.jar");
            house.says("needy.jar is not taken: nothing here has package org.acme.modbus [2.0.0,3.0.0)");
            House.pass(Duration.ofSeconds(3));
            for (String name : new String[] {"half", "text", "twin", "needy"})
                assertThat(house.log(name + ".jar is not taken")).as(name).hasSize(1);

            new DriverJar("needy", "1.0.1").into(house.driver("needy.jar"));
            assertThat(house.value("needy", "ups.status")).isEqualTo("OL");
            assertThat(pollers.lost()).isZero();
            assertThat(pollers.answers().keySet()).containsExactly("VAR acme ups.status \"OL\"");
        }
        assertThat(house.value("acme", "device.serial")).isEqualTo(session);
    }

    @Test
    void aJarThatGrowsSlowlyIsTakenWhenItIsWhole() throws Exception {
        new DriverJar("acme", "1.0.0").into(directory.resolve("acme.jar"));
        byte[] whole = Files.readAllBytes(directory.resolve("acme.jar"));
        house.start(ACME);
        try (var output = Files.newOutputStream(house.driver("acme.jar"))) {
            int step = whole.length / 10 + 1;
            for (int at = 0; at < whole.length; at += step) {
                output.write(whole, at, Math.min(step, whole.length - at));
                House.pass(Duration.ofMillis(600)); // longer than FileInstall waits for a file to stand still
            }
        }
        assertThat(house.value("acme", "ups.status")).isEqualTo("OL");
        assertThat(house.log("not taken")).isEmpty();
    }

    @Test
    void aJarOverwrittenBitByBitLeavesTheOldVersionRunning() throws Exception {
        new DriverJar("acme", "1.0.0").into(house.driver("acme.jar"));
        new DriverJar("acme", "2.0.0").into(directory.resolve("acme.jar"));
        byte[] whole = Files.readAllBytes(directory.resolve("acme.jar"));
        house.start(ACME);
        house.value("acme", "ups.status");
        try (var pollers = house.pollers(5, "GET VAR acme device.model")) {
            Files.write(house.driver("acme.jar"), Arrays.copyOf(whole, whole.length / 2));
            assertThat(house.says("acme.jar is not taken")).endsWith("; acme.acme 1.0.0 goes on");
            assertThat(pollers.answers().keySet()).containsExactly("VAR acme device.model \"1.0.0\"");
            Files.write(house.driver("acme.jar"), whole);
            house.await("GET VAR acme device.model", a -> a.contains("2.0.0"));
            assertThat(pollers.lost()).isZero();
        }
    }
}
