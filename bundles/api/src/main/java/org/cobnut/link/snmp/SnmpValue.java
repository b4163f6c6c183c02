package org.cobnut.link.snmp;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of an agent.
 *
 * @param text a number in decimal digits; an OID or an address with dots; octets as UTF-8, or else as ISO 8859-1, without the
 *     zeros that fill them up; octets that are no text as pairs of hexadecimal digits with colons between them
 */
public record SnmpValue(Type type, String text) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** What the agent says that a value is. A value is written with the type that was read. */
    public enum Type {
        INTEGER,
        OCTETS,
        OID,
        ADDRESS,
        COUNTER,
        GAUGE,
        /** Hundredths of a second. */
        TICKS,
        COUNTER64,
        /** Any other; such a value cannot be written. */
        OPAQUE
    }

    public static SnmpValue integer(long number) {
        return new SnmpValue(Type.INTEGER, Long.toString(number));
    }

    public static SnmpValue text(String text) {
        return new SnmpValue(Type.OCTETS, text);
    }

    public static SnmpValue oid(String oid) {
        return new SnmpValue(Type.OID, oid);
    }

    /** The value as a number, whatever its type; empty when its text is none. */
    public Optional<Double> number() {
        String bare = text.strip();
        return NUMBER.matcher(bare).matches() ? Optional.of(Double.valueOf(bare)) : Optional.empty();
    }
}
