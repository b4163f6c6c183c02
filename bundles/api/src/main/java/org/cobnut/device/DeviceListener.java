package org.cobnut.device;

import org.cobnut.model.Snapshot;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of every change of every device, as a whiteboard service. Called after the new snapshot is in place, for one
 * device in the order of its changes, on a thread that belongs to that device: it must return soon and never block.
 */
@FunctionalInterface
@ConsumerType
public interface DeviceListener {
    /** Called when values, commands or health are no longer what they were. */
    void changed(String ups, Snapshot before, Snapshot after);
}
