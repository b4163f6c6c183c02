package org.cobnut.table;

import java.io.IOException;

/** A device answered, but not with what the row or the question allows. */
public final class UnfitAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    public UnfitAnswerException(String message) {
        super(message);
    }
}
