package org.cobnut.drivers.utalk;

/**
 * What is asked, or written with a value behind it.
 *
 * @param text such as "Bl" or "Bl ?"
 */
record Question(String text) {
    /** A command, whose whole text is written. */
    static final Question ORDER = new Question("");
}
