package org.cobnut.drivers.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** On the emulated bus, by the calls that the kernel would get. */
@Timeout(60)
class I2cTest {
    private static final Path PAGE = Path.of("../../docs/drivers/boards.md");

    /** The numbers are those of a recording of a real one. */
    @Test
    void followsAPiJuiceThroughAnOutage() throws IOException {
        EmulatedBoard board = Boards.piJuice();
        try (Session session = Boards.open(new PiJuice(), Boards.BUS)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactlyInAnyOrder("OL", "HB");
            assertThat(report.values())
                    .containsEntry("ups.firmware", "1.3")
                    .containsEntry("battery.capacity", "1.820")
                    .containsEntry("battery.charge", "93.7")
                    .containsEntry("battery.type", "LiPO")
                    .containsEntry("battery.voltage", "4.113")
                    .containsEntry("battery.current", "0.010")
                    .containsEntry("input.voltage", "5.014")
                    .containsEntry("input.current", "1.727")
                    .containsEntry("battery.charger.status", "resting")
                    .containsEntry("ups.time", "23:53:53.91")
                    .containsEntry("ups.date", "2019-09-12");
            board.set(0x14, 0x40, "00").word(0x14, 0x4b, -592).word(0x14, 0x42, 500);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "DISCHRG");
            assertThat(report.values())
                    .containsEntry("battery.current", "-0.592")
                    .containsEntry("battery.charger.status", "discharging");
            board.word(0x14, 0x42, 240);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "DISCHRG", "LB");
            board.set(0x14, 0x40, "c8").word(0x14, 0x42, 300);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "CHRG");
            board.set(0x14, 0x40, "cc");
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "RB");
            assertThat(report.values()).doesNotContainKey("battery.charge");
            board.writes();
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(board.writes()).containsExactly("14:62:1e");
        }
    }

    @Test
    void tellsOfAChipThatDoesNotAnswer() throws IOException {
        EmulatedBoard board = Boards.piJuice();
        try (Session session = Boards.open(new PiJuice(), Boards.BUS)) {
            TestReport report = new TestReport().poll(session);
            board.forget(0x14, 0x49);
            assertThat(report.poll(session).values()).doesNotContainKey("battery.voltage");
            board.forget(0x14, 0x40);
            assertThatThrownBy(() -> report.poll(session)).hasMessageContaining("does not answer (error 121");
            Boards.piJuice();
            assertThat(report.poll(session).status()).contains("OL");
        }
        board.set(0x14, 0x7c, "15");
        assertThatThrownBy(() -> Boards.open(new PiJuice(), Boards.BUS)).hasMessageContaining("is no PiJuice");
        assertThatThrownBy(() -> Boards.open(new PiJuice(), Boards.BUS, "i2c_address", "x"))
                .hasMessageContaining("is no address");
        assertThatThrownBy(() -> Boards.open(new PiJuice(), "/dev/i2c-77")).hasMessageContaining("is missing");
    }

    @Test
    void followsAPb1300ThroughAnOutage() throws IOException {
        EmulatedBoard board = Boards.asem();
        board.writes();
        try (Session session = Boards.open(new Asem(), Boards.BUS, "lb", "30")) {
            assertThat(board.writes()).as("the capacity in mAh").containsExactly("0b:03:0160");
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactlyInAnyOrder("OL", "HB");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "ASEM SPA")
                    .containsEntry("ups.model", "PB1300")
                    .containsEntry("ups.mfr.date", "2014-03-21")
                    .containsEntry("battery.type", "LION")
                    .containsEntry("battery.charge", "100")
                    .containsEntry("battery.voltage", "16.650")
                    .containsEntry("battery.capacity", "2.150")
                    .doesNotContainKey("battery.runtime");
            board.word(0x09, 0x13, 0)
                    .word(0x0b, 0x16, 0xc0)
                    .word(0x0b, 0x0a, -1500)
                    .word(0x0b, 0x12, 42);
            board.word(0x0b, 0x0d, 30);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "DISCHRG", "LB");
            assertThat(report.values())
                    .containsEntry("battery.runtime", "2520")
                    .containsEntry("battery.current", "-1.500");
            board.word(0x09, 0x13, 0x8000)
                    .word(0x0b, 0x16, 0x80)
                    .word(0x0b, 0x0a, 900)
                    .word(0x0b, 0x0d, 50);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "CHRG");
            board.word(0x0b, 0x16, 0x81);
            assertThatThrownBy(() -> report.poll(session)).hasMessageContaining("busy or wrong");
        }
        board.set(0x0b, 0x20, "41434d45");
        assertThatThrownBy(() -> Boards.open(new Asem(), Boards.BUS)).hasMessageContaining("'ACME'");
    }

    static Stream<Arguments> units() throws IOException {
        return Stream.of(Arguments.of("pijuice", new PiJuice()), Arguments.of("asem", new Asem()));
    }

    @ParameterizedTest
    @MethodSource("units")
    void differsFromTheCDriverOnlyAsDocumented(String name, Driver driver, @TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed(name), "Debian's nut-i2c is not installed");
        EmulatedBoard board = name.equals("asem") ? Boards.asem() : Boards.piJuice();
        DriverFacts theirs;
        List<String> theirWrites;
        board.writes();
        try (var debian = DebianDriver.start(folder, board.environment(), name, Boards.BUS)) {
            theirs = debian.facts();
        }
        if (name.equals("pijuice")) {
            DebianDriver.killpower(Files.createDirectory(folder.resolve("k")), board.environment(), name, Boards.BUS);
        }
        theirWrites = board.writes();
        if (name.equals("asem")) Boards.asem();
        try (Session session = Boards.open(driver, Boards.BUS)) {
            var report = new TestReport().poll(session);
            assertThat(theirs.differences(DriverFacts.of(report))).isEqualTo(DriverFacts.documented(PAGE, name));
            if (name.equals("pijuice")) session.run("shutdown.default", "");
        }
        assertThat(board.writes()).isEqualTo(theirWrites);
    }

    /** Dumps of real ones: what they publish, ours does too. */
    @Test
    void hasTheNamesThatRealOnesPublish() throws IOException {
        List<SortedMap<String, String>> dumps = FieldDumps.of("pijuice");
        Assumptions.assumeFalse(dumps.isEmpty(), "there are no dumps");
        Boards.piJuice();
        try (Session session = Boards.open(new PiJuice(), Boards.BUS)) {
            DriverFacts ours = DriverFacts.of(new TestReport().poll(session));
            for (SortedMap<String, String> dump : dumps) {
                dump.keySet().removeAll(List.of("device.type", "ups.alarm"));
                assertThat(ours.variables().keySet()).containsAll(dump.keySet());
            }
        }
    }
}
