package org.cobnut.drivers.apcsmart;

/** What is read or written: a letter of UPS-Link, or a way to send an order. */
sealed interface Address {
    /** A letter that is answered; a write steps through its choices. */
    record Letter(char letter) implements Address {
        @Override
        public String toString() {
            return letter >= ' ' && letter < '\u007f' ? "'" + letter + "'" : "\\%03o".formatted((int) letter);
        }
    }

    /** A letter whose value is a text that is typed anew. */
    record Text(char letter) implements Address {}

    /** How an order is sent. */
    enum Order implements Address {
        /** Once, and answered. */
        ONCE,
        /** Twice, with a rest between, so that no noise switches the load off. */
        TWICE,
        /** The same, but the UPS need not answer. */
        TWICE_SILENT,
        /** Battery calibration, which one letter starts and stops. */
        CALIBRATION_ON,
        CALIBRATION_OFF,
        /** Bypass, which one letter switches. */
        BYPASS_ON,
        BYPASS_OFF,
        /** A shutdown from which the UPS comes back, as {@link ShutdownReturn} writes it. */
        SHUTDOWN
    }
}
