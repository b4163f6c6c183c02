package org.cobnut.drivers.megatec;

import java.io.IOException;

/** The UPS answered, but not what was asked, or not in the form that was expected. */
final class UnfitAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    UnfitAnswerException(String message) {
        super(message);
    }
}
