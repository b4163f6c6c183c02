package org.cobnut.link.usb;

import java.util.OptionalInt;
import org.cobnut.driver.Settings;

/** How a link provider sets up a device on USB that it found; a part of {@link UsbParameters}. Immutable. */
public final class UsbSetup {
    static final UsbSetup USUAL = new UsbSetup(false, false, OptionalInt.empty(), Indexes.USUAL);

    private final boolean pollOnly;
    private final boolean duplicates;
    private final OptionalInt interruptSize;
    private final Indexes indexes;

    /** NUT's numbers that begin with {@code usb_}. */
    private record Indexes(
            OptionalInt alternate,
            OptionalInt configuration,
            OptionalInt interfaceNumber,
            OptionalInt descriptorInterface,
            OptionalInt endpointIn,
            OptionalInt endpointOut) {
        static final Indexes USUAL = new Indexes(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private UsbSetup(boolean pollOnly, boolean duplicates, OptionalInt interruptSize, Indexes indexes) {
        this.pollOnly = pollOnly;
        this.duplicates = duplicates;
        this.interruptSize = interruptSize;
        this.indexes = indexes;
    }

    static UsbSetup of(Settings settings) {
        var indexes = new Indexes(
                number(settings, "usb_set_altinterface", 10),
                number(settings, "usb_config_index", 16),
                number(settings, "usb_hid_rep_index", 16),
                number(settings, "usb_hid_desc_index", 16),
                number(settings, "usb_hid_ep_in", 16),
                number(settings, "usb_hid_ep_out", 16));
        return new UsbSetup(
                settings.values().containsKey("pollonly"),
                settings.values().containsKey("allow_duplicates"),
                OptionalInt.empty(),
                indexes);
    }

    UsbSetup withoutInterrupts() {
        return new UsbSetup(true, duplicates, interruptSize, indexes);
    }

    UsbSetup withInterruptSize(int bytes) {
        return new UsbSetup(pollOnly, duplicates, OptionalInt.of(bytes), indexes);
    }

    /** Whether interrupt reports are not wanted. */
    public boolean pollOnly() {
        return pollOnly;
    }

    /** Whether one of several devices that cannot be told apart may be taken. */
    public boolean duplicates() {
        return duplicates;
    }

    /** Bytes of an interrupt report at most; empty for the packet size of the endpoint. */
    public OptionalInt interruptSize() {
        return interruptSize;
    }

    /** The alternate setting to choose; empty to choose none. */
    public OptionalInt alternate() {
        return indexes.alternate();
    }

    /** The index of the configuration descriptor; empty for the one that is active. */
    public OptionalInt configuration() {
        return indexes.configuration();
    }

    /** The interface that the section asks for; empty for what the table says, or the usual one. */
    public OptionalInt interfaceNumber() {
        return indexes.interfaceNumber();
    }

    /** The interface whose HID descriptor counts; empty for the one that is claimed. */
    public OptionalInt descriptorInterface() {
        return indexes.descriptorInterface();
    }

    /** The number of the endpoint for interrupt reports that the section asks for, without its direction bit. */
    public OptionalInt endpointIn() {
        return indexes.endpointIn();
    }

    /** The number of the endpoint for interrupt data that the section asks for; a link uses it in place of any other. */
    public OptionalInt endpointOut() {
        return indexes.endpointOut();
    }

    private static OptionalInt number(Settings settings, String option, int radix) {
        String text = settings.values().get(option);
        if (text == null) return OptionalInt.empty();
        if (text.isEmpty() && option.equals("usb_set_altinterface")) return OptionalInt.of(0);
        try {
            return OptionalInt.of(Integer.parseInt(text.strip().replaceFirst("^0[xX]", ""), radix));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "option '%s' wants a %s number, not '%s'"
                            .formatted(option, radix == 16 ? "hexadecimal" : "decimal", text),
                    wrong);
        }
    }
}
