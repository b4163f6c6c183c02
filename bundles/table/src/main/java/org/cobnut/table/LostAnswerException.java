package org.cobnut.table;

import java.io.IOException;

/**
 * The answer of a unit was lost on its way: the device may have what was asked. What the unit told before stays, it is asked
 * again at the next poll, and it does not count as missing. The device itself is not lost.
 */
public final class LostAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    public LostAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
