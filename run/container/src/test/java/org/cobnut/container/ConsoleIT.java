package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** cobnut run --console as it meets whoever knocks, over plain HTTP. */
class ConsoleIT {
    @TempDir
    private static Path directory;

    private static Console console;

    @BeforeAll
    static void start() throws Exception {
        console = Console.start(directory);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void theSecretIsItsOwnersOnlyAndNeverToldInTheLogOrTheProcessList() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(console.secretFile())))
                .isEqualTo("rw-------");
        assertThat(console.secret()).hasSizeGreaterThan(20);
        assertThat(Files.readString(console.secretFile())).startsWith("{PBKDF2-SHA256}");
        assertThat(console.get("ups").statusCode()).isEqualTo(200);
        assertThat(console.cobnut().state().resolve("console.secret.first")).doesNotExist();
        assertThat(console.run().said()).noneMatch(line -> line.contains(console.secret()));
        for (var part : new String[] {"cmdline", "environ"}) {
            assertThat(Files.readString(
                            Path.of(
                                    "/proc",
                                    Long.toString(console.run().process().pid()),
                                    part),
                            StandardCharsets.ISO_8859_1))
                    .doesNotContain(console.secret());
        }
    }

    @ParameterizedTest
    @CsvSource({"admin,admin", "admin,''", "root,SECRET", "admin,SECRETx"})
    void whoeverKnowsNotTheSecretIsNotLetIn(String user, String password) throws Exception {
        assertThat(console.get("ups", user, password.replace("SECRET", console.secret()))
                        .statusCode())
                .isIn(401, 429);
    }

    @Test
    void guessesAreFewTheirTextIsHarmlessAndTheRightPasswordWorksAllTheWhile() throws Exception {
        console.get("ups"); // right once
        int looked = 0;
        for (int i = 0; i < 30; i++)
            if (console.get("ups", "eve\nforged: line", "guess" + i).statusCode() == 401) looked++;
        assertThat(looked).isLessThanOrEqualTo(10);
        assertThat(console.get("ups").statusCode()).isEqualTo(200);
        assertThat(console.run().said())
                .filteredOn(line -> line.contains("wrong passwords within a minute from uid "))
                .hasSize(1);
        assertThat(console.run().said()).noneMatch(line -> line.startsWith("forged"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "system/console/ups", "system/console/res/lib/support.js", "system/console/nosuch", "nosuch"
            })
    void everyAnswerKeepsBrowsersFromBeingMisused(String path) throws Exception {
        for (var answer : List.of(console.raw("GET", path, true), console.raw("GET", path, false))) {
            assertThat(answer).containsIgnoringCase("X-Content-Type-Options: nosniff");
            assertThat(answer).containsIgnoringCase("X-Frame-Options: DENY");
            assertThat(answer).containsIgnoringCase("Content-Security-Policy: default-src");
            assertThat(answer.lines().filter(line -> line.startsWith("Set-Cookie:")))
                    .allMatch(line -> line.contains("HttpOnly") && line.contains("SameSite=Strict"));
        }
        assertThat(console.raw("TRACE", path, true)).startsWith("HTTP/1.1 405");
    }

    @Test
    void theAddressAloneLeadsToThePageAndAnUnknownPathIsNotFound() throws Exception {
        assertThat(console.raw("GET", "", false)).startsWith("HTTP/1.1 302").contains("/system/console/ups");
        assertThat(console.get("ups").body()).contains("/ups/app.js");
        assertThat(console.get("ups/api/nosuch").statusCode()).isEqualTo(404);
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws Exception {
        assertThat(Sockets.of(console.run().process().pid()))
                .allMatch(Sockets.Listener::loopback)
                .extracting(Sockets.Listener::port)
                .containsExactlyInAnyOrder(console.port(), console.upsdPort());
    }

    @Test
    void aPageOfAnotherSiteChangesNothing() throws Exception {
        var before = console.file("upsd.conf");
        for (var header : Map.of("Origin", "http://evil.example", "Sec-Fetch-Site", "cross-site")
                .entrySet()) {
            assertThat(upsd(Map.of("maxage", "33"), header.getKey(), header.getValue()))
                    .isEqualTo(403);
        }
        assertThat(console.file("upsd.conf")).isEqualTo(before);
    }

    @Test
    void anotherNameForThisMachineIsNotAnswered() throws Exception {
        var pair = Base64.getEncoder().encodeToString(("admin:" + console.secret()).getBytes(StandardCharsets.UTF_8));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            "GET /system/console/ups HTTP/1.1\r\nHost: rebound.example\r\nAuthorization: Basic %s\r\n\r\n"
                                    .formatted(pair)
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 403");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services.json",
                "services",
                "components.json",
                "ups/api/file?name=ups.conf",
                "ups/api/file?name=upsd.users",
                "configMgr",
                "configMgr/cobnut.ups~repeated.json",
                "configMgr/cobnut.user~boss.json",
                "status-Services.txt",
                "status-scr.txt",
                "status-Configurations.txt",
                "status-nut.txt",
                "status-System%20Properties.txt",
                "status-Framework%20Properties.txt"
            })
    void noPageTellsAPassword(String page) throws Exception {
        var answer = console.get(page);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isNotBlank().doesNotContain(Console.PASSWORD, Console.UPSTREAM, console.secret());
    }

    @Test
    void noComponentIsToldAPassword() throws Exception {
        var ids = Pattern.compile("\"id\":\"?(\\d+)")
                .matcher(console.get("components.json").body())
                .results()
                .map(match -> match.group(1))
                .toList();
        var all = new StringBuilder();
        for (var id : ids) all.append(console.get("components/" + id + ".json").body());
        assertThat(all.toString())
                .as("the device that has one is among them")
                .contains("demo@127.0.0.1:" + console.upsdPort())
                .doesNotContain(Console.PASSWORD, Console.UPSTREAM, console.secret());
    }

    @Test
    void aDriverHasThePasswordAllTheSame() throws Exception {
        try (var client = new Line(console.upsdPort())) {
            for (var request : List.of("USERNAME repeater", "PASSWORD " + Console.UPSTREAM))
                assertThat(client.ask(request)).isEqualTo("OK");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!"OK".equals(client.ask("SET VAR repeated ups.mfr here")))
                assertThat(System.nanoTime()).isLessThan(deadline);
            while (!"VAR demo ups.mfr \"here\"".equals(client.ask("GET VAR demo ups.mfr")))
                assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void aFormKeepsThePasswordThatItDoesNotShow() throws Exception {
        var fields = Map.of(
                "name", "boss",
                "password", "unmodified",
                "actions", "FSD");
        assertThat(console.post("configMgr/cobnut.user~boss", form(fields)).statusCode())
                .isEqualTo(302);
        assertThat(console.file("upsd.users")).startsWith("""
                # who is who
                [boss]
                    password = %s  # not to be told
                    actions = FSD
                """.formatted(Console.PASSWORD));
    }

    @Test
    void aValueThatTheFileCannotHoldIsRefusedAndTheReasonToldAndLogged() throws Exception {
        var before = console.file("upsd.conf");
        var refused = console.post("configMgr/cobnut.upsd", form(Map.of("maxage", "0")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("MAXAGE wants a whole number above 0");
        var nowhere = console.post("configMgr/cobnut.upsmon", form(Map.of("minsupplies", "1")));
        assertThat(nowhere.statusCode()).as(nowhere.body()).isNotEqualTo(500);
        assertThat(console.file("upsd.conf")).isEqualTo(before);
        console.run().awaitLine(line -> line.contains("cobnut.upsd stays as it is") && line.contains("MAXAGE"));
    }

    @Test
    void aPortInUseIsOneLineAndTheDevicesAreServedAllTheSame() throws Exception {
        int upsd = Distribution.freePort();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var run = Console.demo(Files.createDirectory(directory.resolve("busy")), upsd)
                        .start("cobnut", "run", "--console=" + taken.getLocalPort())) {
            run.awaitLine(line -> line.contains(" ERROR cobnut: no web console: cannot listen on 127.0.0.1 port "
                    + taken.getLocalPort() + ": Address already in use"));
            try (var client = new Line(upsd)) {
                assertThat(client.ask("NETVER")).isEqualTo("1.3");
            }
            assertThat(run.said().stream().filter(line -> line.contains("console")))
                    .hasSize(1);
        }
    }

    @Test
    void withoutTheOptionNoPortIsOpenAndNoBundleOfItIsInstalled() throws Exception {
        int upsd = Distribution.freePort();
        var cobnut = Console.demo(Files.createDirectory(directory.resolve("plain")), upsd);
        try (var run = cobnut.start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("Connected to UPS [demo]"));
            assertThat(Sockets.of(run.process().pid()))
                    .extracting(Sockets.Listener::port)
                    .containsExactly(upsd);
            assertThat(installed(cobnut)).contains("/system/cobnut.upsd.jar").doesNotContain("/console/");
            assertThat(cobnut.state().resolve("console.secret")).doesNotExist();
        }
    }

    @Test
    void aSecretThatOthersMayReadOpensNothing() throws Exception {
        var cobnut = Console.demo(Files.createDirectory(directory.resolve("open")), Distribution.freePort());
        Files.createDirectories(cobnut.state());
        Files.writeString(cobnut.state().resolve("console.secret"), "known\n");
        try (var run = cobnut.start("cobnut", "run", "--console=" + Distribution.freePort())) {
            run.awaitLine(line -> line.contains("The web console refuses every login") && line.contains("chmod 600"));
        }
    }

    /** What the framework has installed, by the locations in its cache. */
    private static String installed(Distribution cobnut) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(cobnut.state().resolve("cache"), 2)) {
            for (var file : files.filter(f -> f.endsWith("bundle.info")).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static int upsd(Map<String, String> fields, String... headers) throws Exception {
        return console.post("configMgr/cobnut.upsd", form(fields), headers).statusCode();
    }

    /** The fields, and those that the console's own form adds. */
    private static Map<String, String> form(Map<String, String> fields) {
        var all = new TreeMap<>(fields);
        all.put("apply", "true");
        all.put("action", "ajaxConfigManager");
        all.put("propertylist", String.join(",", fields.keySet()));
        return all;
    }
}
