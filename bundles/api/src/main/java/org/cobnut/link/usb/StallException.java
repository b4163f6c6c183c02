package org.cobnut.link.usb;

import java.io.IOException;

/** The device refused a request, or an endpoint is halted: healthy devices do so for what they do not have. The link is good. */
public final class StallException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param request what was refused, such as "feature report 0x21" */
    public StallException(String request) {
        super("the device refused " + request);
    }
}
