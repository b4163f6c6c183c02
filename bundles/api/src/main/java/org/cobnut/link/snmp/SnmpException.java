package org.cobnut.link.snmp;

import java.io.IOException;

/** An agent answered, but not with what was asked for. Its message is one sentence for the operator. */
public final class SnmpException extends IOException {
    private static final long serialVersionUID = 1;

    private final Cause reason;

    /** Why there is no value. */
    public enum Cause {
        /** The agent does not take the user or the secrets of SNMPv3. */
        NOT_AUTHENTIC,
        /** The agent refuses what was asked of it. */
        REFUSED,
        /** What the agent sent cannot be understood. */
        UNFIT
    }

    public SnmpException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }
}
