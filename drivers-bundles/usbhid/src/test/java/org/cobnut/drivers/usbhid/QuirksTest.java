package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of a section for units that do something their own way: from the line in ups.conf to what the unit meets. */
class QuirksTest {
    /** The longest report that the descriptor of the test declares. */
    private static final int LONGEST = 4;

    @Test
    void asksForEachReportByTheLengthOfTheLongest() throws IOException {
        TestUps usual = TestUps.apc();
        Bench.poll(usual);
        assertThat(usual.lengths()).hasSizeGreaterThan(2);
        TestUps longest = TestUps.apc();
        assertThat(Bench.poll(longest, "maxreport").values())
                .isEqualTo(Bench.poll(TestUps.apc()).values());
        assertThat(longest.lengths()).containsExactly(LONGEST);
    }

    @Test
    void goesByWhatTheUnitSendsAlone() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups, "interruptonly")) {
            ups.input("16 0a 00 00 00").input("0c 5f 10 0b");
            var report = new TestReport();
            for (Due due : Due.values()) report.poll(session, due);
            assertThat(report.status()).containsExactly("OB", "DISCHRG");
            assertThat(report.values()).containsEntry("battery.charge", "95").doesNotContainKey("input.voltage");
            assertThat(ups.log()).noneMatch(line -> line.startsWith("get"));
        }
    }

    @Test
    void tellsTheLinkHowReportsComeByThemselves() throws IOException {
        assertThat(parameters().setup().pollOnly()).isFalse();
        assertThat(parameters().setup().interruptSize()).isEmpty();
        assertThat(parameters("pollonly").setup().pollOnly()).isTrue();
        assertThat(parameters("interruptsize = 4").setup().interruptSize()).hasValue(4);
    }

    private static UsbParameters parameters(String... lines) throws IOException {
        var asked = new AtomicReference<UsbParameters>();
        TestUps ups = TestUps.apc();
        var driver = new UsbhidUps();
        var links = new TestLinks(Path.of("")).opening("auto", parameters -> {
            asked.set((UsbParameters) parameters);
            return ups.link();
        });
        driver.open(Bench.settings(driver, lines), links).close();
        return asked.get();
    }

    /** Line and battery contradict each other, as in a calibration, and the battery is low. */
    @ParameterizedTest
    @CsvSource({
        "'', 16 1e 00 00 00, 0",
        "lbrb_log_delay_sec = 3, 16 1e 00 00 00, 3",
        "lbrb_log_delay_sec = 3, 16 1c 00 00 00, 0",
        "lbrb_log_delay_sec = 3;lbrb_log_delay_without_calibrating, 16 1c 00 00 00, 3"
    })
    void waitsAsLongAsTheSectionSaysBeforeALowBatteryCounts(String options, String status, int seconds)
            throws IOException {
        TestUps ups = TestUps.apc().feature(status);
        var now = new AtomicLong();
        try (Session session = session(ups, now, options)) {
            var report = new TestReport().poll(session);
            if (seconds > 0) assertThat(report.status()).contains("OL").doesNotContain("LB");
            now.set(Duration.ofSeconds(seconds).toNanos());
            assertThat(report.poll(session).status()).contains("OL", "LB");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 32, 3",
        "'', 64, 1",
        "onlinedischarge_log_throttle_sec = 10, 32, 7",
        "onlinedischarge_log_throttle_sec = 0, 32, 1",
        "onlinedischarge_log_throttle_hovercharge = 90, 64, 1",
        "onlinedischarge_log_throttle_hovercharge = 101, 64, 3"
    })
    void saysThatTheFlagsContradictEachOtherAsOftenAsTheSectionWants(String options, String charge, int times)
            throws IOException {
        TestUps ups = TestUps.apc().feature("16 0e 00 00 00").feature("0c %s 2c 0b".formatted(charge));
        var now = new AtomicLong();
        var text = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(text, true, StandardCharsets.UTF_8));
        try (Session session = session(ups, now, options)) {
            for (int second = 0; second <= 60; second += 2) {
                now.set(Duration.ofSeconds(second).toNanos());
                new TestReport().poll(session);
            }
        } finally {
            System.setErr(before);
        }
        assertThat(text.toString(StandardCharsets.UTF_8).split("on line and discharges", -1))
                .hasSize(times + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', shutdown.return, 0114",
        "'', shutdown.stayoff, 0194",
        "powercom_sdcmd_byte_order_fallback, shutdown.return, 1401",
        "powercom_sdcmd_byte_order_fallback, shutdown.stayoff, 9401", // more than the field's limits hold as a number
        "powercom_sdcmd_discrete_delay, shutdown.return, 000a"
    })
    void packsTheDelayOfPowercomAsTheSectionSays(String option, String command, String word) throws IOException {
        TestUps ups = SyntheticUps.of(Subdrivers.SHIPPED.named("powercom").orElseThrow());
        String[] lines = option.isEmpty() ? new String[] {"offdelay = 80"} : new String[] {"offdelay = 80", option};
        try (Session session = Bench.open(ups, lines)) {
            assertThat(new TestReport().poll(session).values()).containsEntry("ups.delay.shutdown", "80");
            ups.log();
            assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            String bytes = word.substring(2) + " " + word.substring(0, 2);
            assertThat(ups.log())
                    .filteredOn(line -> line.startsWith("set"))
                    .singleElement()
                    .asString()
                    .endsWith(bytes);
        }
    }

    private static Session session(TestUps ups, AtomicLong now, String options) throws IOException {
        String[] lines = options.isEmpty() ? new String[0] : options.split(";");
        var config = Config.of(Bench.settings(new UsbhidUps(), lines));
        var device = OpenDevice.of(ups.link(), Subdrivers.SHIPPED.named("apc").orElseThrow(), config);
        return new HidSession(device, config, now::get);
    }
}
