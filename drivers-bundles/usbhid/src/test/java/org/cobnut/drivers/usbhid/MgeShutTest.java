package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.drivers.usbhid.shut.ShutUps;
import org.cobnut.link.Link;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatedLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A unit with a serial plug: the same values as on USB. */
@Timeout(60)
class MgeShutTest {
    private static final Map<Integer, String> STRINGS =
            Map.of(1, "SANTAK", 2, "TG-BOX 850", 3, "G00000000001", 4, "PbAc", 5, "01");

    private final ShutUps ups;

    MgeShutTest() throws IOException {
        ups = new ShutUps(
                TestUps.descriptor("mge-0463-ffff-santak-tg-box-850"),
                TestUps.santak().features(),
                STRINGS);
    }

    private static SerialParameters parameters() {
        return SerialParameters.at(2400).lines(false, true);
    }

    private static Session open(Link line, String... lines) throws IOException {
        var driver = new MgeShut();
        return driver.open(Bench.settings(driver, lines), new TestLinks(Path.of("")).with("auto", line));
    }

    private Session open(String... lines) throws IOException {
        return open(new SimulatedLine(ups, parameters()), lines);
    }

    @Test
    void showsWhatTheUnitShowsOnUsb() throws IOException {
        var usb = new TestReport();
        try (Session session = Bench.open(TestUps.santak())) {
            for (int i = 0; i < 5; i++) usb.poll(session);
        }
        var shut = new TestReport();
        try (Session session = open()) {
            for (int i = 0; i < 5; i++) shut.poll(session);
        }
        assertThat(shut.values()).isEqualTo(usb.values());
        assertThat(shut.commands()).isEqualTo(usb.commands());
        assertThat(shut.status()).isEqualTo(usb.status());
    }

    @Test
    void asksAgainWhenAPacketCameBroken() throws IOException {
        try (Session session = open()) {
            ups.breakOne();
            assertThat(new TestReport().poll(session).values()).containsEntry("battery.charge", "100");
        }
    }

    @Test
    void writesCommandsAndWaits() throws IOException {
        try (Session session = open()) {
            new TestReport().poll(session);
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(ups.written()).containsExactly("0a 1e 00 00 00", "09 14 00 00 00");
        }
    }

    @Test
    void takesWhatTheUnitSendsByItself() throws IOException {
        try (Session session = open("notification = 3")) {
            var report = new TestReport();
            for (int i = 0; i < 5; i++) report.poll(session);
            ups.notify("06 5a e0 04 00 00");
            report.poll(session, Due.EVENT);
            assertThat(report.values()).containsEntry("battery.charge", "90");
            ups.notify("06 59 e0 04 00 00");
            report.poll(session, Due.QUICK);
            assertThat(report.status())
                    .as("a notification stands in front of an answer")
                    .contains("OL");
        }
    }

    @Test
    void saysThatNobodyIsThere() {
        ups.fault(Fault.SILENCE);
        assertThatIOException().isThrownBy(this::open).withMessageContaining("no unit that speaks SHUT answers");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void worksOnALine(@TempDir Path folder) throws IOException {
        try (var pty = new PtyLine(ups, folder)) {
            var serial =
                    TestRequest.of(SerialLink.class, pty.port(), parameters()).open(new SerialLinks());
            try (Session session = open(serial)) {
                assertThat(new TestReport().poll(session).values())
                        .containsEntry("ups.model", "TG-BOX 850")
                        .containsEntry("battery.charge", "100");
            }
        }
    }
}
