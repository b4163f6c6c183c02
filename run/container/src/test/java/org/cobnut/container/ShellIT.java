package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.cobnut.testkit.Started;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A running Cobnut by hand: bin/nutctl, and every command behind it. */
@Timeout(180)
class ShellIT {
    private static final String SIM = "cobnut.drivers.sim";

    private static final String FIGURES = """
            ups.status: OL CHRG
            battery.charge: 97.5
            battery.runtime: 1205
            ups.load: 30
            input.voltage: 230.1
            """;

    @TempDir
    private static Path directory;

    private static Distribution cobnut;
    private static Started run;
    private static int port;

    /** What a program said, and how it ended. */
    private record Said(int exit, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        port = Distribution.freePort();
        cobnut = Distribution.planted(directory, Map.of("JAVA_HOME", System.getProperty("java.home")))
                .file("upsd.conf", "# who may come\nLISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "[boss]\n\tpassword = hush-hush\n\tactions = SET\n\tupsmon primary\n")
                .file("demo.dev", "ups.status: OL\nups.mfr: Demo\nups.id: none\n")
                .file("figures.dev", FIGURES)
                .file("changing.dev", FIGURES)
                .file("ups.conf", """
                        [demo]
                            driver = dummy-ups
                            port = demo.dev
                        [figures]
                            driver = dummy-ups
                            port = figures.dev
                        [changing]
                            driver = dummy-ups
                            port = changing.dev
                        [lost]
                            driver = dummy-ups
                            port = demo@127.0.0.1:%d
                        [waiting]
                            driver = acme
                            port = auto
                        """.formatted(Distribution.freePort()));
        run = cobnut.start("cobnut", "run");
        run.awaitLine(line -> line.contains("listening on"));
        await("demo", true);
    }

    @AfterAll
    static void stop() throws IOException {
        run.close();
        cobnut.uproot();
    }

    @Test
    void itsSocketIsItsOwnersOnlyAndNoPortIsOpenBesideThatOfUpsd() throws Exception {
        var socket = cobnut.state().resolve("nutctl.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(Files.getOwner(socket)).isEqualTo(Files.getOwner(directory));
        assertThat(Sockets.of(run.process().pid()))
                .extracting(Sockets.Listener::port)
                .containsExactly(port);
    }

    @Test
    void listTellsOfEachDeviceHowItIsAndWhatIsMissing() throws Exception {
        assertThat(nutctl("list").lines())
                .anyMatch(line -> line.matches("demo +dummy-ups +OL +fresh"))
                .anyMatch(line -> line.matches("lost +dummy-ups .*reconnecting since .*; next try .*"))
                .anyMatch(line -> line.matches("waiting +acme .*waits for the driver acme"))
                .last()
                .asString()
                .startsWith("Warning: upsmon watches nothing here: there is no upsmon.conf");
    }

    @Test
    void statusTellsInWordsAndFiguresHowDevicesAre() throws Exception {
        assertThat(nutctl("status").lines())
                .anyMatch(line -> line.matches("UPS +CHARGE +RUNTIME +LOAD +INPUT +OUTPUT +STATUS"))
                .anyMatch(line -> line.matches("figures +97\\.5 % +20 min 05 s +30 % +230\\.1 V +- +on line, charging"))
                .anyMatch(line -> line.matches("waiting +- +- +- +- +- +waits for the driver acme"));
        assertThat(nutctl("status", "FIGURES").lines()).hasSize(2);
        assertThat(nutctl("status", "nobody")).isEqualTo(refused("no device nobody is running; see: nutctl list"));
    }

    @Test
    void healthEndsWithOneAndTellsWhichDeviceIsNotWell() throws Exception {
        Said health = nutctl("health");
        assertThat(health.exit()).isEqualTo(1);
        assertThat(health.lines())
                .anyMatch(line -> line.matches("device demo +OK +-"))
                .anyMatch(line -> line.matches("device lost +CRITICAL +reconnecting since .*"))
                .anyMatch(line -> line.matches("start +CRITICAL +no driver or no reading yet: .*waiting.*"))
                .anyMatch(line -> line.matches("shutdown +WARN +upsmon watches nothing here.*"));
        Said json = nutctl("health", "--json");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.text())
                .contains("{\"check\": \"device demo\", \"result\": \"OK\", \"reason\": null, \"tag\": \"driver\"}");
    }

    @Test
    void jsonIsAnArrayOfWhatIsListedAndWarningsStandAside() throws Exception {
        assertThat(nutctl("list", "--json").text())
                .startsWith("[\n")
                .contains(
                        "\n  {\"ups\": \"figures\", \"driver\": \"dummy-ups\", \"status\": \"OL CHRG\", \"health\": \"fresh\", ")
                .contains("\n]\nWarning: upsmon watches nothing here");
        assertThat(nutctl("status", "figures", "--json").lines().get(1))
                .contains("\"charge\": 97.5, \"runtime\": 1205, \"load\": 30, \"input\": 230.1, \"output\": null");
        assertThat(nutctl("vars", "figures", "--json").text())
                .contains("{\"variable\": \"ups.load\", \"value\": \"30\", \"writable\": true}");
        assertThat(nutctl("vars", "figures", "ups.load", "--json").text()).isEqualTo("\"30\"");
        assertThat(nutctl("scan", "nutsim", "--json").text())
                .startsWith("[")
                .contains("\"port\": \"figures.dev\", \"driver\": \"dummy-ups\"");
        for (String list : List.of("drivers", "mapping list", "config", "clients", "cmd figures", "events"))
            assertThat(nutctl((list + " --json").split(" ")).text())
                    .as(list)
                    .startsWith("[")
                    .endsWith("]");
    }

    @Test
    void watchShowsWhatChanges() throws Exception {
        try (var watch = cobnut.start("nutctl", "watch", "changing")) {
            watch.awaitLine(line -> line.endsWith(" on line, charging"));
            Files.writeString(cobnut.conf().resolve("changing.dev"), FIGURES.replace("OL CHRG", "OB DISCHRG"));
            watch.awaitLine(line -> line.endsWith(" on battery, discharging"));
            assertThat(watch.said()).filteredOn(line -> line.startsWith("UPS ")).hasSize(2);
        }
        assertThat(nutctl("watch", "nobody")).isEqualTo(refused("no device nobody is running; see: nutctl list"));
    }

    @Test
    void supportWritesWhatIsAskedForWithoutAPassword() throws Exception {
        Path file = directory.resolve("support.zip");
        assertThat(nutctl("support", file.toString()).text()).startsWith("wrote " + file);
        try (var zip = new ZipFile(file.toFile())) {
            var all = new StringBuilder();
            for (var entry : Collections.list(zip.entries()))
                all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            assertThat(all.toString())
                    .contains("password = ********", "driver.name: dummy-ups", "waits for the driver acme")
                    .doesNotContain("hush");
        }
        assertThat(nutctl("support", file.toString()).exit()).as("it is there").isEqualTo(1);
        assertThat(nutctl("support", "a", "b").text()).contains("unexpected word \"b\"; usage: nutctl support");
    }

    @Test
    void setIsSeenByWhoeverAsks() throws Exception {
        assertThat(nutctl("vars", "demo").lines()).contains("ups.status: OL  (can be set)");
        assertThat(nutctl("set", "demo", "ups.id", "a \"b\" $c").text()).isEqualTo("done");
        try (var client = new Line(port)) {
            awaitAnswer(client, "GET VAR demo ups.id", "VAR demo ups.id \"a \\\"b\\\" $c\"");
        }
        assertThat(nutctl("vars", "demo", "ups.id").text()).isEqualTo("a \"b\" $c");
        assertThat(nutctl("set", "demo", "no.such", "x"))
                .isEqualTo(
                        refused("set demo no.such: UNKNOWN: the device has nothing of that name that can be set or run;"
                                + " see: nutctl vars demo"));
    }

    @Test
    void cmdListsAndRunsCommands() throws Exception {
        assertThat(nutctl("cmd", "demo").lines()).contains("driver.reload", "load.off", "shutdown.default");
        assertThat(nutctl("cmd", "demo", "driver.reload").text()).isEqualTo("done");
        assertThat(nutctl("cmd", "demo", "no.such", "1"))
                .isEqualTo(
                        refused("cmd demo no.such: UNKNOWN: the device has nothing of that name that can be set or run;"
                                + " see: nutctl cmd demo"));
    }

    @Test
    void clientsTellsWhoIsLoggedIn() throws Exception {
        try (var client = login()) {
            assertThat(nutctl("clients").lines()).anyMatch(line -> line.matches("demo +boss +127\\.0\\.0\\.1"));
            assertThat(client.ask("LOGOUT")).isEqualTo("OK Goodbye");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "paint it, there is no command paint; see: nutctl help",
        "events x, 'nutctl events: unexpected word \"x\", for a number above 0 is wanted; usage: nutctl events [NUMBER]'",
        "help paint, there is no command paint; see: nutctl help",
        "resume, 'upsmon watches nothing here: there is no upsmon.conf, or it cannot be used; see: nutctl config check'",
        "drivers install /nosuch.jar, '/nosuch.jar cannot be installed: no such file or directory; give the jar of a driver bundle'",
        "vars nobody, no device nobody is running; see: nutctl list",
        "vars demo no.such, demo has no variable no.such",
        "config cobnut.nothing, no configuration cobnut.nothing; see: nutctl config",
        "drivers stop cobnut.nothing, no driver bundle cobnut.nothing; see: nutctl drivers",
        "loglevel LOUD, 'a log level is one of ERROR, WARN, INFO and DEBUG, not LOUD'"
    })
    void whatCannotBeDoneIsOneLineAndExitOne(String words, String line) throws Exception {
        assertThat(nutctl(words.split(" "))).isEqualTo(refused(line));
    }

    private static Said refused(String line) {
        return new Said(1, List.of(line));
    }

    @Test
    void theDriverOfAModelIsTold() throws Exception {
        assertThat(nutctl("drivers", "--supported", "Back-UPS ES 700").lines())
                .anyMatch(line -> line.matches("APC +Back-UPS ES 700 +cobnut\\.drivers\\.usbhid +usbhid-ups"));
        assertThat(nutctl("drivers").lines())
                .anyMatch(line -> line.matches("cobnut\\.drivers\\.ragtech .*active +ragtech \\(experimental\\)"));
    }

    @Test
    void aDriverIsStoppedStartedUninstalledInstalledAndUpdated() throws Exception {
        assertThat(nutctl("drivers").lines()).anyMatch(line -> line.matches(SIM + " .*active +dummy-ups"));
        assertThat(nutctl("drivers", "stop", SIM).text()).isEqualTo("stopped");
        assertThat(nutctl("list").lines())
                .anyMatch(line -> line.matches("demo +dummy-ups +- +waits for the driver dummy-ups"));
        assertThat(nutctl("drivers", "start", SIM).text()).isEqualTo("active");
        await("demo", true);
        assertThat(nutctl("drivers", "uninstall", SIM).text()).startsWith("removed ");
        await("demo", false);
        var jar = Distribution.home().resolve("drivers").resolve(SIM + ".jar").toString();
        for (var action : List.of("install", "update")) {
            assertThat(nutctl("drivers", action, jar).text())
                    .isEqualTo("installed as " + cobnut.drivers().resolve(SIM + ".jar"));
            await("demo", true);
        }
        assertThat(nutctl("drivers", "install", "/etc/passwd").exit()).isEqualTo(1);
    }

    @Test
    void configShowsAndSetsWhatTheFilesSayAndNoPassword() throws Exception {
        assertThat(nutctl("config").lines()).anyMatch(line -> line.matches("cobnut\\.ups~demo +ups\\.conf:1"));
        assertThat(nutctl("config", "cobnut.user~boss").lines())
                .contains("name = boss", "password = ********")
                .noneMatch(line -> line.contains("hush"));
        assertThat(nutctl("config", "cobnut.upsd", "maxage", "20").text()).isEqualTo("maxage = 20");
        assertThat(Files.readString(cobnut.conf().resolve("upsd.conf")))
                .isEqualTo("# who may come\nLISTEN 127.0.0.1 " + port + "\nMAXAGE 20\n");
        assertThat(nutctl("config", "diff").text()).isEqualTo("no difference");
        assertThat(nutctl("config", "check").text()).endsWith(": no errors");
        var refused = nutctl("config", "cobnut.upsd", "maxage", "0");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text()).contains("MAXAGE wants a whole number above 0, not '0'");
    }

