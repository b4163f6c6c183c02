package org.cobnut.launcher.process;

/** Says in one line for the operator why nothing was started. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    public StartException(String line) {
        super(line);
    }
}
