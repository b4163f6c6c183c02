package org.cobnut.notify;

import java.io.IOException;

/** Says that a peer refused a message and would refuse it again, so that it is not sent again. */
public final class DeliveryRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    /** A refusal, with what the peer said. */
    public DeliveryRefusedException(String message) {
        super(message);
    }

    /** A refusal that another exception tells of. */
    public DeliveryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
