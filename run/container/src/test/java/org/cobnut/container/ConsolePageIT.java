package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.Distribution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's administrator does on the live page, by a real browser: drivers, files, devices. */
class ConsolePageIT {
    private static final String DRIVER = "cobnut.drivers.virtual";
    private static final String SECRET = "sesame-open-77";

    @TempDir
    private static Path directory;

    private static Distribution cobnut;
    private static Console console;
    private static Browser browser;
    private static Path jar;

    @BeforeAll
    static void start() throws Exception {
        int upsd = Distribution.freePort();
        cobnut = Distribution.planted(directory, Map.of("JAVA_HOME", System.getProperty("java.home")))
                .file("nut.conf", "MODE=standalone\n")
                .file("upsd.conf", "# who may come\nLISTEN 127.0.0.1 " + upsd + "\n")
                .file("upsd.users", "[boss]\n password = " + SECRET + "\n actions = SET\n")
                .file("notify.conf", """
                        [works]
                            kind = exec
                            command = /bin/true
                        [fails]
                            kind = exec
                            command = /bin/false
                        """)
                .file("demo.dev", "ups.status: OL\nbattery.charge: 97\n")
                .file("found.dev", "ups.status: OL\nups.model: Found\n")
                .file("ups.conf", """
                        # before all
                        pollinterval = 1
                        [demo]
                            driver = dummy-ups
                            port = demo.dev
                        [twin]
                            driver = clone
                            port = demo
                        """);
        jar = Files.move(cobnut.drivers().resolve(DRIVER + ".jar"), directory.resolve("new-driver.jar"));
        console = Console.start(cobnut, upsd, "Connected to UPS [demo]");
        browser = new Browser(Files.createDirectory(directory.resolve("profile")));
        browser.show(1200, 900, false);
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) browser.close();
        if (console != null) console.close();
        cobnut.uproot();
    }

    private static void page(String place) throws IOException {
        browser.open("about:blank");
        browser.open(console.url("ups#/" + place));
    }

    @Test
    void aDriverJarIsUploadedItsDeviceAppearsAndIsRemovedAgain() throws Exception {
        page("");
        assertThat(browser.find(".card.grey").getText()).contains("twin", "Driver is missing");
        browser.run("location.hash = '#/drivers'");
        browser.find("#jar").sendKeys(jar.toString());
        browser.find("form.line button").click();
        assertThat(browser.find("button[aria-label='Stop " + DRIVER + "']").isDisplayed())
                .isTrue();
        browser.run("location.hash = '#/ups/twin'");
        assertThat(browser.find(".badge.good").getText()).contains("On line power");

        browser.run("location.hash = '#/drivers'");
        browser.find("button[aria-label='Uninstall " + DRIVER + "']").click();
        assertThat(browser.find("dialog").getText()).contains("twin: no driver serves them then");
        browser.find("dialog button.risk").click();
        browser.run("location.hash = '#/'");
        assertThat(browser.find(".card.grey").getText()).contains("twin", "Driver is missing");
        assertThat(cobnut.drivers().resolve(DRIVER + ".jar")).doesNotExist();
    }

    @Test
    void theDriversOfDevicesTellHowTheyGetOnAndTheirTrafficIsRecorded() throws Exception {
        page("drivers");
        browser.find("button[aria-label='Begin to record: demo']").click();
        assertThat(browser.awaitText("recording demo into")).contains("demo.transcript");
        browser.find("button[aria-label='End the recording: demo']").click();
        assertThat(browser.awaitText("is written")).contains("demo.transcript");
        browser.run("location.hash = '#/'");
        browser.find(".card.good a[href$=demo]");
        browser.run("location.hash = '#/drivers'");
        browser.find("button[aria-label='Begin to record: demo']");
        assertThat(browser.run(
                        "return [...document.querySelectorAll('tr')].find(row => row.textContent.includes('Begin'))"
                                + ".textContent"))
                .asString()
                .matches("demodummy-upsfresh[1-9][\\d.]+ m?s[\\d.]+ m?s.*");
        assertThat(Files.readString(console.cobnut().state().resolve("demo.transcript")))
                .isNotEmpty();
    }

    @Test
    void aTargetOfNoticesIsTestedAndWhatCameOfItIsShown() throws Exception {
        page("notices");
        browser.find("button[aria-label='Test works']").click();
        assertThat(browser.awaitText("works: delivered")).isEqualTo("works: delivered");
        browser.find("button[aria-label='Test fails']").click();
        assertThat(browser.awaitText("fails: not delivered")).contains("ended with 1");
        browser.find("section:last-child tbody tr:nth-child(2)");
        assertThat(browser.find("section:last-child tbody").getText()).contains("works", "TEST", "delivered", "fails");
        picture("notices-tested");
    }

    @Test
    void withoutABrokerTheFleetSaysSoInASentence() throws Exception {
        page("fleet");
        assertThat(browser.find(".why:not(:empty)").getText())
                .isEqualTo("The UPSes of other machines are not collected here."
                        + " For that, mqtt.conf names a broker and says fleet = yes.");
    }

    @Test
    void aJarThatIsNoBundleIsRefusedWithItsReason() throws Exception {
        page("drivers");
        browser.find("#jar")
                .sendKeys(Files.writeString(directory.resolve("bad.jar"), "no jar")
                        .toString());
        browser.find("form.line button").click();
        assertThat(browser.find(".said.why").getText()).startsWith("bad.jar: ").contains("cannot be installed");
        assertThat(console.cobnut().state()).isDirectoryNotContaining("glob:**upload*");
    }

    @Test
    void aBadLineIsRefusedWithFileAndLineAndTheFileStaysAGoodOneCounts() throws Exception {
        String before = console.file("ups.conf");
        page("files/ups.conf");
        edit("pollinterval = 1", "pollinterval = often");
        browser.find("form .buttons button:not(.quiet)").click();
        assertThat(browser.find(".said.why").getText())
                .contains("Not written: ups.conf:2: pollinterval wants a whole number above 0, not 'often'");
        assertThat(browser.find(".faults button.link").getText()).isEqualTo("ups.conf:2");
        assertThat(browser.find(".numbers .bad").getText()).isEqualTo("2");
        picture("files-refused");
        assertThat(console.file("ups.conf")).isEqualTo(before);

        edit("pollinterval = often", "pollinterval = 2");
        browser.find("form .buttons button:not(.quiet)").click();
        assertThat(browser.awaitText("Written")).startsWith("Written");
        assertThat(console.file("ups.conf")).isEqualTo(before.replace("pollinterval = 1", "pollinterval = 2"));
    }

    @Test
    void noSecretIsOnThePage() throws Exception {
        page("files/upsd.users");
        browser.find("textarea");
        assertThat(String.valueOf(browser.run("return document.querySelector('textarea').value")))
                .contains("[boss]", "password = ********1")
                .doesNotContain(SECRET);
        edit("actions = SET", "actions = FSD");
        browser.find("form .buttons button:not(.quiet)").click();
        browser.awaitText("Written");
        assertThat(console.file("upsd.users")).isEqualTo("[boss]\n password = " + SECRET + "\n actions = FSD\n");
    }

    @Test
    void aScannedDeviceIsAddedAndABadOneIsRefusedWithItsReason() throws Exception {
        page("scan");
        browser.find("form.fields button").click();
        browser.find("button[aria-label*='found.dev']").click();
        browser.type("#add-name", "demo");
        browser.find("section:last-child form button").click();
        assertThat(browser.find(".said.why").getText()).isEqualTo("Refused: section [demo] exists already");
        browser.type("#add-name", "found");
        browser.type("#add-driver", "no-such");
        browser.find("section:last-child form button").click();
        assertThat(browser.awaitText("Refused: no bundle here offers the driver no-such"))
                .contains("no-such");
        browser.type("#add-driver", "dummy-ups");
        browser.find("section:last-child form button").click();
        browser.find(".said a[href='#/ups/found']").click();
        assertThat(browser.find(".badge.good").getText()).contains("On line power");
        assertThat(console.file("ups.conf")).contains("[found]\n\tdriver = dummy-ups\n\tport = found.dev\n");
    }

    @Test
    void theAdministratorSetsAndCommandsWithoutAnotherLogin() throws Exception {
        page("ups/demo");
        browser.find(".settings form:has([aria-label='Set battery.charge']) input");
        browser.run("const form = document.querySelector(\".settings form:has([aria-label='Set battery.charge'])\");"
                + "form.querySelector('input').value = '42'; form.requestSubmit();");
        browser.find(".settings input[value='42']");
        browser.find("section pre, section .none");
        browser.run(
                "[...document.querySelectorAll('.commands button')].find(one => one.textContent === 'load.off').click()");
        assertThat(browser.find("dialog").getText()).contains("load.off on demo?", "Everything on it loses its power");
        browser.find("dialog button.risk").click();
        assertThat(browser.find("dialog .why:not(:empty)").getText()).contains("UNKNOWN");
        assertThat(Files.readString(console.cobnut().state().resolve("audit.log")))
                .contains("admin", "console", "set demo battery.charge 42");
    }

    @Test
    void everyPageIsForEverybodyAndTakesTheConsolesPassword() throws Exception {
        boolean dark = false;
        for (String place : List.of(
                "drivers",
                "mappings",
                "mappings/apc",
                "files/upsd.conf",
                "scan",
                "notices",
                "fleet",
                "doctor",
                "ups/demo")) {
            dark = !dark;
            browser.show(dark ? 390 : 1200, 900, dark);
            page(place);
            browser.find("tbody tr, pre.file, textarea, [role=status] :not(.none), .why:not(:empty), .settings");
            assertThat(Axe.violations(browser)).as("%s, dark %s", place, dark).isEmpty();
            assertThat(browser.run("const { scrollWidth, clientWidth } = document.documentElement;"
                            + "return scrollWidth <= clientWidth"))
                    .as("%s is as wide as the window", place)
                    .isEqualTo(true);
            picture(place.replaceAll("\\W", "-"));
        }
        for (String path : List.of("", "/api/files", "/api/file?name=ups.conf"))
            assertThat(console.get("ups" + path, "admin", "wrong").statusCode()).isEqualTo(401);
        var foreign = HttpRequest.newBuilder(
                        URI.create(console.url("ups/api/command").replaceFirst("//.*@", "//")))
                .header("Authorization", console.basic())
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("drivers\nstop\n" + DRIVER + "\n", StandardCharsets.UTF_8));
        assertThat(HttpClient.newHttpClient()
                        .send(foreign.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(403);
    }

    private static void edit(String from, String to) {
        browser.find("textarea#file");
        browser.run(
                "const text = document.getElementById('file'); text.value = text.value.replace(arguments[0], arguments[1]);"
                        + "text.dispatchEvent(new Event('input'));",
                from,
                to);
    }

    private static void picture(String name) throws IOException {
        browser.picture(Path.of(System.getProperty("cobnut.kit"), "page-" + name + ".png"));
    }
}
