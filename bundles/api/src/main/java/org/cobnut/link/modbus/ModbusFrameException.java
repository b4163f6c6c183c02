package org.cobnut.link.modbus;

import java.io.IOException;

/** What came is no response to the request: a wrong check sum, another unit or function, a length that cannot be. The link itself is good. */
public final class ModbusFrameException extends IOException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong, in one sentence. */
    public ModbusFrameException(String message) {
        super(message);
    }
}
