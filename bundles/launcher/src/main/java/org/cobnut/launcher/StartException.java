package org.cobnut.launcher;

/** Why nothing was started, in one line for the operator. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String line) {
        super(line);
    }
}
