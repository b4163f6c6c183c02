package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The live page in a real browser, and its interfaces as programs meet them. */
class WebIT {
    private static final String EVIL =
            "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static Distribution cobnut;
    private static Console console;
    private static Browser browser;
    private static Mosquitto broker;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        int upsd = Distribution.freePort();
        broker = Mosquitto.open(Files.createDirectory(directory.resolve("broker")));
        cobnut = new Distribution(directory, Map.of())
                .file("nut.conf", "MODE=standalone\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + upsd + "\n")
                .file("mqtt.conf", "broker = mqtt://127.0.0.1:%d\nnode = here\nfleet = yes\n".formatted(broker.port()))
                .file("demo.dev", values("OL CHRG"))
                .file("other.dev", "ups.status: OL\nups.id: lab\n")
                .file("upsd.users", """
                        [boss]
                            password = sesame-open-77
                            actions = SET
                            instcmds = ALL
                        [guest]
                            password = only-a-look
                        """)
                .file("ups.conf", """
                        pollinterval = 1
                        [demo]
                            driver = dummy-ups
                            port = demo.dev
                            desc = "%s"
                        [other]
                            driver = dummy-ups
                            port = other.dev
                        [lost]
                            driver = no-such-driver
                            port = auto
                        """.formatted(EVIL));
        console = Console.start(cobnut, upsd, "Connected to UPS [demo]");
        browser = new Browser(Files.createDirectory(directory.resolve("profile")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) browser.close();
        if (console != null) console.close();
        if (broker != null) broker.close();
    }

    @Test
    void anOutageUnfoldsOnThePageByItself() throws Exception {
        browser.show(1200, 800, false);
        browser.open(url("/ups/"));
        assertThat(browser.find(".card.good a[href$=demo]").isDisplayed()).isTrue();
        assertThat(browser.find("#main").getText())
                .contains(EVIL, "On line power", "97 %", "45 min", "Driver is missing", "No bundle offers the driver");
        browser.run("window.same = true");
        replace("demo.dev", values("OB DISCHRG"));
        assertThat(browser.find(".card.warn .badge").getText()).contains("On battery", "Discharging");
        picture("overview-light", 1200, false);
        replace("demo.dev", values("OB DISCHRG LB"));
        assertThat(browser.find(".card.bad .badge").getText()).contains("Battery low");
        assertThat(browser.find("#announce").getDomProperty("textContent")).contains("demo: Battery low");
        picture("overview-dark", 1200, true);
        picture("overview-phone", 390, false);
        browser.run("location.hash = '#/ups/demo'");
        assertThat(browser.find(".timeline").getText()).contains("Status: On battery, Discharging, Battery low");
        replace("demo.dev", values("OL CHRG"));
        assertThat(browser.find("#main > div > .badge.good").getText()).contains("On line power");
        assertThat(browser.run("return window.same"))
                .as("the page was never loaded anew")
                .isEqualTo(true);
        assertThat(browser.title()).doesNotContain("owned");
    }

    @Test
    void aSettingIsMadeABadOneIsRefusedWithItsReasonAndLoadOffAsksFirst() throws Exception {
        browser.show(1200, 900, false);
        login("boss", "sesame-open-77", "other");
        browser.type(".settings input[aria-describedby][maxlength='16']", "office");
        submit();
        assertThat(browser.find(".settings .said:not(:empty)").getText()).isNotBlank();
        awaitValue("ups.id", "office");
        browser.type(".settings input[aria-describedby][maxlength='16']", "b\u00fcro");
        submit();
        assertThat(browser.find(".settings .said.why").getText())
                .startsWith("Refused: The device does not take this value");
        assertThat(text("/api/v1/devices/other/var/ups.id")).isEqualTo("\"office\"");
        picture("device-light", 1200, false);
        picture("device-dark", 1200, true);
        picture("device-phone", 390, false);

        browser.show(1200, 900, false);
        browser.run(
                "[...document.querySelectorAll('.commands button')].find(one => one.textContent === 'load.off').click()");
        assertThat(browser.find("dialog").getText())
                .contains("load.off on other?", "Everything on it loses its power", "Yes, run load.off now", "Cancel");
        picture("load-off", 1200, false);
        browser.find("dialog button.quiet").click();
        assertThat(console.run().said()).noneMatch(line -> line.contains("Instant command"));
        browser.run(
                "[...document.querySelectorAll('.commands button')].find(one => one.textContent === 'load.off').click()");
        browser.find("dialog button.risk").click();
        console.run().awaitLine(line -> line.contains("Instant command: boss@127.0.0.1 did load.off on other"));
        assertThat(browser.find("dialog .why:not(:empty)").getText()).contains("The driver does not know this command");
    }

    @Test
    void theUpsesOfAllMachinesAreSeenAsTheyAreNow() throws Exception {
        broker.publish("-r", "-t", "nut/cellar/status", "-m", "online");
        broker.publish("-r", "-t", "nut/cellar/rack/availability", "-m", "online");
        broker.publish(
                "-r",
                "-t",
                "nut/cellar/rack/state",
                "-m",
                "{\"ups.status\":\"OL\",\"device.model\":\"%s\"}".formatted(EVIL.replace("\"", "'")));
        browser.show(1200, 800, false);
        browser.open("about:blank");
        browser.open(url("/ups/fleet"));
        browser.type("#find", "cellar");
        assertThat(browser.awaitText("fit.")).contains("UPSes");
        assertThat(browser.find("tbody tr").getText()).contains("rack", "cellar", "On line power", "<script>");
        long begin = System.nanoTime();
        broker.publish("-r", "-t", "nut/cellar/rack/state", "-m", "{\"ups.status\":\"OB LB\"}");
        assertThat(browser.find(".tone.bad").getText()).isEqualTo("Battery low, On battery");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        for (boolean dark : new boolean[] {false, true}) {
            picture("fleet" + (dark ? "-dark-phone" : ""), dark ? 390 : 1200, dark);
            assertThat(Axe.violations(browser)).as("dark %s", dark).isEmpty();
        }
        broker.publish("-r", "-t", "nut/cellar/status", "-m", "offline");
        assertThat(browser.find(".tone.grey").getText()).isEqualTo("Not reachable");
        broker.kill();
        assertThat(browser.awaitText("before the broker was lost")).isNotBlank();
        broker.restart();
        assertThat(browser.title()).doesNotContain("owned");
    }

    @Test
    void everythingIsReachedByKeyboard() {
        browser.show(1200, 800, false);
        browser.open("about:blank");
        browser.open(url("/ups/"));
        browser.find(".card.good a[href$=other]");
        browser.keys(Keys.TAB, Keys.ENTER);
        assertThat(focused()).as("the skip link leads past the head").isEqualTo("main");
        for (int i = 0; !focused().equals("other"); i++) {
            assertThat(i).as(focused()).isLessThan(10);
            browser.keys(Keys.TAB);
        }
        browser.keys(Keys.ENTER);
        assertThat(browser.find("[aria-pressed=false]").getText()).isEqualTo("30 days");
        assertThat(focused()).isEqualTo("main");
        for (int i = 0; !focused().equals("30 days"); i++) {
            assertThat(i).as(focused()).isLessThan(10);
            browser.keys(Keys.TAB);
        }
        browser.keys(Keys.SPACE);
        assertThat(browser.find("[aria-pressed=true]").getText()).isEqualTo("30 days");
        browser.find("section .quiet:not([aria-pressed])").sendKeys(Keys.ENTER);
        browser.find("dialog #login-name");
        assertThat(focused()).isEqualTo("login-name");
        browser.keys(Keys.ESCAPE);
        assertThat(browser.run("return document.querySelector('dialog')")).isNull();
    }

    /** The text or the name of the element that has the keyboard. */
    private static String focused() {
        return String.valueOf(browser.run("const at = document.activeElement; return at.id || at.textContent"));
    }

    @Test
    void whoeverMayNotChangeIsToldSoAndAWrongPasswordIsNobody() {
        browser.show(1200, 900, false);
        login("guest", "only-a-look", "other");
        assertThat(browser.find("#main").getText())
                .contains("guest may not change settings", "more commands are not allowed to guest");
    }

    @Test
    void nobodyIsKeptOut() {
        for (boolean dark : new boolean[] {false, true}) {
            for (String page : new String[] {"", "#/ups/demo"}) {
                browser.show(dark ? 390 : 1200, 800, dark);
                browser.open("about:blank");
                browser.open(url("/ups/" + page));
                browser.find(page.isEmpty() ? ".card .badge" : "tbody tr");
                assertThat(Axe.violations(browser))
                        .as("dark %s, %s", dark, page)
                        .isEmpty();
            }
        }
        browser.run("document.getElementById('user').click()");
        browser.find("dialog input");
        assertThat(Axe.violations(browser)).as("login").isEmpty();
        browser.open("about:blank");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/v1/devices/other/var/ups.status,  '',            '',                     200",
        "GET,  /api/v1/devices/none,                  '',            '',                     404",
        "POST, /api/v1/devices/other/var/ups.mfr,     '',            '',                     401",
        "POST, /api/v1/devices/other/var/ups.mfr,     guest:only-a-look, '',                 403",
        "POST, /api/v1/devices/other/var/ups.mfr,     boss:sesame-open-77, '',               200",
        "POST, /api/v1/devices/other/var/ups.mfr,     boss:sesame-open-77, http://evil.example, 403",
        "POST, /api/v1/devices/other/command/nosuch,  boss:sesame-open-77, '',               404",
        "POST, /ups_metrics,                          boss:sesame-open-77, '',               405",
        "GET,  /ups/../openapi.json,                  '',            '',                     404",
    })
    void aRequestGetsWhatItMay(String method, String path, String user, String origin, int status) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(PATIENCE)
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("x"));
        if (!user.isEmpty()) request.header("Authorization", basic(user));
        if (!origin.isEmpty()) request.header("Origin", origin);
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    @Test
    void anotherNameForThisMachineReadsNothing() throws Exception {
        for (String path : new String[] {"/api/v1/devices", "/ups_metrics", "/api/v1/events"}) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write("GET %s HTTP/1.1\r\nHost: rebound.example\r\n\r\n"
                                .formatted(path)
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .as(path)
                        .isEqualTo("HTTP/1.1 403");
            }
        }
    }

    @Test
    void metricsAreThoseOfNutExporter() throws Exception {
        assertThat(text("/ups_metrics?ups=other").lines())
                .contains(
                        "network_ups_tools_up{ups=\"other\"} 1",
                        "network_ups_tools_ups_status{ups=\"other\",flag=\"OL\"} 1");
        assertThat(text("/metrics"))
                .contains("cobnut_devices{health=\"fresh\"} 2", "cobnut_ups_clients{ups=\"demo\"} 0")
                .contains("cobnut_driver_restarts_total{ups=\"other\"} 0")
                .containsPattern("cobnut_poll_longest_seconds\\{ups=\"other\"} \\d");
        assertThat(text("/api/v2/devices/other")).containsPattern("\"driver\":\\{\"restarts\":0,\"poll\":\\d");
    }

    @Test
    void aLoginIsDemandedOfReadersAsSoonAsNutConfSaysSo() throws Exception {
        cobnut.file("nut.conf", "MODE=standalone\nCOBNUT_WEB_LOGIN=yes\n");
        awaitStatus("/api/v1/devices", 401);
        awaitStatus("/ups_metrics", 401);
        var request = HttpRequest.newBuilder(URI.create(url("/ups_metrics")))
                .timeout(PATIENCE)
                .header("Authorization", basic("guest:only-a-look"));
        assertThat(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        cobnut.file("nut.conf", "MODE=standalone\n");
        awaitStatus("/api/v1/devices", 200);
    }

    private static void login(String name, String password, String device) {
        browser.open("about:blank");
        browser.open(url("/ups/#/ups/" + device));
        browser.find(".settings, section button.quiet");
        browser.run("document.getElementById('user').click()");
        browser.type("#login-name", name);
        browser.type("#login-password", password);
        browser.find("dialog button:not(.quiet)").click();
        browser.awaitText("Log out " + name);
        browser.find("section .settings, section .none");
    }

    private static void submit() {
        browser.run("document.querySelector(\".settings input[maxlength='16']\").form.requestSubmit()");
    }

    private static void picture(String name, int width, boolean dark) throws IOException {
        browser.show(width, 900, dark);
        browser.picture(Path.of(System.getProperty("cobnut.kit"), "web-" + name + ".png"));
    }

    private static String values(String status) {
        return """
                ups.status: %s
                battery.charge: 97
                battery.runtime: 2700
                ups.load: 27
                input.voltage: 231.4
                device.model: "%s"
                """.formatted(status, EVIL);
    }

    private static void replace(String name, String text) throws IOException {
        var fresh = Files.writeString(cobnut.conf().resolve(name + ".new"), text);
        Files.move(fresh, cobnut.conf().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + console.port() + path;
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url(path))).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String text(String path) throws Exception {
        return get(path).body();
    }

    private static void awaitValue(String variable, String value) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!text("/api/v1/devices/other/var/" + variable).equals('"' + value + '"')) pause(deadline);
    }

    private static void awaitStatus(String path, int status) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (get(path).statusCode() != status) pause(deadline);
    }

    private static void pause(long deadline) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
}
