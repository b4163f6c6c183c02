package org.cobnut.drivers.usbhid;

import org.cobnut.testkit.usb.FakeHidDevice;

/** Report descriptors of tests. */
final class Descriptors {
    private Descriptors() {}

    /** Bytes in hexadecimal. */
    static byte[] of(String... lines) {
        return FakeHidDevice.hex(String.join(" ", lines));
    }
}
