package org.cobnut.link.modbus;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.usb.UsbParameters;
import org.jspecify.annotations.Nullable;

/** How a device that speaks Modbus is reached. Immutable. */
public final class ModbusParameters implements LinkParameters {
    /** How long a device may take for its response, unless the parameters say otherwise. */
    public static final Duration RESPONSE = Duration.ofSeconds(1);

    private final int unit;
    private final Framing framing;
    private final SerialParameters line;
    private final Duration response;
    private final @Nullable UsbParameters usb;

    /** How requests and responses are put into bytes. */
    public enum Framing {
        /** TCP at a port of the scheme {@code tcp}, RTU at any other. */
        BY_PORT,
        /** With the header of Modbus TCP. */
        TCP,
        /** With a check sum, as on a serial line; also through a converter that carries it over TCP. */
        RTU
    }

    private ModbusParameters(
            int unit, Framing framing, SerialParameters line, Duration response, @Nullable UsbParameters usb) {
        if (unit < 0 || unit > 255) throw new IllegalArgumentException("a unit of Modbus is 0 to 255, not " + unit);
        if (response.isNegative() || response.isZero())
            throw new IllegalArgumentException("a device needs some time for a response");
        this.unit = unit;
        this.framing = framing;
        this.line = line;
        this.response = response;
        this.usb = usb;
    }

    /** The device of this number, at 9600 8N1 where it is on a serial line. */
    public static ModbusParameters unit(int number) {
        return new ModbusParameters(number, Framing.BY_PORT, SerialParameters.at(9600), RESPONSE, null);
    }

    /** The same with another framing. */
    public ModbusParameters framing(Framing other) {
        return new ModbusParameters(unit, other, line, response, usb);
    }

    /** The same on a serial line that is set so. */
    public ModbusParameters line(SerialParameters other) {
        return new ModbusParameters(unit, framing, other, response, usb);
    }

    /** The same with another time for a response. */
    public ModbusParameters response(Duration time) {
        return new ModbusParameters(unit, framing, line, time, usb);
    }

    /**
     * The same at a port of the scheme {@code usb}, where requests and responses are put into HID reports: the device that
     * fits these.
     */
    public ModbusParameters usb(UsbParameters device) {
        return new ModbusParameters(unit, framing, line, response, device);
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

    /** Which device on USB is wanted; of no meaning elsewhere. */
    public Optional<UsbParameters> usb() {
        return Optional.ofNullable(usb);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModbusParameters that
                && unit == that.unit
                && framing == that.framing
                && line.equals(that.line)
                && response.equals(that.response)
                && Objects.equals(usb, that.usb);
    }

    @Override
    public int hashCode() {
        return Objects.hash(unit, framing, line, response, usb);
    }

    @Override
    public String toString() {
        String place = usb == null ? framing + " " + line : "USB " + usb;
        return "unit %d %s %d ms".formatted(unit, place, response.toMillis());
    }
}
