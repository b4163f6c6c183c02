package org.cobnut.upssched;

/**
 * A notice as upssched hears of it.
 *
 * @param ups as in MONITOR; empty when the notice is of the machine
 */
record Event(String type, String ups, String message) {}
