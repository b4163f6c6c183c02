package org.cobnut.drivers.sec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

class SecTest {
    private static TestReport poll(Driver driver, SecUnit unit, String... lines) throws IOException {
        try (Session session = SimulatorBench.open(driver, unit, lines)) {
            return new TestReport().poll(session);
        }
    }

    @Test
    void gamatronicShowsWhatAUnitListsAndFollowsAnOutage() throws IOException {
        SecUnit unit = SecUnit.gamatronic();
        try (Session session = SimulatorBench.open(new Gamatronic(), unit)) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "NHS Sistemas de Energia")
                    .containsEntry("battery.voltage", "198.9")
                    .containsEntry("battery.runtime.low", "3780")
                    .containsEntry("ups.load", "49")
                    .containsEntry("input.transfer.low", "165");
            unit.field("ST3", 1, "1");
            unit.field("ST5", 2, "1");
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.alarms()).containsExactly("Input Bad");
            unit.field("ST1", 2, "1");
            unit.field("ST5", 4, "1");
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "LB", "OVER");
            unit.field("ST1", 2, "0");
            unit.field("ST3", 1, "3");
            unit.field("ST5", 4, "0");
            assertThat(report.poll(session).status()).containsExactly("TRIM");
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("PSD-1", "ATR1", "SDA2", "PSD5");
        }
        unit.says("AP1", "55,76").says("AP2", "");
        assertThat(poll(new Gamatronic(), unit).values()).containsOnlyKeys("ups.mfr");
    }

    @Test
    void trippLiteFollowsAnOutage() throws IOException {
        SecUnit unit = SecUnit.trippLite();
        try (Session session = SimulatorBench.open(new TrippLiteSu(), unit, "lowbatt = 30")) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.model", "SU1500RTXL2Ua")
                    .containsEntry("battery.voltage", "52.2")
                    .containsEntry("battery.voltage.nominal", "48")
                    .containsEntry("input.transfer.low", "65")
                    .containsEntry("ups.contacts", "05")
                    .containsEntry("ups.test.result", "No test performed");
            unit.field("STO", 1, "1");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.field("STB", 10, "030");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.field("STO", 1, "4");
            unit.field("STB", 10, "031");
            unit.field("STB", 1, "2");
            unit.field("STA", 4, "1");
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST", "RB", "OVER");
        }
    }

    @Test
    void trippLiteTakesSettingsAndOrders() throws IOException {
        SecUnit unit = SecUnit.trippLite();
        try (Session session = SimulatorBench.open(new TrippLiteSu(), unit)) {
            var report = new TestReport().poll(session);
            assertThat(report.type("input.transfer.low").choices())
                    .startsWith("65")
                    .endsWith("95");
            assertThat(report.type("input.transfer.high").choices())
                    .startsWith("125")
                    .endsWith("138");
            assertThat(session.set("input.transfer.low", "70")).isEqualTo(Outcome.handled());
            assertThat(session.set("input.sensitivity", "Low")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.id", "rack 2")).isEqualTo(Outcome.handled());
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("test.battery.start", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly(
                            "TXV70;138",
                            "VSN2",
                            "UIDrack 2",
                            "ROF1;1",
                            "ROF2;1",
                            "ARB1",
                            "SDR1",
                            "SDA10",
                            "SDR1",
                            "SDA5",
                            "TST3");
            assertThat(report.poll(session).values()).containsEntry("input.sensitivity", "Low");
            unit.refuses = true;
            assertThat(session.run("shutdown.stop", "").reason()).isEqualTo("the UPS refused it: SDA0");
        }
    }

    @Test
    void trippLiteShutsDownAUnitWithoutTheSettingThatBringsItBack() throws IOException {
        SecUnit unit = SecUnit.trippLite().says("ARB", "");
        try (Session session = SimulatorBench.open(new TrippLiteSu(), unit)) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("SDR1", "SDA5");
        }
    }

    @Test
    void trippLiteLeavesUnitsOfOthersAlone() {
        assertThatIOException()
                .isThrownBy(() -> SimulatorBench.open(new TrippLiteSu(), SecUnit.belkin()))
                .withMessageContaining("BELKIN");
    }

    @Test
    void belkinFollowsAnOutage() throws IOException {
        SecUnit unit = SecUnit.belkin();
        try (Session session = SimulatorBench.open(new Belkin(), unit)) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "BELKIN")
                    .containsEntry("input.transfer.low", "100")
                    .containsEntry("input.transfer.high", "132")
                    .containsEntry("battery.charge.low", "20")
                    .containsEntry("ups.beeper.status", "enabled")
                    .containsEntry("ups.test.result", "Passed")
                    .containsEntry("battery.voltage", "27.2");
            unit.field("STA", 2, "1");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.field("STB", 10, "019");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.field("STA", 2, "0");
            unit.field("STA", 6, "1");
            unit.field("STB", 10, "050");
            assertThat(report.poll(session).status()).containsExactly("OFF", "OL");
        }
    }

    @Test
    void belkinSwitchesTheLoadOffOnlyWhenItIsAskedTwice() throws IOException {
        var clock = new AtomicLong();
        SecUnit unit = SecUnit.belkin();
        try (Session session = SimulatorBench.open(new Belkin(clock::get), unit)) {
            assertThat(session.run("load.off", "").code()).isEqualTo(Outcome.Code.FAILED);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(session.run("load.off", "").code()).isEqualTo(Outcome.Code.FAILED);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(16));
            assertThat(session.run("load.off", "").code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(unit.orders()).isEmpty();
            clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("ROF1;1", "ROF1;1");
        }
    }

    @Test
    void belkinGivesOrders() throws IOException {
        SecUnit unit = SecUnit.belkin();
        try (Session session = SimulatorBench.open(new Belkin(), unit)) {
            new TestReport().poll(session);
            for (String command : new String[] {
                "beeper.disable",
                "beeper.enable",
                "load.on",
                "test.battery.start.quick",
                "test.battery.start.deep",
                "test.battery.stop",
                "shutdown.default"
            }) assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly("BUZ0", "BUZ1", "RON1;1", "TST3", "TST4", "TST0", "SDT2", "SDR1", "SDA5");
        }
        unit.says("MOD", "F6C1400-EUR");
        try (Session session = SimulatorBench.open(new Belkin(), unit)) {
            new TestReport().poll(session);
            session.run("beeper.disable", "");
            assertThat(unit.orders()).containsExactly("BUZ2");
        }
    }

    @Test
    void believesNothingAfterALateAnswerUntilAnswersBelongToTheirQuestions() throws IOException {
        SecUnit unit = SecUnit.belkin();
        try (Session session = SimulatorBench.open(new Belkin(), unit)) {
            var report = new TestReport().poll(session);
            unit.fault(Fault.LATE);
            assertThatIOException().isThrownBy(() -> report.poll(session)).withMessageContaining("come late");
            unit.fault(Fault.NONE);
            assertThat(report.poll(session).values()).containsEntry("output.voltage", "119.5");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        names("gamatronic", new Gamatronic(), SecUnit.gamatronic(), "ups.alarm");
        names("tripplitesu", new TrippLiteSu(), SecUnit.trippLite());
        names("belkin", new Belkin(), SecUnit.belkin());
    }

    private static void names(String name, Driver driver, SecUnit unit, String... more) throws IOException {
        Set<String> known = new TreeSet<>(Set.of("device.mfr", "device.model", "device.type", "ups.status"));
        known.addAll(Set.of(more));
        known.addAll(poll(driver, unit).values().keySet());
        for (SortedMap<String, String> dump : FieldDumps.of(name))
            assertThat(known).containsAll(dump.keySet());
    }
}
