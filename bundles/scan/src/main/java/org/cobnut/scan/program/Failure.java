package org.cobnut.scan.program;

import java.util.Objects;

/** The program ends with exit code 1 and this text. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String text) {
        super(text, null, false, false);
    }

    /** What goes to standard error. */
    String text() {
        return Objects.requireNonNullElse(getMessage(), "");
    }
}
