package org.cobnut.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.device.DeviceService;
import org.osgi.annotation.versioning.ProviderType;

/** What one session may use of the world outside itself, given by the runtime. */
@ProviderType
public interface Links {
    /**
     * The file a section means by a relative or absolute name: absolute as it stands, a name that begins with a dot
     * from the working directory, anything else below the configuration directory (dummy-ups(8), "IMPLEMENTATION").
     */
    Path file(String name);

    /**
     * Opens a link of some kind through the {@link LinkProvider} service of that kind and of the port's scheme. The runtime
     * owns the link and closes it with the session, also when {@link org.cobnut.driver.Driver#open} fails. Where the section
     * says {@code nolock}, the device is shared whatever the parameters say.
     *
     * @param kind such as {@code ByteLink.class}
     * @param port as ups.conf has it; "auto" leads a byte link and a serial line to the first serial port at which a
     *     {@link org.cobnut.scan.Scanner} finds a device for the section's driver, and any other kind of link to a device that
     *     its provider finds; never to one that another session has
     * @throws IOException when it cannot be opened; also when no bundle offers links of this kind, in which case the
     *     device is opened again as soon as one does
     */
    <L extends Link> L open(Class<L> kind, String port, LinkParameters parameters) throws IOException;

    /** Opens a link with the parameters that its kind has by default. */
    default <L extends Link> L open(Class<L> kind, String port) throws IOException {
        return open(kind, port, LinkParameters.NONE);
    }

    /**
     * Another device of this runtime: by its name, or as NUT names its socket, {@code DRIVER-NAME}; never the session's
     * own. From then on the session is woken when that device changes, comes or goes, so it is asked for anew in each poll.
     *
     * @return nothing while there is no such device
     */
    default Optional<DeviceService> device(String port) {
        return Optional.empty();
    }

    /**
     * Asks for a poll with {@link org.cobnut.driver.Due#EVENT}, as soon as no other call is under way, and at most once in
     * 20 ms. Any thread; wishes that pile up count once. This is how a session that hears of a change (an interrupt report, a
     * trap) publishes it.
     */
    void wake();
}
