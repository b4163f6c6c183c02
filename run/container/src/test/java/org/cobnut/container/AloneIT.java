package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cobnut.container.Both.Maker;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NUT's daemons alone, as scripts and service managers meet them; beside Debian's where a script can compare. */
class AloneIT {
    private static final String USER = System.getProperty("user.name");

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
                .file("upsd.users", "")
                .file("demo.dev", "ups.status: OL\nups.load: 7\n")
                .file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\ndesc = \"before\"\n");
    }

    @AfterEach
    void end() throws Exception {
        nut.close();
    }

    /** Both end with the same code, and say on standard error what stands in the last column. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            upsd      | -h              | 0 |
            upsd      | -V              | 0 |
            upsd      | -Z              | 0 | invalid option -- 'Z'
            upsd      | -c nosuch       | 0 |
            upsd      | -c reload       | 1 | No such file or directory
            upsd      | -c st           | 1 | No such file or directory
            upsd      | -c stop -P x    | 1 | invalid pid number
            upsd      | -i 1            | 1 | LISTEN <address> [<port>]
            upsd      | -u nosuch -F    | 1 | user nosuch not found
            upsd      | --help          | 0 |
            dummy-ups | -h              | 0 |
            dummy-ups | --help          | 1 | invalid option -- '-'
            dummy-ups | -V              | 0 |
            dummy-ups | -L              | 0 |
            dummy-ups | -F              | 1 | Error: specifying '-a id' or '-s id' is now mandatory. Try -h for help.
            dummy-ups | -Z              | 1 | invalid option -- 'Z'
            dummy-ups | -a demo word    | 1 | Error: too many non-option arguments. Try -h for help.
            dummy-ups | -a demo -i 0    | 1 | Error: command-line: invalid pollinterval: 0
            dummy-ups | -a nosuch -F    | 1 | Section nosuch not found in ups.conf
            """)
    void answersAsDebians(String program, String words, int status, String said) throws Exception {
        for (var maker : Maker.values()) {
            var result = nut.run(maker, program, words.split(" "));
            assertThat(result.status()).as("%s: %s", maker, result).isEqualTo(status);
            if (said != null) assertThat(result.err()).as(maker.toString()).contains(said);
            assertThat(result.out()).as(maker.toString()).startsWith("Network UPS Tools");
        }
    }

    @Test
    void upsdGoesToTheBackgroundAndHearsItsOptions() throws Exception {
        assertThat(nut.run(Maker.COBNUT, "upsd").status()).isZero();
        var upsd = nut.daemon("upsd");
        assertThat(listed()).as("it serves already").contains("\"before\"");
        assertThat(Files.readString(Path.of("/proc", Long.toString(upsd.pid()), "stat"))
                        .replaceAll("^.*\\) ", ""))
                .as("a session of its own")
                .matches("\\S \\S+ \\S+ \\S+ 0 [\\s\\S]*");

        var second = nut.run(Maker.COBNUT, "upsd");
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.err()).contains("A previous upsd instance is already running!");

        nut.file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\ndesc = \"after\"\n");
        assertThat(nut.run(Maker.DEBIAN, "upsd", "-c", "reload").status()).isZero();
        awaitListed("\"after\"");

        assertThat(nut.run(Maker.COBNUT, "upsd", "-c", "s").status()).isZero();
        assertThat(upsd.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        assertThat(nut.state())
                .as("nothing is left but what is there to be read")
                .isDirectoryNotContaining(file -> !List.of("audit.log", "upsd.reload")
                        .contains(file.getFileName().toString()));
    }

    @Test
    void aReloadReachesCobnutRunToo() throws Exception {
        var run = nut.builder(Maker.COBNUT, "cobnut", "run")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            awaitListed("\"before\"");
            nut.file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\ndesc = \"after\"\n");
            assertThat(nut.run(Maker.COBNUT, "upsd", "-c", "reload").status()).isZero();
            awaitListed("\"after\"");
        } finally {
            Both.end(run.toHandle());
        }
    }

    @Test
    void aFailedStartIsToldToWhoeverWaits() throws Exception {
        nut.file("ups.conf", "");
        for (var maker : Maker.values()) {
            var words = maker == Maker.DEBIAN ? new String[] {"-u", USER} : new String[0];
            var result = nut.run(maker, "upsd", words);
            assertThat(result.status()).as("%s: %s", maker, result).isEqualTo(1);
            assertThat(result.err()).contains("Fatal error: at least one UPS must be defined in ups.conf");
        }
        assertThat(nut.state()).isEmptyDirectory();
    }

    @Test
    void aDriverDumpsWhatDebiansDoes() throws Exception {
        var ours = nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo", "-d", "1", "-x", "mode=dummy-once");
        var debians = nut.run(Maker.DEBIAN, "dummy-ups", "-a", "demo", "-d", "1", "-x", "mode=dummy-once", "-u", USER);
        assertThat(ours.status()).as(ours.toString()).isZero();
        assertThat(ours.out().lines().filter(AloneIT::devices))
                .containsExactlyElementsOf(
                        debians.out().lines().filter(AloneIT::devices).toList());
        assertThat(ours.out()).contains("driver.parameter.mode: dummy-once", "driver.name: dummy-ups");
    }

    @Test
    void aDumpLeavesTheSocketToTheDriverThatServes() throws Exception {
        assertThat(nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo").status()).isZero();
        var serving = nut.daemon("dummy-ups-demo");
        var socket = nut.state().resolve("dummy-ups-demo");
        var before = Files.getAttribute(socket, "unix:ino");
        assertThat(nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo", "-d", "1").out())
                .contains("ups.load: 7");
        assertThat(serving.isAlive()).isTrue();
        assertThat(Files.getAttribute(socket, "unix:ino")).isEqualTo(before);
        assertThat(nut.run(Maker.COBNUT, "upsdrvctl", "status").out())
                .contains("RUNNING\t" + serving.pid() + "\tRESPONSIVE\t");
    }

    @Test
    void theSecondOfADriverTakesThePlaceOfTheFirst() throws Exception {
        assertThat(nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo").status()).isZero();
        var first = nut.daemon("dummy-ups-demo");
        assertThat(nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo").status()).isZero();
        assertThat(first.isAlive()).as("asked to leave by the second").isFalse();
        assertThat(nut.daemon("dummy-ups-demo").pid()).isNotEqualTo(first.pid());
    }

    @Test
    void aDriverThatCannotListenSaysSoToWhoeverWaits() throws Exception {
        Files.writeString(nut.state().resolve("dummy-ups-demo"), "precious");
        var result = nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo");
        assertThat(result.status()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).contains("Fatal error: UPS [demo]: cannot listen on " + nut.state());
        assertThat(nut.state()).isDirectoryNotContaining("glob:**.pid");
        assertThat(nut.state().resolve("dummy-ups-demo")).hasContent("precious");
    }

    /** Where nothing but a new start can follow an edit, the three words for a reload differ. */
    @Test
    void aDriverReloadsOrSaysThatItCannotOrEnds() throws Exception {
        assertThat(tell("reload-or-error")).as("nobody is there").isEqualTo(1);
        assertThat(nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo").status()).isZero();
        var driver = nut.daemon("dummy-ups-demo");
        var sections = "[demo]\ndriver = dummy-ups\nport = demo.dev\n";
        nut.file("ups.conf", "pollinterval = 7\n" + sections);
        for (var word : new String[] {"reload", "reload-or-error", "reload-or-exit"})
            assertThat(tell(word)).as(word).isZero();
        assertThat(nut.run(Maker.COBNUT, "upsdrvctl", "-c", "dump", "demo").out())
                .contains("driver.parameter.pollinterval: 7");
        nut.file("ups.conf", "pollinterval = nonsense\n" + sections);
        assertThat(tell("reload-or-error")).as("refused").isEqualTo(1);
        nut.file("ups.conf", "statepath = " + nut.state() + "\n" + sections);
        assertThat(tell("reload-or-error")).as("counts from the next start").isEqualTo(1);
        assertThat(tell("reload")).isZero();
        assertThat(driver.isAlive()).isTrue();
        assertThat(tell("reload-or-exit")).isZero();
        assertThat(driver.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    private int tell(String word) throws Exception {
        return nut.run(Maker.COBNUT, "dummy-ups", "-a", "demo", "-c", word).status();
    }

    /** A class that is missing stands for whatever nobody has thought of. */
    @Test
    void anErrorOfOursEndsTheProgram() throws Exception {
        var lib = Distribution.home().resolve("lib");
        var broken = Files.copy(lib.resolve("cobnut.launcher.jar"), directory.resolve("launcher.jar"));
        try (var jar = FileSystems.newFileSystem(broken);
                var files = Files.walk(jar.getPath("org/cobnut/launcher"))) {
            Files.delete(files.filter(file -> file.endsWith("StartLevels.class"))
                    .findFirst()
                    .orElseThrow());
        }
        var builder = nut.builder(Maker.COBNUT, "dummy-ups")
                .command(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Dcobnut.home=" + Distribution.home(),
                        "-Dcobnut.program=dummy-ups",
                        "-cp",
                        broken + ":" + lib.resolve("felix.jar"),
                        "org.cobnut.launcher.Main",
                        "-a",
                        "demo");
        var process = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(directory.resolve("log")).content().contains("NoClassDefFoundError");
    }

    @Test
    void aDriverNeedsNoFile() throws Exception {
        Files.delete(nut.conf().resolve("ups.conf"));
        var ours = nut.run(Maker.COBNUT, "dummy-ups", "-s", "x", "-x", "port=demo.dev", "-d", "1");
        assertThat(ours.status()).as(ours.toString()).isZero();
        assertThat(ours.out()).contains("ups.load: 7");
    }

    @Test
    void aDriverWithoutItsDeviceFailsAtTheStart() throws Exception {
        Files.delete(nut.conf().resolve("demo.dev"));
        for (var maker : Maker.values()) {
            var words = maker == Maker.DEBIAN ? new String[] {"-a", "demo", "-u", USER} : new String[] {"-a", "demo"};
            assertThat(nut.run(maker, "dummy-ups", words).status())
                    .as(maker.toString())
                    .isEqualTo(1);
        }
    }

    /** Lines of the device's own; those of the driver differ, and so do commands. */
    private static boolean devices(String line) {
        return line.contains(": ") && !line.startsWith("driver.");
    }

    private String listed() {
        try (var client = new Line(port)) {
            return client.list("LIST UPS").toString();
        } catch (IOException notYet) {
            return "";
        }
    }

    private void awaitListed(String wanted) {
        await(wanted + " in LIST UPS", () -> listed().contains(wanted));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
