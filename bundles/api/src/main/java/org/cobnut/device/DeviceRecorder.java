package org.cobnut.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records what passes between one device and its driver, as a service with the property {@link DeviceService#NAME}; the
 * runtime offers one for each section of ups.conf. Any thread.
 */
@ProviderType
public interface DeviceRecorder {
    /**
     * Records into a file from now on, in place of the file before, if there is one. The device is opened anew, so that the
     * transcript begins with how it is found; its last values stay shown meanwhile.
     *
     * @param file a transcript that is there already is replaced, and nothing else is
     * @return where it really is
     * @throws IOException when the file cannot be made, or the device runs elsewhere; one sentence for the operator
     */
    Path record(Path file) throws IOException;

    /** Ends the recording; nothing when there was none. The device is left as it is. */
    Optional<Path> stop();
}
