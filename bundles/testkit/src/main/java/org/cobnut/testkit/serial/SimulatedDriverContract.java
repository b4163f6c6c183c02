package org.cobnut.testkit.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every driver of a serial device keeps to: {@link DriverContract}, and that a device that fails costs a reading and
 * never brings a wrong one. A driver's test extends it and says which device it simulates.
 */
public abstract class SimulatedDriverContract extends DriverContract {
    /** What other tests are for. */
    private static final Set<Fault> ELSEWHERE = Set.of(Fault.NONE, Fault.MUTATED, Fault.UNPLUGGED);

    /** Readings that may be lost after a device has come round. */
    private static final int MOST_LOST = 2;

    /** A device that answers, and whose values do not change; a new one each time. */
    protected abstract SerialSimulator device();

    /** The driver's lines in ups.conf. */
    protected String[] lines() {
        return new String[0];
    }

    /** How the device fails. {@link Fault#CORRUPT} is left out for a protocol without checksum and of free text. */
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE));
    }

    @Override
    protected final Settings settings(Path folder) {
        return SimulatorBench.settings(driver(), lines());
    }

    @Override
    protected final TestLinks links(Path folder) {
        return SimulatorBench.links(parameters -> new SimulatedLine(device(), parameters));
    }

    @TestFactory
    Stream<DynamicTest> losesAReadingAtMostWhenTheDeviceFails() {
        return faults().stream()
                .filter(fault -> !ELSEWHERE.contains(fault))
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> fails(fault)));
    }

    /** The runtime opens a session anew when its polls fail, and only then. */
    @Test
    void failsFromTheMomentOnThatTheAdapterIsPulledOut() throws IOException {
        SerialSimulator device = device();
        Reading good;
        try (Session session = SimulatorBench.open(driver(), device, lines())) {
            good = read(session, Due.FULL);
            device.fault(Fault.UNPLUGGED);
            try {
                read(session, Due.FULL);
            } catch (IOException lost) {
                assertThat(device.unplugged()).isTrue();
            }
            assumeThat(device.unplugged()).as("the device answers").isTrue();
            for (Due due : List.of(Due.QUICK, Due.FULL))
                assertThatThrownBy(() -> read(session, due)).isInstanceOf(IOException.class);
        }
        device.fault(Fault.NONE);
        try (Session again = SimulatorBench.open(driver(), device, lines())) {
            assertThat(readAtLast(again)).isEqualTo(good);
        }
    }

    private void fails(Fault fault) throws IOException {
        SerialSimulator device = device();
        try (Session session = SimulatorBench.open(driver(), device, lines())) {
            Reading good = read(session, Due.FULL);
            device.fault(fault);
            for (Due due : List.of(Due.QUICK, Due.FULL)) {
                try {
                    Reading reading = read(session, due);
                    assertThat(reading.status()).isEqualTo(good.status());
                    assertThat(reading.alarms()).isEqualTo(good.alarms());
                    assertThat(good.values()).containsAllEntriesOf(reading.values());
                } catch (IOException lost) {
                    assertThat(lost).hasMessageMatching("(?s).{10,}");
                }
            }
            device.fault(Fault.NONE);
            assertThat(readAtLast(session)).isEqualTo(good);
        }
    }

    private record Reading(List<String> status, List<String> alarms, Map<String, String> values) {}

    private static Reading read(Session session, Due due) throws IOException {
        TestReport report = new TestReport().poll(session, due);
        return new Reading(report.status(), report.alarms(), report.values());
    }

    private static Reading readAtLast(Session session) throws IOException {
        for (int lost = 0; ; lost++) {
            try {
                return read(session, Due.FULL);
            } catch (IOException e) {
                if (lost == MOST_LOST) throw e;
            }
        }
    }
}
