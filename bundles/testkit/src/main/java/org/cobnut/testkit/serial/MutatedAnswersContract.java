package org.cobnut.testkit.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cobnut.driver.Session;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.junit.jupiter.api.Test;

/**
 * What a driver of a serial device keeps to beside {@link SimulatedDriverContract}: answers in which bytes are others, missing
 * or twice make a reading fail, and nothing worse.
 */
public abstract class MutatedAnswersContract extends SimulatedDriverContract {
    private static final int ROUNDS = 100;
    private static final int POLLS = 3;

    /** At the start, and later. */
    @Test
    void throwsNothingElseWhateverTheDeviceAnswers() {
        for (int round = 0; round < ROUNDS; round++) {
            SerialSimulator device = device();
            if (round % 2 == 0) device.fault(Fault.MUTATED);
            try (Session session = SimulatorBench.open(driver(), device, lines())) {
                device.fault(Fault.MUTATED);
                for (int poll = 0; poll < POLLS; poll++) new TestReport().poll(session);
            } catch (IOException lost) {
                assertThat(lost).hasMessageMatching("(?s).{10,}");
            }
        }
    }
}
