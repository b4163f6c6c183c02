package org.cobnut.link.usb;

import java.io.IOException;
import java.util.Optional;
import org.cobnut.link.Link;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reports of one HID device, on USB or over a serial line (SHUT). Used by one thread at a time, but for {@link #close}.
 *
 * <p>Each request throws {@link org.cobnut.link.NoAnswerException} when the device does not answer in 5 s, and
 * {@link StallException} when it refuses; the link stays good after both. An interrupt ends a request with
 * {@link java.io.InterruptedIOException}. Every other IOException means that the device is lost, and stays so: open another
 * link. When the device is unplugged, the session is woken, and a request under way ends at once.
 */
@ProviderType
public interface HidLink extends Link {
    /** What the device says of itself, read when it was opened. */
    UsbIdentity identity();

    /** The report descriptor as the device tells it, read when it was opened. */
    byte[] reportDescriptor();

    /**
     * Reads a report by request.
     *
     * @param id 0 when the device uses no ids
     * @param maxLength bytes to ask for, the byte of the id included
     * @return the bytes as they came, as many as came: the first is the id where the device sends one
     */
    byte[] getReport(ReportType type, int id, int maxLength) throws IOException;

    /**
     * Writes a report by request.
     *
     * @param bytes all that is sent, the byte of the id included where the device uses ids
     */
    void setReport(ReportType type, int id, byte[] bytes) throws IOException;

    /**
     * Takes the next input report that the device sent by itself. They queue in the link, which wakes the session for each; of
     * more than 256 the oldest are lost. Does not wait.
     *
     * @return the bytes as they came, or nothing; always nothing when the parameters say so ({@code pollonly}), and when
     *     the device has no endpoint for it
     * @throws IOException when the device is lost and all that came before has been taken
     */
    Optional<byte[]> nextInput() throws IOException;

    /**
     * Reads a string in the device's first language. Is not remembered: a device may change it.
     *
     * @return nothing for index 0, and for a string that the device does not have or does not tell
     * @throws IOException when the device is lost
     */
    Optional<String> string(int index) throws IOException;
}
