package org.cobnut.drivers.liebertesp2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiebertEsp2Test {
    private static TestReport poll(EspUnit unit) throws IOException {
        try (Session session = SimulatorBench.open(new LiebertEsp2(), unit)) {
            return new TestReport().poll(session);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsASmallUnitWhetherOrNotItRepeatsWhatItIsAsked(boolean repeats) throws IOException {
        TestReport report = poll(EspUnit.small(repeats));
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("ups.mfr", "Liebert")
                .containsEntry("ups.model", "GXT2-1000RT230")
                .containsEntry("ups.serial", "0428100126AF041")
                .containsEntry("ups.mfr.date", "12OCT04")
                .containsEntry("ups.type", "online")
                .containsEntry("battery.runtime", "8280")
                .containsEntry("battery.voltage", "54.9")
                .containsEntry("input.frequency", "50.0")
                .containsEntry("ups.power", "186")
                .containsEntry("ups.power.nominal", "1000")
                .containsEntry("input.voltage", "229.8")
                .containsEntry("output.current", "0.8");
    }

    @Test
    void readsThreePhases() throws IOException {
        assertThat(poll(EspUnit.threePhase()).values())
                .containsEntry("input.phases", "3")
                .containsEntry("ups.type", "line-interactive")
                .containsEntry("input.L2-N.voltage", "236.0")
                .containsEntry("input.L3.current", "5.2")
                .containsEntry("output.L3.power", "1600")
                .containsEntry("output.L1.power.percent", "19")
                .containsEntry("output.L1.crestfactor", "2.1")
                .containsEntry("output.frequency", "50.0")
                .containsEntry("ups.power.nominal", "20000")
                .doesNotContainKeys("input.voltage", "ups.load");
    }

    @Test
    void followsAnOutage() throws IOException {
        EspUnit unit = EspUnit.small(true);
        try (Session session = SimulatorBench.open(new LiebertEsp2(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.set("148.1", 0x100).set("149.3", -20);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "DISCHRG");
            assertThat(report.values()).containsEntry("battery.current", "-0.20");
            unit.set("148.3", 0x21);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "DISCHRG", "LB", "OVER");
            unit.set("148.1", 2).set("148.3", 0).set("148.2", 0x61).set("149.3", 20);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "CHRG", "BYPASS", "RB", "BOOST");
            unit.set("148.2", 0x200).set("149.3", 0);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "TRIM");
        }
    }

    @Test
    void shutsDown() throws IOException {
        EspUnit unit = EspUnit.small(true);
        try (Session session = SimulatorBench.open(new LiebertEsp2(), unit)) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests())
                    .containsExactly(
                            "\1\u009c\4\1\6\0\1\u00a9",
                            "\1\u009c\4\1\5\0\f\u00b3",
                            "\1\u009c\2\1\7\u00a7",
                            "\1\u009c\4\1\u0088LL\u00c2");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        Set<String> known =
                new TreeSet<>(Set.of("device.mfr", "device.model", "device.serial", "device.type", "ups.status"));
        // of 2.4.3; battery.charge is not told any more, and the phases have other names
        known.add("battery.charge");
        for (int line = 1; line <= 3; line++)
            for (String name : new String[] {"load", "power", "realpower"}) known.add("ups.L" + line + "." + name);
        known.addAll(poll(EspUnit.small(true)).values().keySet());
        known.addAll(poll(EspUnit.threePhase()).values().keySet());
        for (SortedMap<String, String> dump : FieldDumps.of("liebert-esp2"))
            assertThat(known).containsAll(dump.keySet());
    }
}
