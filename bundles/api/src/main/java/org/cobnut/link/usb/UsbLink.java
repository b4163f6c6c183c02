package org.cobnut.link.usb;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.Link;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Transfers to and from one interface of a device on USB. The interface is claimed, and the kernel's driver of it, if it had
 * one, gets it back at {@link #close}. Used by one thread at a time, but for {@link #close}.
 *
 * <p>Every transfer has a time-out and throws {@link org.cobnut.link.NoAnswerException} when it passes, and
 * {@link StallException} when the device refuses; the link stays good after both. An interrupt ends a transfer with
 * {@link java.io.InterruptedIOException}. Every other IOException means that the device is lost (unplugged, closed, no
 * longer permitted) and stays so: open another link. When the device is unplugged, the session is woken, and a transfer under
 * way ends at once.
 */
@ProviderType
public interface UsbLink extends Link {
    /** What the device says of itself, read when it was opened. */
    UsbIdentity identity();

    /** The 18 bytes of the device descriptor. */
    byte[] deviceDescriptor();

    /** The active configuration descriptor with all that hangs on it: interfaces, class descriptors, endpoints. */
    byte[] configurationDescriptor();

    /** The number of the interface that is claimed. */
    int interfaceNumber();

    /** The endpoints of that interface, in the alternate setting that is in use; without endpoint 0. */
    List<UsbEndpoint> endpoints();

    /**
     * Reads a string in the device's first language.
     *
     * @return nothing for index 0, and for a string that the device does not have or does not tell
     * @throws IOException when the device is lost
     */
    Optional<String> string(int index) throws IOException;

    /**
     * Reads a string descriptor as it comes, its two bytes of length and type included: some devices answer commands by it.
     *
     * @param language such as 0x0409
     * @param length bytes to ask for
     */
    default byte[] stringDescriptor(int index, int language, int length, Duration wait) throws IOException {
        return controlIn(0x80, 0x06, 0x0300 + index, language, length, wait);
    }

    /**
     * Asks on endpoint 0.
     *
     * @param requestType with bit 7 set
     * @param length bytes to ask for
     * @return what came, as many bytes as came
     */
    byte[] controlIn(int requestType, int request, int value, int index, int length, Duration wait) throws IOException;

    /**
     * Sends on endpoint 0.
     *
     * @param requestType without bit 7
     */
    void controlOut(int requestType, int request, int value, int index, byte[] data, Duration wait) throws IOException;

    /**
     * Waits for data on an interrupt endpoint; on the one that the section asks for, if it does, as {@link #interruptOut}.
     *
     * @param length bytes to take at most; the answer may have fewer
     */
    byte[] interruptIn(int endpoint, int length, Duration wait) throws IOException;

    /** Sends data on an interrupt endpoint. */
    void interruptOut(int endpoint, byte[] data, Duration wait) throws IOException;

    /**
     * Waits for data on a bulk endpoint.
     *
     * @param length bytes to take at most; the answer may have fewer
     */
    byte[] bulkIn(int endpoint, int length, Duration wait) throws IOException;

    /** Sends data on a bulk endpoint. */
    void bulkOut(int endpoint, byte[] data, Duration wait) throws IOException;

    /** Ends the halt of an endpoint, after a {@link StallException} on it. */
    void clearHalt(int endpoint) throws IOException;

    /** Resets the device; a last resort and no routine. A device that comes back as another is lost. */
    void reset() throws IOException;
}
