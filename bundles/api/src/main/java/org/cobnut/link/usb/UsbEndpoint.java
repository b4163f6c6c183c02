package org.cobnut.link.usb;

/**
 * One endpoint of an interface.
 *
 * @param address with bit 7 set for one that the device sends on, such as 0x81
 * @param transfer how it carries data
 * @param maxPacket bytes in one packet at most
 */
public record UsbEndpoint(int address, Transfer transfer, int maxPacket) {
    /** How an endpoint carries data. */
    public enum Transfer {
        CONTROL,
        ISOCHRONOUS,
        BULK,
        INTERRUPT
    }

    /** Whether the device sends on it. */
    public boolean in() {
        return (address & 0x80) != 0;
    }
}
