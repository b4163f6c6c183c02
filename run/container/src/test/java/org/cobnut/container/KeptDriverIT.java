package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver that was compiled once and is kept as a jar runs on today's Cobnut; src/test/resources/kept has its source. */
@Timeout(120)
class KeptDriverIT {
    private static final Path JAR = Path.of("src/test/resources/kept/kept-driver.jar");

    @TempDir
    private Path directory;

    @Test
    void servesItsDeviceWhenItIsDroppedIntoTheFolder() throws Exception {
        int port = Distribution.freePort();
        var cobnut = Distribution.planted(directory, Map.of("JAVA_HOME", System.getProperty("java.home")))
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "[boss]\n\tpassword = hush\n\tactions = SET\n\tinstcmds = ALL\n")
                .file("kept.txt", "OL RB\n")
                .file("ups.conf", """
                        pollinterval = 1
                        [old]
                            driver = kept
                            port = kept.txt
                            greeting = "good day"
                            mood = BAD
                        """);
        try (var run = cobnut.start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("listening on"));
            Files.copy(JAR, cobnut.drivers().resolve(JAR.getFileName()));
            await(port, "GET VAR old ups.status", "VAR old ups.status \"ALARM OL RB\"");
            try (var client = new Line(port)) {
                assertThat(client.ask("GET VAR old ups.model")).isEqualTo("VAR old ups.model \"good day\"");
                assertThat(client.ask("GET VAR old ups.mfr")).isEqualTo("VAR old ups.mfr \"bad\"");
                assertThat(client.ask("GET VAR old ups.alarm")).isEqualTo("VAR old ups.alarm \"Replace battery!\"");
                assertThat(client.ask("GET TYPE old battery.charge.low"))
                        .isEqualTo("TYPE old battery.charge.low RW RANGE NUMBER");
                assertThat(client.ask("USERNAME boss")).isEqualTo("OK");
                assertThat(client.ask("PASSWORD hush")).isEqualTo("OK");
                assertThat(client.ask("SET VAR old ups.id \"rack 7\"")).isEqualTo("OK");
                assertThat(client.ask("INSTCMD old beeper.toggle")).isEqualTo("OK");
                assertThat(client.ask("INSTCMD old no.such")).isEqualTo("ERR CMD-NOT-SUPPORTED");
            }
            await(port, "GET VAR old ups.id", "VAR old ups.id \"rack 7\"");
            await(port, "GET VAR old ups.beeper.status", "VAR old ups.beeper.status \"disabled\"");
            Files.delete(cobnut.drivers().resolve(JAR.getFileName()));
            await(port, "GET VAR old ups.status", "ERR DRIVER-NOT-CONNECTED");
        } finally {
            cobnut.uproot();
        }
    }

    private static void await(int port, String request, String answer) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (var client = new Line(port)) {
            String said = client.ask(request);
            while (!said.equals(answer) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                said = client.ask(request);
            }
            assertThat(said).isEqualTo(answer);
        }
    }
}
