package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.testkit.usb.FakeHidDevice;

/** What several tests of links to USB devices need: a UPS, and sections of any name that ask for it. */
final class Rig {
    /** Report 6: charge and runtime, feature and input. */
    private static final String DESCRIPTOR = """
            05 84 09 04 a1 01 09 24 a1 02 85 06 05 85 75 08 95 01 15 00 26 ff 00
            09 66 b1 02 75 20 09 68 b1 02 75 08 09 d0 81 02 75 10 09 68 81 02 c0 c0
            """;

    static final UsbParameters ELLIPSE = UsbParameters.known(List.of(UsbDeviceId.parse("0463:ffff")));

    private Rig() {}

    /** A UPS with these strings; null for a serial number that it does not have. */
    static FakeHidDevice ellipse(String serial) {
        var ups = new FakeHidDevice(0x0463, 0xffff, FakeHidDevice.hex(DESCRIPTOR));
        ups.strings("EATON", "Ellipse", serial);
        return ups.report(ReportType.FEATURE, 0x06, 0x06, 100, 0x10, 0x0e, 0, 0);
    }

    /** What a section asks for, and how often it was called. */
    static final class Section implements LinkRequest {
        final AtomicInteger wakes = new AtomicInteger();
        final AtomicInteger retries = new AtomicInteger();
        private final String name;
        private final String port;
        private final UsbParameters parameters;
        private final Class<? extends Link> kind;

        Section(String name, String port, UsbParameters parameters, Class<? extends Link> kind) {
            this.name = name;
            this.port = port;
            this.parameters = parameters;
            this.kind = kind;
        }

        Section(String name, UsbParameters parameters) {
            this(name, "auto", parameters, HidLink.class);
        }

        HidLink open(UsbLinks links) throws IOException {
            return (HidLink) links.open(this);
        }

        @Override
        public Class<? extends Link> kind() {
            return kind;
        }

        @Override
        public String ups() {
            return name;
        }

        @Override
        public String port() {
            return port;
        }

        @Override
        public <P extends LinkParameters> java.util.Optional<P> parameters(Class<P> type) {
            return java.util.Optional.of(type.cast(parameters));
        }

        @Override
        public boolean shared() {
            return false;
        }

        @Override
        public boolean lease(String device) {
            assertThat(device).startsWith("usb:1-");
            return true;
        }

        @Override
        public void retry() {
            retries.incrementAndGet();
        }

        @Override
        public void wake() {
            wakes.incrementAndGet();
        }
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("it did not come in 10 s");
            LockSupport.parkNanos(100_000);
        }
    }
}
