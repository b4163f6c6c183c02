package org.cobnut.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a device's values can be trusted, or cannot. NUT's DRIVER-NOT-CONNECTED, DATA-STALE and WAIT are views of it. Cases
 * may be added: outside this package, ask for the one case that matters, and show the others by {@link #word},
 * {@link #since} and {@link #reason}.
 */
public sealed interface Health {
    /** One or two words for a column: "fresh", "stale", "reconnecting". */
    String word();

    /** Since when it is so; nothing where that is not known. */
    default Optional<Instant> since() {
        return Optional.empty();
    }

    /** Why it is so, as a part of a sentence; empty while all is well. */
    default String reason() {
        return "";
    }

    /**
     * When the device is opened the next time; {@link Instant#MAX} when trying again would not help before the configuration
     * changes; nothing while it is open.
     */
    default Optional<Instant> retry() {
        return Optional.empty();
    }

    /** No reading has come since the device was configured. */
    record Starting() implements Health {
        @Override
        public String word() {
            return "starting";
        }

        @Override
        public String reason() {
            return "no reading has come yet";
        }
    }

    /** The last reading was good, and the next is not overdue. */
    record Fresh() implements Health {
        @Override
        public String word() {
            return "fresh";
        }
    }

    /** The driver is there and says that the device no longer answers it; the values are the last good ones. */
    record Stale(Instant began, String reason) implements Health {
        @Override
        public String word() {
            return "stale";
        }

        @Override
        public Optional<Instant> since() {
            return Optional.of(began);
        }
    }

    /**
     * The device was lost and is being opened again; readers may show the last good values for a while.
     *
     * @param nextTry {@link Instant#MAX} when trying again would not help before the configuration changes
     */
    record Reconnecting(Instant began, String lastError, Instant nextTry) implements Health {
        @Override
        public String word() {
            return "reconnecting";
        }

        @Override
        public Optional<Instant> since() {
            return Optional.of(began);
        }

        @Override
        public String reason() {
            return lastError;
        }

        @Override
        public Optional<Instant> retry() {
            return Optional.of(nextTry);
        }
    }

    /** No bundle offers the driver that the device is configured with. */
    record DriverMissing(String driver) implements Health {
        @Override
        public String word() {
            return "no driver";
        }

        @Override
        public String reason() {
            return "no bundle offers the driver " + driver;
        }
    }
}
