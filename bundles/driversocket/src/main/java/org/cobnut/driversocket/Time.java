package org.cobnut.driversocket;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks.
 *
 * @param nanos for deadlines
 * @param wall for people
 */
record Time(LongSupplier nanos, InstantSource wall) {
    static Time system() {
        return new Time(System::nanoTime, InstantSource.system());
    }

    long now() {
        return nanos.getAsLong();
    }
}
