package org.cobnut.launcher;

/** Why nothing was started, in one line for the operator. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String line) {
        super(line);
    }
}