    @Test
    void reloadTakesAnEditOverAtOnce() throws Exception {
        var users = cobnut.conf().resolve("upsd.users");
        Files.writeString(users, Files.readString(users) + "[late]\n\tpassword = hush-late\n\tupsmon secondary\n");
        assertThat(nutctl("reload").text()).startsWith("done");
        try (var client = new Line(port)) {
            for (var request : List.of("USERNAME late", "PASSWORD hush-late", "LOGIN demo"))
                assertThat(client.ask(request)).as(request).isEqualTo("OK");
        }
    }

    @Test
    void loglevelChangesWhatIsLogged() throws Exception {
        login().close();
        run.awaitLine(line -> line.contains("logged into UPS [demo]"));
        assertThat(run.said()).noneMatch(line -> line.contains("still no answer"));
        assertThat(nutctl("loglevel", "debug").text()).isEqualTo("logging DEBUG");
        run.awaitLine(line -> line.contains("UPS [lost]: still no answer"));
        assertThat(nutctl("loglevel", "ERROR").text()).isEqualTo("logging ERROR");
        int before = logins();
        login().close();
        assertThat(nutctl("loglevel", "INFO").text()).isEqualTo("logging INFO");
        var last = login();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (logins() == before) assertThat(System.nanoTime()).isLessThan(deadline);
        last.close();
        assertThat(logins()).as("the one in silence was not told").isEqualTo(before + 1);
    }

