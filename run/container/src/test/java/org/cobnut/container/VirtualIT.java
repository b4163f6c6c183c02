package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.cobnut.testkit.Started;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices on top of others, in the distribution. */
@Timeout(180)
class VirtualIT {
    private static final String REAL = "[real]\n driver = dummy-ups\n port = real.dev\n";
    private static final String OTHERS = """
            [spare]
             driver = dummy-ups
             port = spare.dev
            [copy]
             driver = clone
             port = dummy-ups-real
             load.off = load.off
             offdelay = 1
            [outlet]
             driver = clone-outlet
             port = real
             prefix = outlet.1
            [both]
             driver = failover
             port = dummy-ups-real,dummy-ups-spare
             noprimarytime = 1
            """;

    @TempDir
    private Path directory;

    private Distribution cobnut;
    private Started run;
    private Line client;

    @BeforeEach
    void start() throws Exception {
        int port = Distribution.freePort();
        cobnut = new Distribution(directory, Map.of("JAVA_HOME", System.getProperty("java.home")))
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "[boss]\n password = hush\n actions = SET\n instcmds = ALL\n")
                .file("real.dev", "ups.status: OL\nups.model: Real\noutlet.1.status: on\n")
                .file("spare.dev", "ups.status: OL\nups.model: Spare\n")
                .file("ups.conf", OTHERS);
        run = cobnut.start("cobnut", "run");
        run.awaitLine(line -> line.contains("listening on"));
        client = new Line(port);
        assertThat(client.ask("USERNAME boss")).isEqualTo("OK");
        assertThat(client.ask("PASSWORD hush")).isEqualTo("OK");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        run.close();
    }

    @Test
    void waitInWordsForTheOneBelowAndFollowIt() throws Exception {
        await("both", "ups.model", "Spare"::equals);
        awaitList("copy +clone .*stale since .*: waits for dummy-ups-real: there is no such device");
        awaitList("outlet +clone-outlet .*stale since .*: waits for real: there is no such device");
        Files.writeString(cobnut.conf().resolve("ups.conf"), REAL, StandardOpenOption.APPEND);
        for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.model", "Real"::equals);
        assertThat(client.ask("SET VAR real ups.status \"OB DISCHRG\"")).isEqualTo("OK");
        await("copy", "ups.status", "OB DISCHRG"::equals);
        await("outlet", "ups.status", "OB DISCHRG"::equals);
        await("both", "ups.model", "Spare"::equals);
        assertThat(client.ask("SET VAR real outlet.1.status off")).isEqualTo("OK");
        await("outlet", "ups.status", "OB DISCHRG OFF"::equals);
        Files.writeString(cobnut.conf().resolve("ups.conf"), OTHERS);
        awaitList("copy +clone .*stale since .*: waits for dummy-ups-real: there is no such device");
        assertThat(client.ask("GET VAR copy ups.model")).isEqualTo("ERR DATA-STALE");
    }

    @Test
    void passOrdersOn() throws Exception {
        Files.writeString(cobnut.conf().resolve("ups.conf"), REAL, StandardOpenOption.APPEND);
        await("both", "ups.model", "Real"::equals);
        assertThat(client.ask("SET VAR both ups.model Changed")).isEqualTo("OK");
        await("real", "ups.model", "Changed"::equals);
        await("both", "ups.model", "Changed"::equals);
        assertThat(client.ask("INSTCMD both dummy-ups-spare.force.primary -1")).isEqualTo("OK");
        await("both", "ups.model", "Spare"::equals);
        await("copy", "ups.status", "OL"::equals);
        assertThat(client.ask("INSTCMD copy shutdown.stayoff")).isEqualTo("OK");
        // dummy-ups offers load.off, and does not know it when it is run.
        await("copy", "ups.alarm", "load.off: UNKNOWN"::equals);
        await("copy", "ups.status", "ALARM FSD OL"::equals);
    }

    private void await(String ups, String variable, Predicate<String> wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (true) {
            var answer = String.valueOf(client.ask("GET VAR " + ups + " " + variable));
            if (answer.startsWith("VAR") && wanted.test(answer.substring(answer.indexOf('"') + 1, answer.length() - 1)))
                return;
            assertThat(System.nanoTime())
                    .as("%s %s: %s\n%s", ups, variable, answer, String.join("\n", run.said()))
                    .isLessThan(deadline);
        }
    }

    private void awaitList(String pattern) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (true) {
            try (var list = cobnut.start("nutctl", "list")) {
                var lines = list.awaitEnd();
                if (lines.stream().anyMatch(line -> line.matches(pattern))) return;
                assertThat(System.nanoTime()).as("%s in %s", pattern, lines).isLessThan(deadline);
            }
        }
    }
}
