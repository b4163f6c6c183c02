package org.cobnut.link;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a serial line is set. Immutable. A link that is no serial line (a socket) takes no notice. */
public final class SerialParameters implements LinkParameters {
    private final int speed;
    private final int dataBits;
    private final Parity parity;
    private final int stopBits;
    private final boolean dtr;
    private final boolean rts;
    private final boolean exclusive;

    /** The bit behind the data bits. */
    public enum Parity {
        NONE,
        ODD,
        EVEN
    }

    private SerialParameters(
            int speed, int dataBits, Parity parity, int stopBits, boolean dtr, boolean rts, boolean exclusive) {
        if (speed <= 0) throw new IllegalArgumentException("speed " + speed);
        if (dataBits < 5 || dataBits > 8) throw new IllegalArgumentException(dataBits + " data bits");
        if (stopBits < 1 || stopBits > 2) throw new IllegalArgumentException(stopBits + " stop bits");
        this.speed = speed;
        this.dataBits = dataBits;
        this.parity = parity;
        this.stopBits = stopBits;
        this.dtr = dtr;
        this.rts = rts;
        this.exclusive = exclusive;
    }

    /** 8N1 at this speed, DTR on and RTS off, exclusive: what most UPSes want. */
    public static SerialParameters at(int speed) {
        return new SerialParameters(speed, 8, Parity.NONE, 1, true, false, true);
    }

    /** The same at another speed, in bits a second. */
    public SerialParameters speed(int bits) {
        return new SerialParameters(bits, dataBits, parity, stopBits, dtr, rts, exclusive);
    }

    /**
     * The same with another frame.
     *
     * @param data 5 to 8 bits
     * @param stop 1 or 2 bits
     */
    public SerialParameters frame(int data, Parity other, int stop) {
        return new SerialParameters(speed, data, other, stop, dtr, rts, exclusive);
    }

    /**
     * The same with other levels of Data Terminal Ready and Request To Send, which for many UPSes power their side of the
     * interface. A line that has neither gives a warning at most.
     */
    public SerialParameters lines(boolean dataTerminalReady, boolean requestToSend) {
        return new SerialParameters(speed, dataBits, parity, stopBits, dataTerminalReady, requestToSend, exclusive);
    }

    /** The same without a lock: {@code nolock} in ups.conf. */
    public SerialParameters shared() {
        return new SerialParameters(speed, dataBits, parity, stopBits, dtr, rts, false);
    }

    public int speed() {
        return speed;
    }

    public int dataBits() {
        return dataBits;
    }

    public Parity parity() {
        return parity;
    }

    public int stopBits() {
        return stopBits;
    }

    /** The level of Data Terminal Ready while the line is open. */
    public boolean dtr() {
        return dtr;
    }

    /** The level of Request To Send while the line is open. */
    public boolean rts() {
        return rts;
    }

    /** Whether opening fails while another program holds the line, and keeps others out. */
    public boolean exclusive() {
        return exclusive;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SerialParameters that
                && speed == that.speed
                && dataBits == that.dataBits
                && parity == that.parity
                && stopBits == that.stopBits
                && dtr == that.dtr
                && rts == that.rts
                && exclusive == that.exclusive;
    }

    @Override
    public int hashCode() {
        return Objects.hash(speed, dataBits, parity, stopBits, dtr, rts, exclusive);
    }

    @Override
    public String toString() {
        return "%d %d%c%d%s%s%s"
                .formatted(
                        speed,
                        dataBits,
                        parity.name().charAt(0),
                        stopBits,
                        dtr ? " dtr" : "",
                        rts ? " rts" : "",
                        exclusive ? "" : " shared");
    }
}