    @Test
    void helpTellsOfEveryCommand() throws Exception {
        String all = nutctl("help").text();
        for (String command :
                List.of("list", "vars", "set", "cmd", "clients", "drivers", "config", "reload", "loglevel"))
            assertThat(all).containsPattern("(?m)^  " + command + "\\b");
        assertThat(nutctl("help", "set").text()).startsWith("usage: nutctl set UPS VARIABLE VALUE");
        assertThat(nutctl("help", "nut:check").text()).as("told by who runs").contains("check");
        assertThat(nutctl("-h").text()).contains("usage: nutctl COMMAND");
    }

    @Test
    void shellTakesLinesUntilTheInputEnds() throws Exception {
        try (var shell = cobnut.start("nutctl", "shell")) {
            try (var input = shell.process().getOutputStream()) {
                input.write("vars demo ups.mfr\nvars nobody\n\nlist\n".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(String.join("\n", shell.awaitEnd()))
                    .contains("nut> Demo\n", "nut> no device nobody is running", "nut> UPS ");
            assertThat(shell.process().exitValue()).isZero();
        }
    }

    @Test
    void whereNoneRunsItSaysSo() throws Exception {
        var elsewhere = new Distribution(Files.createDirectories(directory.resolve("elsewhere")), Map.of());
        try (var nutctl = elsewhere.start("nutctl", "list")) {
            assertThat(nutctl.awaitEnd())
                    .singleElement()
                    .asString()
                    .contains("no Cobnut runs here", elsewhere.state().toString());
            assertThat(nutctl.process().exitValue()).isEqualTo(1);
        }
    }

    private static Said nutctl(String... words) throws Exception {
        try (var nutctl = cobnut.start("nutctl", words)) {
            var lines = nutctl.awaitEnd();
            return new Said(nutctl.process().exitValue(), lines);
        }
    }

    private static Line login() throws IOException {
        var client = new Line(port);
        for (var request : List.of("USERNAME boss", "PASSWORD hush-hush", "LOGIN demo"))
            assertThat(client.ask(request)).as(request).isEqualTo("OK");
        return client;
    }

    private static int logins() {
        return (int) run.said().stream()
                .filter(line -> line.contains("logged into UPS"))
                .count();
    }

    /** Waits until the device can be read, or cannot. */
    private static void await(String ups, boolean readable) throws Exception {
        try (var client = new Line(port)) {
            var answer = "ERR DRIVER-NOT-CONNECTED";
            awaitAnswer(client, "GET VAR " + ups + " ups.status", readable ? "VAR demo ups.status \"OL\"" : answer);
        }
    }

    private static void awaitAnswer(Line client, String request, String wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (var answer = client.ask(request); !wanted.equals(answer); answer = client.ask(request))
            assertThat(System.nanoTime()).as("%s: %s", request, answer).isLessThan(deadline);
    }
}
