package org.cobnut.program;

import java.util.Objects;

/** Ends the program with exit code 1 and this text. */
public final class ProgramFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param text goes to standard error */
    public ProgramFailure(String text) {
        super(text, null, false, false);
    }

    /** Returns what goes to standard error. */
    public String text() {
        return Objects.requireNonNullElse(getMessage(), "");
    }
}
