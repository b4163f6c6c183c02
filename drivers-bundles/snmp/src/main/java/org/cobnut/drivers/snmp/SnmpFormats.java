package org.cobnut.drivers.snmp;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;

/** What mapping files of this family may name behind {@code via}. */
final class SnmpFormats {
    /** The variable without a dot in which a mapping keeps the unit of its sensors. */
    static final String SENSOR_UNIT = "sensor-unit";

    private static final Pattern US_DATE = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{2}|\\d{4})");
    private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final double FREEZING = 273.15;

    private SnmpFormats() {}

    /** A date as MM/DD/YYYY, or with two digits of this century, as YYYY-MM-DD; any other text as it stands. */
    static Format usDate() {
        return (raw, known) -> {
            Matcher date = US_DATE.matcher(raw.strip());
            if (!date.matches()) return Format.text().value(raw, known);
            int year = Integer.parseInt(date.group(3));
            return Optional.of("%04d-%02d-%02d"
                    .formatted(
                            year < 100 ? 2000 + year : year,
                            Integer.parseInt(date.group(1)),
                            Integer.parseInt(date.group(2))));
        };
    }

    /** A date as YYYY-MM-DD in the form that the device takes, MM/DD/YYYY. */
    static String toUsDate(String text, Known known) {
        Matcher date = ISO_DATE.matcher(text.strip());
        if (!date.matches()) throw new IllegalArgumentException("'%s' is no date, as 2026-11-30".formatted(text));
        return date.group(2) + "/" + date.group(3) + "/" + date.group(1);
    }

    /** A text, but for one that says that there is none. */
    static Format knownText() {
        return (raw, known) -> Format.text().value(raw, known).filter(text -> !text.equalsIgnoreCase("N/A"));
    }

    /** How many words stand between commas. */
    static Format items() {
        return (raw, known) -> Optional.of(raw.strip())
                .filter(text -> !text.isEmpty())
                .map(text -> Long.toString(Arrays.stream(text.split(","))
                        .filter(item -> !item.isBlank())
                        .count()));
    }

    /** Tenths of the unit that the sensors' manager is set to, as tenths of a degree Celsius. */
    static Format sensorTemperature() {
        return (raw, known) -> Numbers.parse(raw).map(tenths -> Numbers.format(celsius(tenths / 10, known) * 10, 0));
    }

    /** Degrees of the unit that the sensor is set to, as degrees Celsius. */
    static Format sensorDegrees() {
        return (raw, known) -> Numbers.parse(raw).map(degrees -> Numbers.format(celsius(degrees, known), 2));
    }

    private static double celsius(double degrees, Known known) {
        return switch (known.value(SENSOR_UNIT).orElse("celsius")) {
            case "kelvin" -> degrees - FREEZING;
            case "fahrenheit" -> (degrees - 32) / 1.8;
            default -> degrees;
        };
    }
}
