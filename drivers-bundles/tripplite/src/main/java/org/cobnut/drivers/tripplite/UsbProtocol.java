package org.cobnut.drivers.tripplite;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a unit with the product number 0001 lays out its answers; it tells the number of its protocol itself. */
enum UsbProtocol {
    SMART(0x0004),
    OMNIVS(0x1001),
    OMNISMART(0x2001),
    SMARTPRO(0x3003),
    /** Numbers in bytes, where the others have hexadecimal digits. */
    BINARY(0x3005),
    /** As SMARTPRO, by the answers of one unit that its owner published. */
    SMX(0x3017);

    private final int number;

    UsbProtocol(int number) {
        this.number = number;
    }

    /** The protocol of this number; empty when it is not known here. */
    static Optional<UsbProtocol> of(int number) {
        return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
    }

    /** The numbers of all, for a message. */
    static String numbers() {
        return Arrays.stream(values()).map(UsbProtocol::toString).collect(Collectors.joining(", "));
    }

    boolean binary() {
        return this == BINARY;
    }

    /** Whether it is a line-interactive unit, which answers D, M and T; the others answer B. */
    boolean smart() {
        return this != OMNIVS && this != OMNISMART;
    }

    /** Whether the watchdog can be stopped; it would switch the load off while nobody asks. */
    boolean hasWatchdog() {
        return this != SMARTPRO;
    }

    boolean hasUnitId() {
        return this != OMNIVS && this != SMART;
    }

    /** Such as "3003". */
    @Override
    public String toString() {
        return "%04x".formatted(number);
    }
}
