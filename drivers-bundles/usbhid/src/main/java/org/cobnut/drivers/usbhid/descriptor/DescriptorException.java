package org.cobnut.drivers.usbhid.descriptor;

import java.io.IOException;

/** A report descriptor that no value can be read by. Its message says at which byte, and why. */
public final class DescriptorException extends IOException {
    private static final long serialVersionUID = 1;

    public DescriptorException(String message) {
        super(message);
    }
}
