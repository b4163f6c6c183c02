package org.cobnut.link.modbus;

import java.time.Duration;
import java.util.Objects;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.SerialParameters;
import org.jspecify.annotations.Nullable;

/** How a device that speaks Modbus is reached. Immutable. */
public final class ModbusParameters implements LinkParameters {
    /** How long a device may take for its response, unless the parameters say otherwise. */
    public static final Duration RESPONSE = Duration.ofSeconds(1);

    private final int unit;
    private final Framing framing;
    private final SerialParameters line;
    private final Duration response;

    /** How requests and responses are put into bytes. */
    public enum Framing {
        /** TCP at a port of the scheme {@code tcp}, RTU at any other. */
        BY_PORT,
        /** With the header of Modbus TCP. */
        TCP,
        /** With a check sum, as on a serial line; also through a converter that carries it over TCP. */
        RTU
    }

    private ModbusParameters(int unit, Framing framing, SerialParameters line, Duration response) {
        if (unit < 0 || unit > 255) throw new IllegalArgumentException("a unit of Modbus is 0 to 255, not " + unit);
        if (response.isNegative() || response.isZero())
            throw new IllegalArgumentException("a device needs some time for a response");
        this.unit = unit;
        this.framing = framing;
        this.line = line;
        this.response = response;
    }

    /** The device of this number, at 9600 8N1 where it is on a serial line. */
    public static ModbusParameters unit(int number) {
        return new ModbusParameters(number, Framing.BY_PORT, SerialParameters.at(9600), RESPONSE);
    }

    /** The same with another framing. */
    public ModbusParameters framing(Framing other) {
        return new ModbusParameters(unit, other, line, response);
    }

    /** The same on a serial line that is set so. */
    public ModbusParameters line(SerialParameters other) {
        return new ModbusParameters(unit, framing, other, response);
    }

    /** The same with another time for a response. */
    public ModbusParameters response(Duration time) {
        return new ModbusParameters(unit, framing, line, time);
    }

    public int unit() {
        return unit;
    }

    public Framing framing() {
        return framing;
    }

    /** How a serial line is set; of no meaning elsewhere. */
    public SerialParameters line() {
        return line;
    }

    /** How long the device may take for a response. */
    public Duration response() {
        return response;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModbusParameters that
                && unit == that.unit
                && framing == that.framing
                && line.equals(that.line)
                && response.equals(that.response);
    }

    @Override
    public int hashCode() {
        return Objects.hash(unit, framing, line, response);
    }

    @Override
    public String toString() {
        return "unit %d %s %s %d ms".formatted(unit, framing, line, response.toMillis());
    }
}
