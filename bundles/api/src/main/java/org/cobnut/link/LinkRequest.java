package org.cobnut.link;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What a session asks of a {@link LinkProvider}. */
@ProviderType
public interface LinkRequest {
    /** The kind of link that is wanted. */
    Class<? extends Link> kind();

    /** The section of ups.conf that asks, for messages. */
    String ups();

    /**
     * The port as ups.conf has it, its scheme included; "auto" lets the provider find the device. For a {@link ByteLink} and a
     * {@link SerialLink} it is never "auto": the runtime has put a port in its place at which a scanner found the driver's
     * device.
     */
    String port();

    /** The parameters, when they are of this class; nothing when none were given. */
    <P extends LinkParameters> Optional<P> parameters(Class<P> type);

    /** Whether the section says {@code nolock}: other programs may use the device at the same time. */
    boolean shared();

    /**
     * Leases a device to this session, until the runtime closes the session's links. A provider asks for each device that
     * it finds behind {@code auto}, and for each device that only one session can use, before it opens it.
     *
     * @param device names the device among all, its scheme in front ({@code usb:1-2}), the same way however it was found
     * @return false while another session has it; when that one gives it back, this session is opened again
     */
    boolean lease(String device);

    /**
     * Opens the section again, soon: for a provider that found no device and notices later that one has come. Harmless when it
     * is open, or gone. Any thread.
     */
    void retry();

    /** Asks for an EVENT poll of the session: for a link that queues what the device sends by itself. Any thread. */
    void wake();

    /**
     * A request of something that is no session, such as a scanner: it leases nothing, and closes the link itself.
     *
     * @param user stands in the place of the section
     */
    static LinkRequest outside(String user, Class<? extends Link> kind, String port, LinkParameters parameters) {
        return new OutsideRequest(user, kind, port, parameters);
    }
}
