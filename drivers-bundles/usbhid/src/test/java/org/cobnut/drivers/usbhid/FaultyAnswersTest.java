package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices that refuse, are silent, say half of it or something else. */
class FaultyAnswersTest {
    @Test
    void takesNoneOfTheFieldsThatAShortReportLeavesOut() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            ups.input("0c 5f").input("16").input("").input("77 01 02");
            report.poll(session, Due.EVENT);
            assertThat(report.values()).containsEntry("battery.charge", "95").containsEntry("battery.runtime", "2860");
            assertThat(report.status()).containsExactly("OL");
        }
    }

    @Test
    void asksNoMoreForAReportThatIsRefusedAndGoesOnWithoutIt() throws IOException {
        TestUps ups = TestUps.apc().without(0x35).without(0x31);
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            assertThat(report.values()).doesNotContainKeys("input.sensitivity", "input.voltage");
            ups.log();
            report.poll(session, Due.FULL);
            assertThat(ups.log()).doesNotContain("get 35", "get 31").contains("get 0c");
        }
    }

    @Test
    void takesAReadingWithoutTheStatusForNone() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            ups.without(0x16);
            assertThatIOException()
                    .isThrownBy(() -> report.poll(session, Due.QUICK))
                    .withMessageContaining("report 16");
            ups.feature("16 08 00 00 00");
            assertThat(report.poll(session, Due.QUICK).status()).containsExactly("OB");
        }
    }

    /** Another report than was asked for, nothing at all, half a report and noise, each between two good answers. */
    @ParameterizedTest
    @CsvSource({"33 8a 00", "''", "31", "ff ff ff ff ff ff"})
    void takesGarbageInTheMiddleForNoValueAndReadsOn(String garbage) throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            assertThat(report.values()).containsEntry("input.voltage", "234.0");
            ups.answer(0x31, garbage);
            report.poll(session, Due.FULL);
            assertThat(report.values()).doesNotContainKey("input.voltage").containsEntry("battery.charge", "100");
            assertThat(report.status()).containsExactly("OL");
            ups.feature("31 ea 00");
            assertThat(report.poll(session, Due.FULL).values()).containsEntry("input.voltage", "234.0");
        }
    }

    @Test
    void asksOnceMoreAfterSilenceAndThenNoMore() throws IOException {
        TestUps ups = TestUps.apc().silent(0x35, true);
        try (Session session = Bench.open(ups)) {
            var report = new TestReport();
            assertThatIOException().isThrownBy(() -> report.poll(session));
            report.poll(session);
            assertThat(report.values()).containsKey("input.voltage").doesNotContainKey("input.sensitivity");
            ups.log();
            report.poll(session);
            assertThat(ups.log()).doesNotContain("get 35");
        }
    }

    @Test
    void saysThatTheDeviceIsGone() throws IOException {
        TestUps ups = TestUps.apc();
        Session session = Bench.open(ups);
        var report = new TestReport().poll(session);
        ups.lost();
        assertThatIOException()
                .isThrownBy(() -> report.poll(session, Due.EVENT))
                .withMessage("the device is gone");
        session.close();
    }
}
