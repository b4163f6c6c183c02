package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.DebianNut;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.cobnut.testkit.Started;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NUT's driver sockets between Debian's programs and the distribution, in one state path, in both directions. */
class DriverSocketsIT {
    private static final Path UPS = Path.of("../../drivers-bundles/megatec/src/test/resources");
    private static final String USERS = "[admin]\n password = sesame\n actions = SET\n instcmds = ALL\n";
    private static final String DEMO = "ups.status: OL\nups.id: first\nups.test: say \\\"hi\\\" \\#1\n";
    private static final int SECONDS = 60;

    @TempDir
    private Path directory;

    private DebianNut debian;
    private Distribution cobnut;
    private int port;

    @BeforeEach
    void prepare() throws Exception {
        port = Distribution.freePort();
        debian = new DebianNut(Files.createDirectory(directory.resolve("d"))).users(USERS);
        Path own = Files.createDirectory(directory.resolve("c"));
        cobnut = new Distribution(own, environment())
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 4\n")
                .file("upsd.users", USERS)
                .file("demo.dev", DEMO);
    }

    @AfterEach
    void stop() throws IOException {
        debian.close();
        Files.deleteIfExists(directory.resolve("c-driver"));
    }

    @Test
    void debiansServerServesOurDevices() throws Exception {
        Path tty = directory.resolve("tty");
        Process line = new ProcessBuilder(
                        "python3",
                        UPS.resolve("ups.py").toString(),
                        tty.toString(),
                        UPS.resolve("dialects/megatec.txt").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        debian.section("demo", "driver = dummy-ups\nport = demo.dev")
                .section("line", "driver = nutdrv_qx\nport = " + tty)
                .start();
        cobnut.file("ups.conf", """
                [demo]
                    driver = dummy-ups
                    port = demo.dev
                [line]
                    driver = nutdrv_qx
                    port = %s
                    protocol = megatec
                """.formatted(tty));
        try (Started run = cobnut.start("cobnut", "run");
                Line theirs = server(debian.port());
                Line ours = server(port)) {
            await(theirs, "GET VAR demo ups.test", "VAR demo ups.test \"say \\\"hi\\\" \\#1\"");
            await(theirs, "GET VAR line ups.status", "VAR line ups.status \"OL\"");
            for (String ups : new String[] {"demo", "line"}) {
                for (String what : new String[] {"VAR ", "RW ", "CMD "}) same(theirs, ours, "LIST " + what + ups);
                assertThat(theirs.ask("GET TYPE " + ups + " driver.debug"))
                        .isEqualTo(ours.ask("GET TYPE " + ups + " driver.debug"));
            }
            assertThat(set("ups.id=the \"other\" #2", "-w")).contains("SUCCESS");
            await(theirs, "GET VAR demo ups.id", "VAR demo ups.id \"the \\\"other\\\" \\#2\"");
            assertThat(set("ups.id=third")).startsWith("OK");
            await(theirs, "GET VAR demo ups.id", "VAR demo ups.id \"third\"");
            await(ours, "GET VAR demo ups.id", "VAR demo ups.id \"third\"");
            assertThat(debian.client(
                            "upscmd", "-w", "-u", "admin", "-p", "sesame", debian.ups("line"), "beeper.toggle"))
                    .contains("SUCCESS");
            assertThat(debian.client("upsc", debian.ups("demo"))).contains("ups.id: third\n");

            run.process().destroy();
            await(theirs, "GET VAR demo ups.status", "ERR DRIVER-NOT-CONNECTED");
            run.awaitEnd();
            assertThat(debian.stateDir().resolve("dummy-ups-demo")).doesNotExist();
        } finally {
            line.destroyForcibly();
            Files.deleteIfExists(tty);
        }
    }

    /** Stopped, continued, killed, started again: ours says of it what Debian's server says. */
    @Test
    void aDriverOfDebianIsADeviceOfOurs() throws Exception {
        Files.createSymbolicLink(directory.resolve("c-driver"), Path.of("/lib/nut/dummy-ups")); // no bundle offers that
        debian.section("demo", "driver = c-driver\nport = demo.dev")
                .upsd("MAXAGE 4")
                .start();
        Files.writeString(debian.confDir().resolve("demo.dev"), DEMO);
        cobnut.file("ups.conf", "[demo]\n driver = c-driver\n port = demo.dev\n");
        try (Started run = cobnut.start("cobnut", "run");
                Line theirs = server(debian.port());
                Line ours = server(port)) {
            await(ours, "GET VAR demo ups.status", "ERR DRIVER-NOT-CONNECTED");
            try (Started driver = driver()) {
                both(theirs, ours, "VAR demo ups.status \"OL\"");
                for (String what : new String[] {"VAR", "RW", "CMD"}) same(theirs, ours, "LIST " + what + " demo");
                assertThat(order(ours, "SET VAR demo ups.id \"the \\\"other\\\" \\#2\""))
                        .isEqualTo("SUCCESS");
                await(ours, "GET VAR demo ups.id", "VAR demo ups.id \"the \\\"other\\\" \\#2\"");
                assertThat(order(ours, "INSTCMD demo load.off")).isEqualTo("ERR UNKNOWN");

                signal(driver, "STOP");
                both(theirs, ours, "ERR DATA-STALE");
                signal(driver, "CONT");
                both(theirs, ours, "VAR demo ups.status \"OL\"");
                signal(driver, "KILL");
                both(theirs, ours, "ERR DRIVER-NOT-CONNECTED");
            }
            try (Started driver = driver()) {
                both(theirs, ours, "VAR demo ups.status \"OL\"");
                assertThat(driver.process().isAlive()).isTrue();
            }
            assertThat(run.process().isAlive()).isTrue();
        }
    }

    @Test
    void ourDriverWinsForAsLongAsItsBundleIsThere() throws Exception {
        debian.start();
        var planted = Distribution.planted(Files.createDirectory(directory.resolve("p")), environment())
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "")
                .file("demo.dev", "ups.id: ours\n")
                .file("ups.conf", "[demo]\n driver = dummy-ups\n port = demo.dev\n");
        Files.writeString(debian.confDir().resolve("demo.dev"), "ups.id: theirs\n");
        Files.writeString(debian.confDir().resolve("ups.conf"), "[demo]\n driver = dummy-ups\n port = demo.dev\n");
        Path jar = planted.drivers().resolve("cobnut.drivers.sim.jar");
        Path aside = directory.resolve("aside.jar");
        Files.move(jar, aside);
        try (Started driver = driver(Path.of("/lib/nut/dummy-ups"));
                Started run = planted.start("cobnut", "run");
                Line ours = server(port)) {
            await(ours, "GET VAR demo ups.id", "VAR demo ups.id \"theirs\"");
            Files.move(aside, jar);
            await(ours, "GET VAR demo ups.id", "VAR demo ups.id \"ours\"");
            run.awaitLine(line -> line.contains("another program serves"));
            Files.delete(jar);
            await(ours, "GET VAR demo ups.id", "VAR demo ups.id \"theirs\"");
            assertThat(driver.process().isAlive()).isTrue();
        } finally {
            planted.uproot();
        }
    }

