package org.cobnut.device;

import java.util.concurrent.CompletionStage;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device as everybody sees it, registered under the property {@link #NAME}. The runtime registers one for each
 * section of ups.conf in the name of the driver's bundle; anybody may register more. Whoever registers one tells every
 * {@link DeviceListener} service of each change.
 */
@ConsumerType
public interface DeviceService {
    /** Service property: the name by which clients ask for the device, unique without regard to case. */
    String NAME = "ups.name";

    /** Service property, optional: one line about the device for people. */
    String DESCRIPTION = "ups.desc";

    /** The device as it is known now. Never blocks; any thread. */
    Snapshot snapshot();

    /**
     * Writes a variable. Returns at once; the stage ends when the device has answered, never exceptionally. The new
     * value shows in a later snapshot.
     */
    CompletionStage<Outcome> set(String variable, String value);

    /**
     * Runs an instant command. Returns at once; the stage ends when the device has answered, never exceptionally.
     *
     * @param argument what the client gave behind the command; empty for nothing
     */
    CompletionStage<Outcome> run(String command, String argument);

    /** How its driver gets on, as far as whoever registers the device counts that. Never blocks; any thread. */
    default DriverFigures figures() {
        return DriverFigures.NONE;
    }
}
