package org.cobnut.drivers.safenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cobnut.driver.Session;
import org.cobnut.link.LinkParameters;
import org.cobnut.model.Outcome;
import org.cobnut.table.line.RequestLine;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatedLine;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

class SafeNetTest {
    private final SafeNetUnit unit = new SafeNetUnit();

    private Session open(String... lines) throws IOException {
        return SimulatorBench.open(new SafeNet(), unit, lines);
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = open("manufacturer = Fenton", "modelname = PowerPal P600E")) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Fenton")
                    .containsEntry("ups.model", "PowerPal P600E")
                    .containsEntry("ups.serial", "unknown")
                    .containsEntry("ups.delay.shutdown", "30")
                    .containsEntry("ups.delay.start", "60");
            unit.set.add(SafeNetProtocol.ON_BATTERY);
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.set.addAll(List.of(SafeNetProtocol.LOW, SafeNetProtocol.OVERLOAD));
            assertThat(report.poll(session).status()).containsExactly("OB", "LB", "OVER");
            unit.set.clear();
            unit.set.addAll(List.of(SafeNetProtocol.BATTERY_FAILED, SafeNetProtocol.SYSTEM_FAILED));
            assertThat(report.poll(session).status()).containsExactly("OL", "RB", "BYPASS");
        }
    }

    @Test
    void stopsATestThatHasDrainedTheBattery() throws IOException {
        try (Session session = open()) {
            unit.set.add(SafeNetProtocol.TESTING);
            assertThat(new TestReport().poll(session).status()).containsExactly("OL", "CAL");
            unit.set.add(SafeNetProtocol.LOW);
            assertThat(new TestReport().poll(session).status()).containsExactly("OL", "LB", "CAL");
            assertThat(unit.orders()).containsExactly(SafeNetProtocol.STOP_TEST);
            assertThat(new TestReport().poll(session).status()).containsExactly("OL", "LB");
        }
    }

    @Test
    void givesOrders() throws IOException {
        try (Session session = open()) {
            new TestReport().poll(session);
            for (String command : List.of(
                    "test.battery.start",
                    "test.failure.start",
                    "test.failure.stop",
                    "beeper.enable",
                    "beeper.mute",
                    "beeper.mute",
                    "beeper.on",
                    "beeper.toggle")) assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly(
                            "ZAVLEJFICOPR",
                            "ZFSDERBTRFGY",
                            "ZGWLEJFICOPR",
                            "ZELWSABPMBEQ",
                            "ZELWSABPMBEQ",
                            "ZELWSABPMBEQ");
        }
    }

    @Test
    void shutsDownAsTheMainsAre() throws IOException {
        try (Session session = open("offdelay = 120", "ondelay = 15")) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("ZAFBCARAABFO");
        }
        var other = new SafeNetUnit();
        other.set.add(SafeNetProtocol.ON_BATTERY);
        try (Session session = SimulatorBench.open(new SafeNet(), other)) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(other.orders()).containsExactly("ZBASADAWLPGE");
        }
    }

    @Test
    void asksInEveryWayThatAUnitTakes() throws IOException {
        var protocol =
                new SafeNetProtocol(new RequestLine(new SimulatedLine(unit, LinkParameters.NONE)), new Random(1));
        for (int i = 0; i < 1000; i++) {
            String letters = protocol.poll();
            assertThat(letters).matches("Z[A-J]{1,11}L?[A-J]*").hasSize(12);
            assertThat(letters.indexOf('L')).isEqualTo(letters.charAt(1) - 'A' + 2);
        }
    }

    @Test
    void refusesADelayThatAUnitCannotKeep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("offdelay = 1000"))
                .withMessage("option 'offdelay' is not between 0 and 999");
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("ups.status"));
        try (Session session = open()) {
            known.addAll(new TestReport().poll(session).values().keySet());
        }
        for (SortedMap<String, String> dump : FieldDumps.of("safenet"))
            assertThat(known).containsAll(dump.keySet());
    }
}
