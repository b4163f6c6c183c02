package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;

import org.cobnut.link.usb.libusb.DeviceScan.Descriptor;
import org.cobnut.link.usb.libusb.DeviceScan.Plugged;
import org.junit.jupiter.api.Test;
import org.usb4java.LibUsb;

class OpenFailureTest {
    private static final Plugged DEVICE =
            new Plugged(null, 1, 999, "4", new Descriptor(0x110, 0, 0, 0, 8, 0x051d, 0x0002, 0x0106, 1, 2, 3, 1));

    @Test
    void saysWhichLineOfUdevHelps() {
        assertThat(OpenFailure.of(DEVICE, LibUsb.ERROR_ACCESS))
                .hasMessage("051d:0002 at 1-4 may not be opened by this user: type nutctl udev >"
                        + " /etc/udev/rules.d/62-cobnut.rules, or put this line there, and plug it in again:"
                        + " SUBSYSTEM==\"usb\", ATTR{idVendor}==\"051d\", ATTR{idProduct}==\"0002\", MODE=\"664\","
                        + " GROUP=\"nut\"");
    }

    @Test
    void saysHowToFindAProgramThatItMayNotSee() {
        assertThat(OpenFailure.of(DEVICE, LibUsb.ERROR_BUSY))
                .hasMessage("051d:0002 at 1-4 is held by another program; as root, type: fuser -v /dev/bus/usb/001/999."
                        + " The drivers of NUT end with: upsdrvctl stop");
    }

    @Test
    void namesTheCodeOfAnythingElse() {
        assertThat(OpenFailure.of(DEVICE, LibUsb.ERROR_IO)).hasMessageContaining("LIBUSB_ERROR_IO");
        assertThat(OpenFailure.of(DEVICE, LibUsb.ERROR_NO_DEVICE)).hasMessageContaining("was unplugged just now");
    }

    @Test
    void keepsTheBytesOfADeviceDescriptor() {
        assertThat(DEVICE.descriptor().bytes())
                .containsExactly(18, 1, 0x10, 1, 0, 0, 0, 8, 0x1d, 5, 2, 0, 6, 1, 1, 2, 3, 1);
    }
}
