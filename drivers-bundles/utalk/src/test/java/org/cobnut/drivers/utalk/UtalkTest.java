package org.cobnut.drivers.utalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtalkTest {
    private final AtomicLong clock = new AtomicLong();
    private final Pulsar ups = new Pulsar();

    private Session open(String... lines) throws IOException {
        return SimulatorBench.open(new MgeUtalk(clock::get), ups, lines);
    }

    @ParameterizedTest
    @CsvSource({
        "Ss, 00000100, OB",
        "Ss, 00001100, OB LB",
        "Ss, 00000010, OL OVER",
        "Ss, 00010000, OL RB",
        "Bs, 10000000, OL DISCHRG",
        "Bs, 00000001, OL RB",
        "Ls, 00001000, OL BOOST",
        "Ls, 00100000, OL TRIM",
        "Ls, 00000000 00000001, OL OB LB",
        "Ps, 00000001, OL BYPASS",
    })
    void readsEachStatus(String question, String flags, String words) throws IOException {
        ups.says("Bs", "00000000\r\n");
        Session session = open();
        var report = new TestReport();
        assertThat(report.poll(session).status()).containsExactly("OL");
        ups.says(question, flags + "\r\n");
        assertThat(report.poll(session).status()).containsExactlyInAnyOrder(words.split(" "));
        ups.says(question, "00000000\r\n");
        assertThat(report.poll(session).status()).containsExactly("OL");
    }

    @Test
    void raisesAlarms() throws IOException {
        ups.says("Ss", "11000000\r\n");
        assertThat(new TestReport().poll(open()).alarms())
                .containsExactlyInAnyOrder("communication fault", "alarm of the device");
    }

    @Test
    void takesNoStatusThatCannotBe() throws IOException {
        Session session = open();
        new TestReport().poll(session);
        ups.says("Ss", "1\r\n");
        assertThatIOException().isThrownBy(() -> new TestReport().poll(session));
    }

    @ParameterizedTest
    @CsvSource({
        "1 1, 240.2, 001.3, 500.00",
        "1 2, 24.02, 0.01, 5000.00",
        "1 3, 240.2, 0.0, 500.00",
        "1, 2402.0, 13.0, 5000.00"
    })
    void multipliesByTheTableThatTheUpsNames(String table, double volts, double amperes, String hertz)
            throws IOException {
        ups.says("Ai", table + "\r\n")
                .says("Uv", table.equals("1 1") || table.equals("1 3") ? "240.2\r\n" : "2402\r\n");
        ups.says("Lc", table.equals("1 1") ? "1.3\r\n" : table.equals("1") ? "13\r\n" : "1.3\r\n");
        var values = new TestReport().poll(open()).values();
        assertThat(Double.parseDouble(values.getOrDefault("input.voltage", ""))).isCloseTo(volts, offset(0.05));
        assertThat(Double.parseDouble(values.getOrDefault("output.current", "")))
                .isCloseTo(amperes, offset(0.05));
        assertThat(values).containsEntry("input.frequency", hertz);
    }

    @Test
    void asksEverythingOnceAMinute() throws IOException {
        Session session = open();
        new TestReport().poll(session);
        ups.requests();
        new TestReport().poll(session);
        assertThat(ups.requests()).containsExactly("Ss", "Bs", "Ls", "Ps");
        clock.addAndGet(60_000_000_000L);
        new TestReport().poll(session);
        assertThat(ups.requests()).contains("Ss", "Uv", "Bl").doesNotContain("Bl ?");
    }

    @Test
    void leavesOutWhatTheUpsDoesNotKnow() throws IOException {
        ups.says("St", "?\r\n").says("Eu ?", "?\r\n");
        Session session = open();
        var report = new TestReport().poll(session);
        assertThat(report.values()).doesNotContainKeys("ups.temperature", "input.transfer.high");
        assertThat(session.set("input.transfer.high", "250")).isEqualTo(Outcome.unknown());
        ups.requests();
        clock.addAndGet(60_000_000_000L);
        report.poll(session);
        assertThat(ups.requests()).doesNotContain("St", "Eu ?");
    }

    @Test
    void wakesAUpsThatSleeps() throws IOException {
        ups.says("Si");
        assertThatIOException().isThrownBy(this::open);
        assertThat(ups.requests()).startsWith("Si", "Z", "Z", "Ax 1", "Si");
    }

    @Test
    void namesAnOlderUpsByItsNumbers() throws IOException {
        ups.says("Si 1", "?\r\n").says("Si", "3000 17 0\r\n");
        assertThat(new TestReport().poll(open()).values())
                .containsEntry("ups.model", "Pulsar ESV8")
                .containsEntry("ups.firmware", "unknown")
                .doesNotContainKey("ups.id");
        assertThat(Identity.of("", "Evolutio 2200 12").model()).isEqualTo("Evolution 2200");
    }

    @ParameterizedTest
    @CsvSource({
        "test.battery.start, Bx 1",
        "test.panel.start, Sx 129",
        "shutdown.return, Sx 5|Sx 0",
        "shutdown.stayoff, Sx 0",
        "shutdown.default, Sx 5|Sx 0",
        "load.off, Wy 65535|Wx 0",
        "load.on, Wy 65535|Wx 1",
        "bypass.start, Px 3",
        "bypass.stop, Px 2",
    })
    void sendsACommandOnce(String command, String wire) throws IOException {
        Session session = open();
        new TestReport().poll(session);
        ups.requests();
        assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly(wire.split("\\|"));
        ups.fault(Fault.SILENCE);
        assertThat(session.run(command, "").code()).isEqualTo(Outcome.Code.FAILED);
        assertThat(ups.requests()).containsExactly(wire.split("\\|")[0]);
    }

    @Test
    void writesSettings() throws IOException {
        Session session = open("lowbatt = 40", "OffDelay = 90");
        assertThat(ups.requests()).contains("Bl 40", "Sn 90").doesNotContain("Sm 1");
        var report = new TestReport().poll(session);
        assertThat(report.type("battery.charge.low").maxLength()).hasValue(2);
        ups.requests();
        assertThat(session.set("battery.charge.low", "45")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly("Bl 45");
        assertThat(session.set("battery.charge.low", "much").code()).isEqualTo(Outcome.Code.INVALID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("offdelay = soon"))
                .withMessageContaining("'offdelay'");
    }

    @Test
    void namesWhatRealUnitsTell() throws IOException {
        var known = new HashSet<>(Set.of("ups.status"));
        known.addAll(new TestReport().poll(open()).values().keySet());
        for (var dump : FieldDumps.of("mge-utalk")) {
            dump.keySet().removeIf(name -> name.startsWith("device."));
            assertThat(known).containsAll(dump.keySet());
        }
    }
}
