package org.cobnut.table;

/** How often a row is read. */
public enum Cadence {
    /** In every poll. */
    QUICK,
    /** In every full poll: at the start, every {@code pollfreq} seconds, and after something was written. */
    FULL,
    /** At the start, and after something was written. */
    CHANGE,
    /** Until the device has answered once. */
    ONCE
}
