package org.cobnut.link;

/**
 * How a serial line is set. A link that is no serial line (a socket) takes no notice.
 *
 * @param speed bits a second
 * @param dataBits 5 to 8
 * @param stopBits 1 or 2
 * @param dtr level of Data Terminal Ready while open; a line without it gives a warning at most
 * @param rts level of Request To Send while open; likewise
 * @param exclusive whether opening fails while another program holds the line, and keeps others out
 */
public record SerialParameters(
        int speed, int dataBits, Parity parity, int stopBits, boolean dtr, boolean rts, boolean exclusive) {
    /** The bit behind the data bits. */
    public enum Parity {
        NONE,
        ODD,
        EVEN
    }

    public SerialParameters {
        if (speed <= 0) throw new IllegalArgumentException("speed " + speed);
        if (dataBits < 5 || dataBits > 8) throw new IllegalArgumentException(dataBits + " data bits");
        if (stopBits < 1 || stopBits > 2) throw new IllegalArgumentException(stopBits + " stop bits");
    }

    /** 8N1 at this speed, DTR on and RTS off, exclusive: what most UPSes want. */
    public static SerialParameters at(int speed) {
        return new SerialParameters(speed, 8, Parity.NONE, 1, true, false, true);
    }

    /** The same with other levels on the lines, which for many UPSes power their side of the interface. */
    public SerialParameters lines(boolean dtr, boolean rts) {
        return new SerialParameters(speed, dataBits, parity, stopBits, dtr, rts, exclusive);
    }

    /** The same without a lock: {@code nolock} in ups.conf. */
    public SerialParameters shared() {
        return new SerialParameters(speed, dataBits, parity, stopBits, dtr, rts, false);
    }
}
