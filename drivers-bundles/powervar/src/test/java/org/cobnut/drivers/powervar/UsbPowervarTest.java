package org.cobnut.drivers.powervar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.UsbLinks;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.cobnut.testkit.usb.UsbTransfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A unit on the emulated bus, read over libusb. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UsbPowervarTest {
    private static final byte[] REPORTS = {6, 0, (byte) 0xff, 9, 1, (byte) 0xa1, 1, (byte) 0xc0};

    private final PowervarUnit unit = new PowervarUnit();
    private UsbBus bus;
    private boolean halved;

    /** The unit behind reports of HID. */
    private final FakeUsbDevice device = new FakeUsbDevice(0x4234, 0x0001) {
        @Override
        protected void take(UsbTransfer transfer) {
            if (!transfer.control() || transfer.in() || transfer.request() != 9) {
                super.take(transfer);
                return;
            }
            String request = new String(transfer.data(), StandardCharsets.ISO_8859_1);
            transfer.accept();
            if (request.isBlank()) return;
            byte[] answer = (unit.said(request.strip()) + "\r").getBytes(StandardCharsets.ISO_8859_1);
            int length = halved ? answer.length / 2 : answer.length;
            for (int at = 0; at < length; at += 8) send(0x81, Arrays.copyOfRange(answer, at, at + 8));
        }
    };

    @AfterEach
    void unplug() throws IOException {
        bus.unplugAll();
    }

    @Test
    void readsAUnitAndGoesOnAfterHalfAnAnswer() throws IOException {
        device.hid(REPORTS, 0x81).strings("POWERVAR", "UPM", "1");
        bus = UsbBus.ofThisProcess();
        bus.plug("1-1", device);
        var driver = new PowervarUsb();
        Settings settings = Settings.of("u", "auto", driver.options(), Map.of());
        var parameters = UsbParameters.of(settings, List.of(UsbDeviceId.parse("4234:0001")));
        UsbLink link = TestRequest.of(UsbLink.class, "auto", parameters).open(new UsbLinks());
        try (Session session = driver.open(settings, new TestLinks(Path.of("")).with("auto", link))) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.vendorid", "4234")
                    .containsEntry("ups.productid", "0001")
                    .containsEntry("input.voltage", "121.3");
            unit.with("OUT", "SOURCE", "3").with("BAT", "STATUS", "3");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            halved = true;
            assertThatIOException().isThrownBy(() -> report.poll(session));
            halved = false;
            session.run("load.off.delay", "");
            assertThat(unit.value("SET", "OFFDLY")).isEqualTo("1");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
        }
    }
}
