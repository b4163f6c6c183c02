package org.cobnut.drivers.usbhid.subdriver;

import java.util.List;
import org.cobnut.drivers.usbhid.descriptor.HidPath;

/** What the rows of a mapping read or write. */
public sealed interface Address {
    /** What stands in front of the bits of a word that is written, which is no quantity. */
    String WORD = "0x";

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
        /** In front of the name of an option. */
        public static final String OPTION = "option:";

        /** Names of what the device says of itself. */
        public static final List<String> DEVICE = List.of(
                "device:vendorid",
                "device:productid",
                "device:vendor",
                "device:product",
                "device:serial",
                "device:release");

        /** Options that a mapping may look at. */
        public static final List<String> FLAGS =
                List.of("powercom_sdcmd_byte_order_fallback", "powercom_sdcmd_discrete_delay", "explore");
    }

    /** The text by which a word is written bit by bit, whatever the limits of the field, for what it packs has limits of its own. */
    static String word(long bits) {
        return WORD + Long.toHexString(bits);
    }
}
