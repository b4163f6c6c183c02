package org.cobnut.notify;

/** How much a message matters. */
public enum Severity {
    /** Something is as it should be, or is so again. */
    INFORMATION,
    /** Somebody should look. */
    WARNING,
    /** Machines go down, or are about to. Such a message is sent first, and in quiet hours, too. */
    CRITICAL
}
