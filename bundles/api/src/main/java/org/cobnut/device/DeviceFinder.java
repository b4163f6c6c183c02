package org.cobnut.device;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings devices from outside this runtime, as a whiteboard service: whoever can find one that a session stands on top of
 * registers it as a {@link DeviceService}, whose {@link DeviceService#NAME} is the port that was asked for.
 */
@FunctionalInterface
@ConsumerType
public interface DeviceFinder {
    /**
     * Tells of all ports that sessions of this runtime ask for, each time there are more or fewer of them. Any
     * thread, one call at a time; must return at once.
     */
    void wanted(Set<String> ports);
}
