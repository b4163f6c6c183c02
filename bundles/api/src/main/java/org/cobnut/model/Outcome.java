package org.cobnut.model;

/**
 * How a SET or an instant command ended.
 *
 * @param reason one sentence for the log and the console; empty when there is nothing to add
 */
public record Outcome(Code code, String reason) {
    /** NUT's result codes (sock-protocol, "TRACKING"). */
    public enum Code {
        HANDLED,
        UNKNOWN,
        INVALID,
        FAILED,
        CONVERSION_FAILED
    }

    public static Outcome handled() {
        return new Outcome(Code.HANDLED, "");
    }

    /** The driver knows no such variable or command. */
    public static Outcome unknown() {
        return new Outcome(Code.UNKNOWN, "");
    }

    /** The value or argument is not one that the device takes. */
    public static Outcome invalid(String reason) {
        return new Outcome(Code.INVALID, reason);
    }

    /** The device refused, or did not answer. */
    public static Outcome failed(String reason) {
        return new Outcome(Code.FAILED, reason);
    }
}
