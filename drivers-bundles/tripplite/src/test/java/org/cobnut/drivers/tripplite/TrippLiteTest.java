package org.cobnut.drivers.tripplite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrippLiteTest {
    private final TrippLiteUnit unit = new TrippLiteUnit();

    private TestReport poll(String... lines) throws IOException {
        try (Session session = SimulatorBench.open(new TrippLite(), unit, lines)) {
            return new TestReport().poll(session);
        }
    }

    @Test
    void readsAUnit() throws IOException {
        TestReport report = poll();
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("ups.mfr", "Tripp Lite")
                .containsEntry("ups.model", "Smart 700")
                .containsEntry("ups.firmware", "BA")
                .containsEntry("input.voltage", "120")
                .containsEntry("ups.temperature", "25")
                .containsEntry("ups.load", "24")
                .containsEntry("input.frequency", "60.40")
                .containsEntry("battery.voltage", "12.4")
                .containsEntry("battery.charge", "76")
                .containsEntry("input.voltage.maximum", "122")
                .containsEntry("input.voltage.minimum", "117")
                .containsEntry("ups.test.result", "OK")
                .containsEntry("ups.delay.shutdown", "64");
    }

    @ParameterizedTest
    @CsvSource({"84, 60, Smart 700", "C4, 60, Unison 700", "04, 60, Smart 48"})
    void worksOutTheModel(String w, String l, String model) throws IOException {
        unit.says("W", w);
        unit.says("L", l);
        assertThat(poll().values()).containsEntry("ups.model", model);
    }

    @ParameterizedTest
    @CsvSource({"86, 100", "6E, 10", "6D, 10", "7A, 70"})
    void estimatesTheCharge(String volts, String charge) throws IOException {
        unit.says("B", volts);
        assertThat(poll().values()).containsEntry("battery.charge", charge);
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new TrippLite(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.says("D", "110001800000001800000");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.says("D", "000001800000001800000");
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "LB", "OVER");
            unit.says("D", "117822800000001800258");
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "BOOST");
            unit.says("D", "117810800000001800258");
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OFF", "TRIM");
        }
    }

    @Test
    void givesOrdersWithTheDelaysThatAreSet() throws IOException {
        try (Session session = SimulatorBench.open(new TrippLite(), unit, "offdelay = 30", "startdelay = 300")) {
            new TestReport().poll(session);
            assertThat(session.set("ups.delay.reboot", "16")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.delay.reboot", "256").code()).isEqualTo(Outcome.Code.INVALID);
            for (String command : new String[] {
                "test.battery.start",
                "load.off",
                "load.on",
                "outlet.1.load.off",
                "outlet.1.load.on",
                "outlet.2.load.off",
                "outlet.2.load.on",
                "shutdown.reboot",
                "shutdown.reboot.graceful",
                "shutdown.return",
                "shutdown.stayoff",
                "shutdown.default"
            }) assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly(
                            ":A",
                            ":K0",
                            ":K1",
                            ":K2",
                            ":K3",
                            ":K4",
                            ":K5",
                            ":H00012C",
                            ":N10",
                            ":H00012C",
                            ":N1E",
                            ":G",
                            ":N1E",
                            ":K0",
                            ":N1E",
                            ":G");
        }
    }

    @Test
    void refusesADelayThatAUnitCannotKeep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> poll("offdelay = 256"))
                .withMessage("option 'offdelay' of 256 s is not between 0 and 255");
    }
}
