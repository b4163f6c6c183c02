package org.cobnut.driversocket;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks.
 *
 * @param nanos for deadlines
 * @param wall for people
 */
record Clocks(LongSupplier nanos, InstantSource wall) {
    static Clocks system() {
        return new Clocks(System::nanoTime, InstantSource.system());
    }

    long now() {
        return nanos.getAsLong();
    }
}
