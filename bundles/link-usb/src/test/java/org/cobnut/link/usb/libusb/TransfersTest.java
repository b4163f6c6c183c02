package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.Rig.Section;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.cobnut.testkit.usb.UsbTransfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Transfers that go wrong, each way that a bus knows; the link is good for the next one. */
@EnabledOnOs(OS.LINUX)
@Timeout(30)
class TransfersTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final int PROTOCOL_ERROR = 71;

    /** A device that answers requests by their number: 1 well, 2 a stall, 3 silence, 4 less, 5 a fault on the wire. */
    private static final class Moody extends FakeUsbDevice {
        Moody() {
            super(0x0665, 0x5161);
            plain(0x81, 0x02);
        }

        @Override
        protected void take(UsbTransfer transfer) {
            if (!transfer.control() || transfer.requestType() != 0xc0) {
                super.take(transfer);
                return;
            }
            switch (transfer.request()) {
                case 1 -> transfer.answer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
                case 2 -> transfer.stall();
                case 3 -> {} // whoever asked gives up
                case 4 -> transfer.answer(new byte[] {1});
                default -> transfer.fail(PROTOCOL_ERROR);
            }
        }
    }

    private final Moody device = new Moody();
    private UsbBus bus;
    private UsbLinks links;
    private UsbLink link;

    @BeforeEach
    void start() throws IOException {
        bus = UsbBus.ofThisProcess();
        links = new UsbLinks();
        bus.plug("1-1", device);
        var table = UsbParameters.known(List.of(UsbDeviceId.parse("0665:5161")));
        link = (UsbLink) links.open(new Section("ups", "auto", table, UsbLink.class));
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        links.stop();
        bus.unplugAll();
    }

    private byte[] ask(int request, Duration wait) throws IOException {
        return link.controlIn(0xc0, request, 0, 0, 8, wait);
    }

    private void staysGood() throws IOException {
        assertThat(ask(1, WAIT)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void areRefused() throws IOException {
        for (int i = 0; i < 3; i++)
            assertThatExceptionOfType(StallException.class).isThrownBy(() -> ask(2, WAIT));
        staysGood();
    }

    @Test
    void areNotAnswered() throws IOException {
        for (int i = 0; i < 3; i++)
            assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> ask(3, SHORT));
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.interruptIn(0x81, 8, SHORT));
        staysGood();
        device.send(0x81, new byte[] {7});
        assertThat(link.interruptIn(0x81, 8, WAIT)).containsExactly(7);
    }

    @Test
    void bringLessThanWasAskedFor() throws IOException {
        assertThat(ask(4, WAIT)).containsExactly(1);
        device.send(0x81, new byte[0]);
        assertThat(link.interruptIn(0x81, 8, WAIT)).isEmpty();
        staysGood();
    }

    @Test
    void bringMoreThanWasAskedFor() throws IOException {
        device.send(0x81, new byte[64]);
        assertThatIOException()
                .isThrownBy(() -> link.interruptIn(0x81, 8, WAIT))
                .withMessageContaining("more came than was asked for");
        device.send(0x81, new byte[] {1, 2, 3, 4});
        assertThat(link.interruptIn(0x81, 2, WAIT)).as("whole packets").containsExactly(1, 2);
    }

    @Test
    void failOnTheWire() throws IOException {
        assertThatIOException().isThrownBy(() -> ask(5, WAIT)).withMessageContaining("failed on the wire");
        staysGood();
    }
}
