package org.cobnut.drivers.modbus;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cobnut.driver.Option;
import org.cobnut.driver.Settings;
import org.cobnut.link.HostPort;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.SerialParameters.Parity;
import org.cobnut.link.modbus.ModbusParameters;

/** What sections of ups.conf say about port, line and unit. */
final class ModbusOptions {
    private static final int TCP_PORT = 502;

    /** The options of generic_modbus and adelsystem_cbi for a serial line. */
    static final List<Option> LINE = List.of(
            Option.text("ser_baud_rate", "Bits a second of the serial line; 9600 without it"),
            Option.text("ser_parity", "Parity of the serial line: N, E or O; N without it"),
            Option.text("ser_data_bit", "Data bits of the serial line; 8 without it"),
            Option.text("ser_stop_bit", "Stop bits of the serial line; 1 without it"));

    private ModbusOptions() {}

    /**
     * Where the device is, as a port of a link that is not on USB.
     *
     * @param type {@code tcp} or {@code serial}; empty for what the port looks like
     */
    static String port(Settings settings, Optional<String> type) {
        String port = settings.port();
        if (port.equalsIgnoreCase("auto"))
            throw new IllegalArgumentException("port = auto finds no such device; give its host, such as ups.example"
                    + " or ups.example:502, or its serial line, such as /dev/ttyS0");
        boolean line = type.map(word -> word.equalsIgnoreCase("serial"))
                .orElse(port.startsWith("/") || port.toUpperCase(Locale.ROOT).matches("COM\\d+"));
        boolean scheme = port.matches("[a-z][a-z0-9+.-]+:.*") && !port.matches("[^:]+:\\d+");
        if (line || scheme) return port;
        return HostPort.parse(port, TCP_PORT).tcp();
    }

    /** The line of a profile, but for what these options say. */
    static SerialParameters line(
            SerialParameters usual, Settings settings, String speed, String parity, String data, String stop) {
        SerialParameters line =
                number(settings, speed).map(bits -> usual.speed(bits)).orElse(usual);
        return line.frame(
                number(settings, data).orElse(line.dataBits()),
                settings.text(parity).map(ModbusOptions::parity).orElse(line.parity()),
                number(settings, stop).orElse(line.stopBits()));
    }

    /** A number that an option gives. */
    static Optional<Integer> number(Settings settings, String option) {
        Optional<String> text = settings.text(option);
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(Integer.decode(text.get().strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option '" + option + "' wants a number, not '" + text.get() + "'");
        }
    }

    /** The time for a response that two options give, in seconds and in microseconds. */
    static Duration response(Settings settings, Duration usual, String seconds, String micros) {
        Optional<Integer> whole = number(settings, seconds);
        Optional<Integer> rest = number(settings, micros);
        if (whole.isEmpty() && rest.isEmpty()) return usual;
        Duration time = Duration.ofSeconds(whole.orElse(0)).plusNanos(rest.orElse(0) * 1000L);
        return time.isZero() || time.isNegative() ? usual : time;
    }

    static ModbusParameters parameters(int unit, SerialParameters line, Duration response) {
        return ModbusParameters.unit(unit).line(line).response(response);
    }

    private static Parity parity(String word) {
        return switch (word.strip().toUpperCase(Locale.ROOT)) {
            case "N" -> Parity.NONE;
            case "E" -> Parity.EVEN;
            case "O" -> Parity.ODD;
            default -> throw new IllegalArgumentException("a parity is N, E or O, not '" + word + "'");
        };
    }
}
