package org.cobnut.drivers.riello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.AnswerTable;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RielloTest {
    private static Session open(RielloUnit unit, String... lines) throws IOException {
        return SimulatorBench.open(new RielloSer(), unit, lines);
    }

    private static TestReport poll(RielloUnit unit, String... lines) throws IOException {
        try (Session session = open(unit, lines)) {
            return new TestReport().poll(session);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsASinglePhaseUnitWhoseAnswersHaveACrcOrASum(boolean crc) throws IOException {
        TestReport report = poll(new RielloUnit.Gpser(crc));
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.values())
                .containsEntry("ups.mfr", "RPS S.p.a.")
                .containsEntry("ups.model", "Sentinel Pro 10")
                .containsEntry("ups.firmware", "SWM035-01-07")
                .containsEntry("ups.power.nominal", "1000")
                .containsEntry("battery.voltage", "40.8")
                .containsEntry("battery.runtime", "2520")
                .containsEntry("battery.voltage.low", "31.2")
                .containsEntry("battery.voltage.high", "39.0")
                .containsEntry("input.frequency", "50.00")
                .containsEntry("input.voltage", "231")
                .containsEntry("ups.load", "28")
                .containsEntry("output.L1.current", "33")
                .containsEntry("output.L1.realpower", "500")
                .containsEntry("output.L1.power", "600")
                .doesNotContainKeys("input.L1-N.voltage", "input.phases");
    }

    @Test
    void readsThreePhases() throws IOException {
        assertThat(poll(new RielloUnit.Gpser(true, "4", "")).values())
                .containsEntry("input.phases", "3")
                .containsEntry("output.phases", "3")
                .containsEntry("input.L1-N.voltage", "231")
                .containsEntry("input.L3-N.voltage", "233")
                .containsEntry("output.L2-N.voltage", "228")
                .containsEntry("input.bypass.L3-N.voltage", "225")
                .containsEntry("output.L3.power.percent", "35")
                .containsEntry("ups.load", "31")
                .containsEntry("ups.power.nominal", "1000")
                .doesNotContainKeys("input.voltage", "output.voltage");
        assertThat(poll(new RielloUnit.Gpser(true, "3", "")).values())
                .containsEntry("input.L3-N.voltage", "233")
                .containsEntry("output.voltage", "230")
                .containsEntry("ups.load", "28");
    }

    @Test
    void saysNothingOfWhatAUnitDoesNotKnow() throws IOException {
        assertThat(poll(new RielloUnit.Gpser(true, "1", "unknown")).values())
                .containsEntry("battery.voltage", "40.8")
                .doesNotContainKeys("battery.charge", "battery.runtime", "ups.temperature")
                .doesNotContainKeys("input.bypass.frequency", "input.bypass.voltage");
    }

    @Test
    void estimatesChargeAndRuntimeWhenItIsAskedTo() throws IOException {
        assertThat(poll(
                                new RielloUnit.Gpser(true, "1", "unknown"),
                                "localcalculation",
                                "override.battery.voltage.low = 30",
                                "override.battery.voltage.high = 51.6")
                        .values())
                .containsEntry("battery.charge", "50")
                .containsEntry("battery.runtime", "21696")
                .containsEntry("battery.voltage.low", "30.0");
    }

    @Test
    void readsAnOldUnitInTheFormThatTellsMost() throws IOException {
        TestReport report = poll(new RielloUnit.Sentr(3604, false));
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("ups.firmware", "01.94")
                .containsEntry("ups.power.nominal", "60000")
                .containsEntry("ups.realpower.nominal", "48000")
                .containsEntry("battery.voltage", "430.0")
                .containsEntry("battery.runtime", "1020")
                .containsEntry("input.L1-N.voltage", "230")
                .containsEntry("input.bypass.L1-N.voltage", "228")
                .containsEntry("output.L3-N.voltage", "226")
                .containsEntry("ups.load", "91")
                .containsEntry("battery.capacity", "65");
        assertThat(poll(new RielloUnit.Sentr(3604, true)).values())
                .containsEntry("input.L2-N.voltage", "231")
                .containsEntry("output.L1.current", "51");
        assertThat(poll(new RielloUnit.Sentr(3600, false)).values()).containsEntry("battery.voltage", "431.0");
    }

    @Test
    void followsAnOutage() throws IOException {
        for (RielloUnit unit : List.of(new RielloUnit.Gpser(true), new RielloUnit.Sentr(3604, true))) {
            try (Session session = open(unit)) {
                var report = new TestReport();
                assertThat(report.poll(session).status()).contains("OL");
                unit.onBattery = true;
                assertThat(report.poll(session).status()).containsExactly("OB");
                unit.low = true;
                assertThat(report.poll(session).status()).containsExactly("OB", "LB");
                unit.onBattery = unit.low = false;
                unit.off = true;
                assertThat(report.poll(session).status()).startsWith("OL", "OFF");
            }
        }
    }

    /** The letters and the data of an order. */
    private static List<String> orders(RielloUnit unit) {
        return unit.requests().stream()
                .filter(request -> request.startsWith("\2"))
                .map(request -> request.substring(3, 5) + request.substring(7, request.length() - 5))
                .filter(order -> !order.matches("(GI|GN|RS|RE).*"))
                .toList();
    }

    @Test
    void sendsOrdersOfGpser() throws IOException {
        var unit = new RielloUnit.Gpser(true);
        try (Session session = open(unit)) {
            var report = new TestReport().poll(session);
            assertThat(session.set("ups.delay.shutdown", "300")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.delay.reboot", "x").code()).isEqualTo(Outcome.Code.INVALID);
            for (String command : List.of(
                    "load.off", "load.off.delay", "load.on", "load.on.delay", "shutdown.stop", "test.panel.start"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.return", "").reason()).contains("on line");
            assertThat(session.run("test.battery.start", "")).isEqualTo(Outcome.handled());
            assertThat(orders(unit))
                    .containsExactly("CS0000", "CS012<", "CR00000000", "CR00000005", "CD", "TP", "TB005");
            unit.onBattery = true;
            assertThat(report.poll(session).commands()).contains("shutdown.return");
            assertThat(session.run("load.off", "").reason()).contains("on battery");
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(orders(unit)).containsExactly("CD", "CS012<");
            unit.refuses = true;
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.failed("the UPS refused it"));
        }
    }

    @Test
    void sendsOrdersOfSentr() throws IOException {
        var unit = new RielloUnit.Sentr(3600, false);
        try (Session session = open(unit)) {
            new TestReport().poll(session);
            unit.requests();
            for (String command : List.of("load.off", "load.on.delay", "shutdown.stop", "test.battery.start"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests())
                    .containsExactly(
                            "\u00b0\u0006\0\0\u00b6",
                            "\u00b0\u0002\u0005\0\u00b7",
                            "\u00b0\u0001\u0005\0\u00b6",
                            "\u00b0\u0005\0\0\u00b5",
                            "\u00b0\u0004\0\0\u00b4");
        }
    }

    @Test
    void shutsDownAUnitThatItHasNotReadYet() throws IOException {
        var unit = new RielloUnit.Gpser(true);
        try (Session session = open(unit)) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
        }
        assertThat(orders(unit)).containsExactly("CD", "CS0005");
    }

    @Test
    void saysWhenNoUnitAnswers() {
        assertThatIOException()
                .isThrownBy(() -> SimulatorBench.open(new RielloSer(), new AnswerTable("\r")))
                .withMessageStartingWith("no Riello UPS answers");
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("device.mfr", "device.model", "device.serial", "device.type"));
        known.add("ups.upspower.nominal"); // of 2.6.5; ups.power.nominal since
        known.add("ups.status");
        known.addAll(poll(new RielloUnit.Gpser(true)).values().keySet());
        known.addAll(poll(new RielloUnit.Gpser(true, "4", "")).values().keySet());
        for (SortedMap<String, String> dump : FieldDumps.of("riello_ser"))
            assertThat(known).containsAll(dump.keySet());
    }

    @Test
    void checksFramesAsTheProtocolSays() {
        byte[] text = "\2 \"GI00".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(GpserFrame.request("GI", "", false)).isEqualTo("\2 \"GI00" + "0132" + "\3");
        assertThat(GpserFrame.check(text, text.length, false)).isEqualTo(0x132);
        assertThat(GpserFrame.digits(0xabcd, 4)).isEqualTo(":;<=");
    }
}
