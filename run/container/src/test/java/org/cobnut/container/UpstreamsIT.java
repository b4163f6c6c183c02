package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.container.Both.Maker;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that stand on top of other devices, as programs of their own, over the sockets of those devices' drivers. */
class UpstreamsIT {
    private static final String USER = System.getProperty("user.name");
    private static final List<String> ALONE = List.of("clone copy", "clone-outlet outlet", "failover both");

    @TempDir
    private Path directory;

    private Both nut;
    private int port;

    @BeforeEach
    void files() throws IOException {
        port = Distribution.freePort();
        nut = new Both(directory)
                .file("nut.conf", "MODE=netserver\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "[boss]\n password = hush\n actions = SET\n instcmds = ALL\n")
                .file(
                        "real.dev",
                        "ups.status: OL\nups.model: Real\noutlet.1.status: on\nups.id: first\nups.test: a \\\"b\\\" \\#1\n")
                .file("ups.conf", """
                        [real]
                        driver = dummy-ups
                        port = real.dev
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
                        port = dummy-ups-none,dummy-ups-real
                        noprimarytime = 1
                        deadtime = 1
                        """);
    }

    @AfterEach
    void end() throws Exception {
        nut.close();
    }

    /** Started before the one below, and still there when that one has gone and come back. */
    @Test
    void followADriverOfDebian() throws Exception {
        for (var each : ALONE) start(Maker.COBNUT, each.split(" ")[0], "-a", each.split(" ")[1]);
        start(Maker.DEBIAN, "upsd");
        await("copy", "ups.model", "ERR DATA-STALE");

        start(Maker.DEBIAN, "dummy-ups", "-a", "real");
        for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.model", "\"Real\"");
        await("copy", "ups.test", "\"a \\\"b\\\" \\#1\"");
        assertThat(ask("SET VAR real ups.status \"OB DISCHRG\"")).isEqualTo("OK");
        for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.status", "\"OB DISCHRG\"");
        assertThat(ask("SET VAR real outlet.1.status off")).isEqualTo("OK");
        await("outlet", "ups.status", "\"OB DISCHRG OFF\"");
        assertThat(ask("SET VAR both ups.id Below")).isEqualTo("OK");
        await("real", "ups.id", "\"Below\"");
        // dummy-ups offers load.off, and does not know it when it is run.
        assertThat(ask("INSTCMD copy shutdown.stayoff")).isEqualTo("OK");
        await("copy", "ups.alarm", "\"load.off: UNKNOWN\"");

        Both.end(nut.daemon("dummy-ups-real"));
        for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.model", "ERR DATA-STALE");
        start(Maker.DEBIAN, "dummy-ups", "-a", "real");
        for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.id", "\"first\"");
        for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.model", "\"Real\"");
    }

    @Test
    void dumpWhatIsBelow() throws Exception {
        start(Maker.DEBIAN, "dummy-ups", "-a", "real");
        for (var each : ALONE) {
            var dump = nut.run(Maker.COBNUT, each.split(" ")[0], "-a", each.split(" ")[1], "-d", "1");
            assertThat(dump.status()).as(dump.toString()).isZero();
            assertThat(dump.out().lines()).contains("ups.model: Real", "ups.status: OL");
        }
    }

    /** The one below runs in the process that keeps them. */
    @Test
    void seeAsChildrenWhatTheirRuntimeServes() throws Exception {
        var lines = Files.readString(nut.conf().resolve("ups.conf"));
        nut.file("ups.conf", lines.replaceAll("(driver = (clone|failover).*)", "$1\nisolation = process"));
        var run = nut.builder(Maker.COBNUT, "cobnut", "run")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.model", "\"Real\"");
            assertThat(run.children()).hasSize(3);
            assertThat(ask("SET VAR real ups.model Other")).isEqualTo("OK");
            for (var ups : List.of("copy", "outlet", "both")) await(ups, "ups.model", "\"Other\"");
        } finally {
            var children = run.descendants().toList();
            Both.end(run.toHandle());
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void start(Maker maker, String program, String... words) throws Exception {
        var all = new java.util.ArrayList<>(List.of(words));
        if (maker == Maker.DEBIAN) all.addAll(List.of("-u", USER));
        var result = nut.run(maker, program, all.toArray(String[]::new));
        assertThat(result.status()).as("%s's %s: %s", maker, program, result).isZero();
    }

    private String ask(String request) {
        try (var client = new Line(port)) {
            client.ask("USERNAME boss");
            client.ask("PASSWORD hush");
            return String.valueOf(client.ask(request));
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    /** Waits until the answer ends so. */
    private void await(String ups, String variable, String wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String answer = "";
        while (!answer.endsWith(wanted)) {
            assertThat(System.nanoTime())
                    .as("%s %s: %s, not %s", ups, variable, answer, wanted)
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            answer = ask("GET VAR " + ups + " " + variable);
        }
    }
}
