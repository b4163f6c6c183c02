package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.snmp.testkit.SnmpRecording;
import org.cobnut.testkit.Distribution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.smi.Variable;

/** The page of a device, of which a card and a mapping of its owner tell all: choices, ranges, units, plan and clients. */
class DevicePageIT {
    private static final String BEEPER = "1.3.6.1.2.1.33.1.9.8.0";
    private static final String LOW = "1.3.6.1.2.1.33.1.9.9.0";

    @TempDir
    private static Path directory;

    private static SnmpAgent card;
    private static Console console;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Map<String, Variable> objects = new TreeMap<>(SnmpRecording.parse("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
                1.3.6.1.2.1.33.1.1.1.0|4|Acme
                1.3.6.1.2.1.33.1.2.3.0|2|21
                1.3.6.1.2.1.33.1.2.4.0|2|93
                1.3.6.1.2.1.33.1.4.1.0|2|3
                1.3.6.1.2.1.33.1.9.8.0|2|2
                1.3.6.1.2.1.33.1.9.9.0|2|30
                """));
        card = new SnmpAgent(objects);
        int upsd = Distribution.freePort();
        Distribution cobnut = new Distribution(directory, Map.of())
                .file("nut.conf", "MODE=standalone\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + upsd + "\n")
                .file("upsd.users", "[watcher]\n password = sesame-open-77\n upsmon primary\n")
                .file("upsmon.conf", """
                        MONITOR rack@127.0.0.1:%d 1 watcher sesame-open-77 primary
                        SHUTDOWNCMD "/bin/true"
                        """.formatted(upsd))
                .file("ups.conf", """
                        pollinterval = 1
                        [rack]
                            driver = snmp-ups
                            port = %s
                            snmp_version = v2c
                            mibs = mine
                        """.formatted(card.host()));
        Files.writeString(
                Files.createDirectory(cobnut.conf().resolve("mappings")).resolve("mine.map"), """
                mapping mine 1 snmp
                match  sysobjectid 1.3.6.1.2.1.33
                base   1.3.6.1.2.1.33
                lookup beeper 1=disabled 2=enabled 3=muted
                status .1.4.1.0 3=OL 5=OB
                var battery.charge .1.2.4.0 compact
                var battery.runtime .1.2.3.0 times 60 compact
                set ups.beeper.status .1.9.8.0 lookup beeper
                set battery.charge.low .1.9.9.0 compact range 10 50 range 60 90
                """);
        console = Console.start(cobnut, upsd, "Connected to UPS [rack]");
        browser = new Browser(Files.createDirectory(directory.resolve("profile")));
        browser.show(1200, 900, false);
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) browser.close();
        if (console != null) console.close();
        if (card != null) card.close();
    }

    private static void page() throws IOException {
        browser.open("about:blank");
        browser.open(console.url("ups#/ups/rack"));
        browser.find(".badge.good");
        // The page is drawn anew when a client comes.
        assertThat(browser.awaitText("watcher from")).isEqualTo("watcher from 127.0.0.1");
    }

    private static String form(String variable) {
        return ".settings form:has([aria-label='Set " + variable + "']) ";
    }

    @Test
    void choicesAreThoseOfTheDeviceAndTheChosenOneGetsThere() throws Exception {
        page();
        assertThat(browser.find(form("ups.beeper.status") + "select").getText().lines())
                .containsExactlyInAnyOrder("disabled", "enabled", "muted");
        assertThat(hint("ups.beeper.status")).isNotBlank();
        browser.run(
                "const form = document.querySelector(arguments[0]); form.querySelector('select').value = 'muted';"
                        + "form.requestSubmit();",
                form("ups.beeper.status"));
        browser.awaitText("Done.");
        assertThat(String.valueOf(card.value(BEEPER))).isEqualTo("3");
        browser.awaitText("muted");
    }

    @Test
    void rangesAreSaidAndWhatIsOutsideIsRefused() throws Exception {
        page();
        assertThat(hint("battery.charge.low")).contains("10 to 50, or 60 to 90");
        set("55");
        assertThat(browser.find(form("battery.charge.low") + ".said.why").getText())
                .startsWith("Refused:")
                .contains("battery.charge.low", "out of range");
        assertThat(String.valueOf(card.value(LOW))).isEqualTo("30");
        set("60");
        browser.awaitText("Done.");
        assertThat(String.valueOf(card.value(LOW))).isEqualTo("60");
        browser.picture(Path.of(System.getProperty("cobnut.kit"), "page-settings.png"));
    }

    private static void set(String value) {
        browser.type(form("battery.charge.low") + "input", value);
        browser.find(form("battery.charge.low") + "button").click();
    }

    /** What a reader of screens says about the field. */
    private static String hint(String variable) {
        return String.valueOf(browser.run(
                "const field = document.querySelector(arguments[0]).querySelector('select, input');"
                        + "return document.getElementById(field.getAttribute('aria-describedby')).textContent;",
                form(variable)));
    }

    @Test
    void aChartIsDrawnInTheColoursOfThePageAndTellsWhatIsBelowThePointer() throws Exception {
        page();
        String label = String.valueOf(browser.await("""
                const done = arguments[arguments.length - 1];
                import('/ups/chart.js').then(({ chart }) => {
                  const values = Array.from({ length: 360 }, (_, i) => i > 100 && i < 120 ? null : 40 + 30 * Math.sin(i / 30));
                  const figure = chart({ label: 'Load', values, start: 1.8e9, step: 60, low: 0, high: 100, format: number => `${Math.round(number)} %` });
                  document.querySelector('section').append(figure);
                  figure.scrollIntoView();
                  setTimeout(() => done(figure.querySelector('[role=img]').getAttribute('aria-label')), 500);
                }).catch(failure => done(failure.stack));"""));
        assertThat(label).isEqualTo("Load: lowest 10 %, highest 70 %, last 23 %");
        assertThat(Axe.violations(browser)).isEmpty();
        assertThat(drawnIn(0x0b, 0x57, 0xa4)).isTrue();
        browser.picture(Path.of(System.getProperty("cobnut.kit"), "page-chart-light.png"));
        browser.show(390, 900, true);
        for (int i = 0; i < 50 && !drawnIn(0x8c, 0xc0, 0xff); i++) TimeUnit.MILLISECONDS.sleep(100);
        assertThat(drawnIn(0x8c, 0xc0, 0xff)).isTrue();
        assertThat(drawnIn(0x0b, 0x57, 0xa4)).isFalse();
        browser.picture(Path.of(System.getProperty("cobnut.kit"), "page-chart-dark.png"));
        browser.show(1200, 900, false);
        browser.run("""
                const over = document.querySelector('figure .u-over'), box = over.getBoundingClientRect();
                const at = { bubbles: true, clientX: box.left + 5, clientY: box.top + 5 };
                over.dispatchEvent(new MouseEvent('mouseenter', at));
                over.dispatchEvent(new MouseEvent('mousemove', at));""");
        assertThat(browser.awaitText(": 4").length()).isPositive();
    }

    /** Whether a pixel of the chart has that colour. */
    private static boolean drawnIn(int red, int green, int blue) {
        return Boolean.TRUE.equals(browser.run("""
                const canvas = document.querySelector('figure canvas');
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                for (let i = 0; i < data.length; i += 4)
                  if (data[i] === arguments[0] && data[i + 1] === arguments[1] && data[i + 2] === arguments[2] && data[i + 3] === 255) return true;
                return false;""", red, green, blue));
    }

    @Test
    void unitsThePlanAndTheClientsAreShown() throws Exception {
        page();
        assertThat(browser.run("return [...document.querySelectorAll('tr')].find(row =>"
                        + " row.textContent.startsWith('battery.runtime')).querySelector('.value').textContent"))
                .isEqualTo("1260 s (21 min)");
        assertThat(browser.awaitText("SHUTDOWNCMD")).contains("rack@127.0.0.1", "(primary, power value 1): OL");
    }
}
