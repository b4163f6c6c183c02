package org.cobnut.drivers.usbhid.subdriver;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;

/**
 * Conversions of values from and to a device, by the names that mapping files have for them behind {@code via}. A value that makes
 * no sense says nothing.
 */
final class ValueConversions {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern FIRMWARE = Pattern.compile("(.*?)\\s*FW:(.*?)\\s*(?:USB FW:(.*))?");
    private static final double FREEZING = 273.15;
    private static final long DAY = 86_400;

    /** Volts that no small battery has, so that they are tenths of a volt. */
    private static final double HIGHEST_BATTERY = 60;

    /** Percent that a full battery may tell; a device that tells more does not know its charge. */
    private static final double HIGHEST_CHARGE = 110;

    /** Eaton units whose summary tells the voltage of the battery; that of others is not true. */
    private static final Pattern WITH_BATTERY_VOLTAGE = Pattern.compile("(?i).*\\b(Evolution|Pulsar M|5P)\\b.*");

    static final Map<String, Format> FORMATS = Map.ofEntries(
            Map.entry("kelvin", ValueConversions::kelvin),
            Map.entry("charge", (raw, known) -> number(raw, 0, HIGHEST_CHARGE).map(value -> Numbers.format(value, 0))),
            Map.entry("percent", (raw, known) -> number(raw, 0, 1e9)
                    .map(value -> Numbers.format(Math.min(100, value), 0))),
            Map.entry("date", (raw, known) -> whole(raw).flatMap(ValueConversions::packedDate)),
            Map.entry("bcd-date", (raw, known) -> whole(raw).flatMap(ValueConversions::codedDate)),
            Map.entry("unix-date", (raw, known) -> instant(raw).map(at -> DATE.format(at.atOffset(ZoneOffset.UTC)))),
            Map.entry("unix-time", (raw, known) -> instant(raw).map(at -> TIME.format(at.atOffset(ZoneOffset.UTC)))),
            Map.entry(
                    "ampere-hours", (raw, known) -> number(raw, 0, 1e9).map(value -> Numbers.format(value / 3600, 2))),
            Map.entry("hex", (raw, known) -> whole(raw).map("%08x"::formatted)),
            Map.entry("before-firmware", (raw, known) -> firmware(raw, 1)),
            Map.entry("firmware", (raw, known) -> firmware(raw, 2)),
            Map.entry("usb-firmware", (raw, known) -> firmware(raw, 3)),
            Map.entry("tenfold-frequency", ValueConversions::frequency),
            Map.entry("two-thirds-voltage", ValueConversions::twoThirds),
            Map.entry("line-voltage", (raw, known) -> scaled(raw, 1e7, 1e5).map(value -> Numbers.format(value, 1))),
            Map.entry("nominal-voltage", (raw, known) -> scaled(raw, 1e8).map(value -> Numbers.format(value, 0))),
            Map.entry("low-bits", (raw, known) -> whole(raw).map(value -> Long.toString(value & 15))),
            Map.entry("regulation-bits", (raw, known) -> whole(raw).map(value -> Long.toString((value >> 3) & 3))),
            Map.entry("percent-sign", (raw, known) -> number(raw, 0, 1e9).map(value -> Numbers.format(value, 0) + "%")),
            Map.entry("tenfold-battery", (raw, known) -> number(raw, 0, 1e6)
                    .map(value -> Numbers.format(value >= HIGHEST_BATTERY ? value / 10 : value, 1))),
            Map.entry("battery-of-series", ValueConversions::batteryOfSeries),
            Map.entry("product-and-model", ValueConversions::productAndModel),
            Map.entry("high-bits", (raw, known) -> whole(raw).map(value -> Long.toString(value >> 4))),
            Map.entry("real-power", ValueConversions::realPower),
            Map.entry(
                    "powercom-startup",
                    (raw, known) -> whole(raw).map(value -> swapped(value) * 60).map(String::valueOf)),
            Map.entry("powercom-shutdown", (raw, known) -> whole(raw)
                    .map(PowercomDelay.of(known)::seconds)
                    .map(String::valueOf)));

    static final Map<String, Row.Argument> ARGUMENTS = Map.of(
            "date", (text, known) -> Long.toString(packed(date(text))),
            "bcd-date", (text, known) -> Long.toString(coded(date(text))),
            "unix-date", ValueConversions::unixDate,
            "unix-time", ValueConversions::unixTime,
            "percent", (text, known) -> text,
            "powercom-startup", (text, known) -> Address.word(swapped((seconds(text) + 59) / 60)),
            "powercom-return",
                    (text, known) -> Address.word(PowercomDelay.of(known).word(seconds(text), false)),
            "powercom-stayoff",
                    (text, known) -> Address.word(PowercomDelay.of(known).word(seconds(text), true)));

    private ValueConversions() {}

    private static Optional<Double> number(String raw, double least, double most) {
        return Numbers.parse(raw).filter(value -> value >= least && value <= most);
    }

    private static Optional<Long> whole(String raw) {
        return number(raw, 0, 0xffffffffL).map(Double::longValue);
    }

    /**
     * A temperature in degrees Celsius. What no air has in kelvins is degrees Celsius already; a device without a sensor says
     * 0, or something that melts it.
     */
    private static Optional<String> kelvin(String raw, Known known) {
        return number(raw, 1, 500)
                .filter(value -> value < 150 || value > 200)
                .map(value -> Numbers.format(value > 200 ? value - FREEZING : value, 1));
    }

