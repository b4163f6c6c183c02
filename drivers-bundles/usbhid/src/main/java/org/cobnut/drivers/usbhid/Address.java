package org.cobnut.drivers.usbhid;

import java.util.List;
import org.cobnut.drivers.usbhid.descriptor.HidPath;

/** What the rows of a mapping read or write. */
sealed interface Address {
    /**
     * A value in the reports of a device.
     *
     * @param paths where it may stand; the first that the device has counts
     * @param mask the bits that count, as 1 if any of them is set; 0 for the value itself
     * @param text whether the value is the index of a string, which counts in its place
     */
    record Value(List<HidPath> paths, long mask, boolean text) implements Address {
        public Value {
            paths = List.copyOf(paths);
        }
    }

    /**
     * What is known when the device is open, before any report.
     *
     * @param name {@code device:} and one of {@link #DEVICE}, or {@code option:} and a flag of the section, yes or no
     */
    record Fact(String name) implements Address {
        static final String OPTION = "option:";
        static final List<String> DEVICE = List.of(
                "device:vendorid",
                "device:productid",
                "device:vendor",
                "device:product",
                "device:serial",
                "device:release");
    }
}
