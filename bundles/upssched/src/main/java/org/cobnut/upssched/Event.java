package org.cobnut.upssched;

/**
 * A notice, as upssched gets it.
 *
 * @param ups the name in MONITOR; empty for a notice about the machine
 */
record Event(String type, String ups, String message) {}