    /** Day, month and year since 1980 in 5, 4 and 7 bits (Battery System page, ManufacturerDate). */
    private static Optional<String> packedDate(long value) {
        return text((int) (value >> 9) + 1980, (int) ((value >> 5) & 15), (int) (value & 31));
    }

    /** Month, day and year in two decimal digits each, four bits a digit. */
    private static Optional<String> codedDate(long value) {
        long year = digits(value);
        return text((int) (year < 70 ? 2000 + year : 1900 + year), digits(value >> 16), digits(value >> 8));
    }

    private static int digits(long value) {
        return (int) (((value >> 4) & 15) * 10 + (value & 15));
    }

    private static Optional<String> text(int year, int month, int day) {
        try {
            return Optional.of(DATE.format(LocalDate.of(year, month, day)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text, DATE);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'%s' is no date, as 2026/11/30".formatted(text), e);
        }
    }

    private static long packed(LocalDate date) {
        return ((date.getYear() - 1980L) << 9) | ((long) date.getMonthValue() << 5) | date.getDayOfMonth();
    }

    private static long coded(LocalDate date) {
        return (code(date.getMonthValue()) << 16) | (code(date.getDayOfMonth()) << 8) | code(date.getYear() % 100);
    }

    private static long code(int number) {
        return ((number / 10L) << 4) | (number % 10);
    }

    private static Optional<Instant> instant(String raw) {
        return number(raw, 1, 0xffffffffL).map(value -> Instant.ofEpochSecond(value.longValue()));
    }

    /** Another day at the time that the device has. */
    private static String unixDate(String text, Known known) {
        long time = known.value("ups.time").map(ValueConversions::time).orElse(0L);
        return Long.toString(date(text).toEpochDay() * DAY + time);
    }

    /** Another time on the day that the device has. */
    private static String unixTime(String text, Known known) {
        LocalDate day = date(known.value("ups.date")
                .orElseThrow(() -> new IllegalArgumentException("the device has not told its ups.date")));
        return Long.toString(day.toEpochDay() * DAY + time(text));
    }

    private static long time(String text) {
        try {
            return LocalTime.parse(text, TIME).toSecondOfDay();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'%s' is no time, as 23:59:59".formatted(text), e);
        }
    }

    /** A part of {@code MODEL FW:FIRMWARE USB FW:FIRMWARE}. */
    private static Optional<String> firmware(String raw, int part) {
        Matcher matcher = FIRMWARE.matcher(raw.strip());
        if (!matcher.matches()) return Optional.of(raw.strip()).filter(text -> part == 1 && !text.isEmpty());
        return Optional.ofNullable(matcher.group(part)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Hertz from devices of which some count in tenths. */
    private static Optional<String> frequency(String raw, Known known) {
        return number(raw, 1, 10_000)
                .map(value -> !mains(value) && mains(value / 10) ? value / 10 : value)
                .map(value -> Numbers.format(value, 1));
    }

    private static boolean mains(double hertz) {
        return hertz >= 47.5 && hertz <= 63;
    }

    /** The voltage of a battery, which some devices tell one and a half times too large. */
    private static Optional<String> twoThirds(String raw, Known known) {
        double nominal = known.number("battery.voltage.nominal").orElse(0.0);
        return number(raw, 0, 1e6)
                .map(value -> nominal > 0 && value > 1.4 * nominal ? value * 2 / 3 : value)
                .map(value -> Numbers.format(value, 1));
    }

    /** Volts from devices that declare a wrong power of ten: the first of these factors that makes them plausible. */
    private static Optional<Double> scaled(String raw, double... factors) {
        Optional<Double> value = number(raw, 0, 1e6);
        if (value.isEmpty() || value.get() == 0 || value.get() >= 1) return value;
        for (double factor : factors)
            if (value.get() * factor >= 5 && value.get() * factor <= 500) return Optional.of(value.get() * factor);
        return value;
    }

    /** Watts, told by the load and what the UPS can give. */
    private static Optional<String> realPower(String raw, Known known) {
        Optional<Double> load = known.number("ups.load");
        double factor = known.number("output.powerfactor").orElse(0.8);
        return number(raw, 1, 1e9)
                .flatMap(most -> load.map(percent -> Numbers.format(percent * most * factor / 100, 0)));
    }

    private static Optional<String> batteryOfSeries(String raw, Known known) {
        return WITH_BATTERY_VOLTAGE.matcher(known.value("ups.model").orElse("")).matches()
                ? Optional.of(raw)
                : Optional.empty();
    }

    /** The name of the range, and what stands behind it: "Ellipse MAX" and "1100". */
    private static Optional<String> productAndModel(String raw, Known known) {
        String model = raw.strip();
        String product = known.value("product").orElse("");
        if (model.isEmpty()) return Optional.empty();
        if (product.isEmpty() || model.startsWith(product)) return Optional.of(model);
        return Optional.of(product.endsWith(model) ? product : product + " " + model);
    }

    private static long swapped(long word) {
        return ((word & 0xff) << 8) | ((word >> 8) & 0xff);
    }

    private static long seconds(String text) {
        return Numbers.whole(text);
    }
}
