package org.cobnut.model;

import java.time.Instant;

/** Why a device's values can be trusted, or cannot. NUT's DRIVER-NOT-CONNECTED, DATA-STALE and WAIT are views of it. */
public sealed interface Health {
    /** No reading has come since the device was configured. */
    record Starting() implements Health {}

    /** The last reading was good, and the next is not overdue. */
    record Fresh() implements Health {}

    /** The driver is there and says that the device no longer answers it; the values are the last good ones. */
    record Stale(Instant since, String reason) implements Health {}

    /**
     * The device was lost and is being opened again; readers may show the last good values for a while.
     *
     * @param nextTry {@link Instant#MAX} when trying again would not help before the configuration changes
     */
    record Reconnecting(Instant since, String lastError, Instant nextTry) implements Health {}

    /** No bundle offers the driver that the device is configured with. */
    record DriverMissing(String driver) implements Health {}
}