    private Map<String, String> environment() {
        return Map.of("NUT_STATEPATH", debian.stateDir().toString(), "NUT_ALTPIDPATH", directory.toString());
    }

    private Started driver() throws IOException {
        return driver(directory.resolve("c-driver"));
    }

    private Started driver(Path program) throws IOException {
        var builder = new ProcessBuilder(program.toString(), "-a", "demo", "-F", "-u", System.getProperty("user.name"))
                .redirectErrorStream(true);
        builder.environment().put("NUT_CONFPATH", debian.confDir().toString());
        for (String name : new String[] {"NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"})
            builder.environment().put(name, debian.stateDir().toString());
        return new Started(builder.start());
    }

    private static void signal(Started driver, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(driver.process().pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void both(Line theirs, Line ours, String answer) throws Exception {
        long began = System.nanoTime();
        await(theirs, "GET VAR demo ups.status", answer);
        long debians = System.nanoTime() - began;
        await(ours, "GET VAR demo ups.status", answer);
        System.out.printf(
                "%s: Debian's upsd after %d ms, ours at most %d ms later%n",
                answer, debians / 1_000_000, (System.nanoTime() - began - debians) / 1_000_000);
    }

    private String set(String assignment, String... options) throws IOException {
        var words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-u", "admin", "-p", "sesame", "-s", assignment, debian.ups("demo")));
        return debian.client("upsrw", words.toArray(new String[0]));
    }

    /** An order on our server, followed to its end. */
    private static String order(Line ours, String request) throws Exception {
        ours.ask("USERNAME admin");
        ours.ask("PASSWORD sesame");
        assertThat(ours.ask("SET TRACKING ON")).isEqualTo("OK");
        String id = String.valueOf(ours.ask(request)).replace("OK TRACKING ", "");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        String state = ours.ask("GET TRACKING " + id);
        for (; "PENDING".equals(state); state = ours.ask("GET TRACKING " + id)) pause(end, state);
        return state;
    }

    private static void same(Line theirs, Line ours, String request) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!theirs.list(request).equals(ours.list(request)))
            pause(end, request + ":\n" + theirs.list(request) + "\n" + ours.list(request));
    }

    private static Line server(int port) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            try {
                return new Line(port);
            } catch (ConnectException notYet) {
                pause(end, "no server on port " + port);
            }
        }
    }

    private static void await(Line server, String request, String answer) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (String now = server.ask(request); !answer.equals(now); now = server.ask(request)) pause(end, now);
    }

    private static void pause(long end, String what) {
        assertThat(System.nanoTime()).as("still %s", what).isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
}
