package org.cobnut.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.device.DeviceService;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What one session may use of the world outside itself, given by the runtime. Further kinds of links join here as
 * further drivers need them.
 */
@ProviderType
public interface Links {
    /**
     * The file a section means by a relative or absolute name: absolute as it stands, a name that begins with a dot
     * from the working directory, anything else below the configuration directory (dummy-ups(8), "IMPLEMENTATION").
     */
    Path file(String name);

    /**
     * Opens a port that carries bytes, through the {@link ByteLinkProvider} of its scheme. Whoever opens it closes it,
     * in {@link org.cobnut.driver.Session#close}. Where the section says {@code nolock}, it is shared whatever the
     * parameters say.
     *
     * @throws IOException when it cannot be opened; also when no bundle offers links of its kind, in which case the
     *     device is opened again as soon as one does
     */
    default ByteLink bytes(String port, SerialParameters parameters) throws IOException {
        throw new IOException("there are no links here");
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
     * Asks for a poll now, as soon as no other call is under way. Any thread; wishes that pile up count once. This is
     * how a session that hears of a change (an interrupt report, a trap) publishes it.
     */
    void wake();
}
