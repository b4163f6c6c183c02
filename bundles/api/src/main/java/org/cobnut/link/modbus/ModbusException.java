package org.cobnut.link.modbus;

import java.io.IOException;

/** The device refuses a request: an exception response of Modbus. The link itself is good. */
public final class ModbusException extends IOException {
    private static final long serialVersionUID = 1;

    /** The device does not know the function. */
    public static final int ILLEGAL_FUNCTION = 1;

    /** The device does not have such registers. */
    public static final int ILLEGAL_ADDRESS = 2;

    /** The device does not take such a value or count. */
    public static final int ILLEGAL_VALUE = 3;

    private final int code;

    /** The exception of this code. */
    public ModbusException(int code) {
        super("the device refuses with exception " + code + ", " + meaning(code));
        this.code = code;
    }

    /** The exception code, as the device sent it. */
    public int code() {
        return code;
    }

    /** Whether the device says that it does not have what was asked for, so that asking again is of no use. */
    public boolean absent() {
        return code >= ILLEGAL_FUNCTION && code <= ILLEGAL_VALUE;
    }

    private static String meaning(int code) {
        return switch (code) {
            case ILLEGAL_FUNCTION -> "illegal function";
            case ILLEGAL_ADDRESS -> "illegal data address";
            case ILLEGAL_VALUE -> "illegal data value";
            case 4 -> "device failure";
            case 5 -> "acknowledged, not done yet";
            case 6 -> "device busy";
            case 8 -> "memory parity error";
            case 10 -> "gateway path unavailable";
            case 11 -> "gateway target does not respond";
            default -> "which Modbus does not define";
        };
    }
}
