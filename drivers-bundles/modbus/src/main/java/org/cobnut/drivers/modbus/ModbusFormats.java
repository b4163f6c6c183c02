package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;

/** What mapping files of this family name behind {@code via}. Pure. */
final class ModbusFormats {
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final double ZERO_CELSIUS = 273.15;

    /** Minutes of runtime at which a battery of JBUS is low, and what tells that it is not in use. */
    private static final long JBUS_LOW = 15;

    private static final long JBUS_ON_MAINS = 0xffff;

    private ModbusFormats() {}

    /** The number itself, unless it is the one by which the device says that it does not know. */
    static Format unless(long unknown) {
        return (raw, known) -> number(raw).filter(value -> value != unknown).map(value -> Long.toString(value));
    }

    /** Kelvin as degrees Celsius. */
    static Format kelvin() {
        return (raw, known) -> number(raw).map(value -> Numbers.format(value - ZERO_CELSIUS, 2));
    }

    /** Thousandths as a whole number, what is left thrown away. */
    static Format wholeThousandths() {
        return (raw, known) -> number(raw).map(value -> Long.toString(value / 1000));
    }

    /** Days since the year 2000 as a date. */
    static Format date() {
        return (raw, known) -> number(raw)
                .filter(days -> days >= 0 && days <= 0xffff)
                .map(days -> EPOCH.plusDays(days).toString());
    }

    /** A date as days since the year 2000. */
    static String days(String text) {
        try {
            return Long.toString(ChronoUnit.DAYS.between(EPOCH, LocalDate.parse(text)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no date, such as 2026-11-30");
        }
    }

    /** How many bits of a number are set, among those of the mask. */
    static Format ones(int mask) {
        return (raw, known) -> number(raw).map(value -> Integer.toString(Long.bitCount(value & mask)));
    }

    /** A percentage, in steps of 1/256, of another value. */
    static Format share(String whole) {
        return (raw, known) -> number(raw)
                .flatMap(percent -> known.number(whole).map(all -> Numbers.format(percent / 256.0 / 100 * all, 2)));
    }

    /** The state of a self test of APC: its result, who asked for it, and what was in its way. */
    static Optional<String> apcTest(String raw, Known known) {
        Optional<Long> bits = number(raw);
        if (bits.isEmpty()) return Optional.empty();
        var parts = new ArrayList<String>();
        first(bits.get(), 0, "Pending", "InProgress", "Passed", "Failed", "Refused", "Aborted")
                .ifPresent(parts::add);
        first(bits.get(), 6, "Protocol", "LocalUI", "Internal").ifPresent(source -> parts.add("Source: " + source));
        first(bits.get(), 9, "InvalidState", "InternalFault", "StateOfChargeNotAcceptable")
                .ifPresent(modifier -> parts.add("Modifier: " + modifier));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static Optional<String> first(long bits, int from, String... names) {
        for (int i = 0; i < names.length; i++) if ((bits >> (from + i) & 1) != 0) return Optional.of(names[i]);
        return Optional.empty();
    }

    /** An efficiency in steps of 1/128 percent, or why there is none. */
    static Optional<String> apcEfficiency(String raw, Known known) {
        List<String> reasons = List.of(
                "NotAvailable",
                "LoadTooLow",
                "OutputOff",
                "OnBattery",
                "InBypass",
                "BatteryCharging",
                "PoorACInput",
                "BatteryDisconnected");
        return number(raw)
                .map(value -> value < 0 && value >= -reasons.size()
                        ? reasons.get((int) (-value - 1))
                        : Numbers.format(value / 128.0, 1));
    }

    /** 1 when a charge is not above the limit that counts, else 0. */
    static Optional<String> lowCharge(String raw, Known known) {
        return number(raw)
                .flatMap(charge -> known.number("battery.charge.low").map(limit -> charge <= limit ? "1" : "0"));
    }

    /** The part number of Phoenix Contact: the first seven digits of a number in four registers, the low one first. */
    static Optional<String> partNumber(String raw, Known known) {
        List<Long> words = words(raw);
        if (words.size() != 4) return Optional.empty();
        long number = 0;
        for (int i = 3; i >= 0; i--) number = number << 16 | words.get(i);
        String digits = Long.toUnsignedString(number);
        return digits.length() < 7 ? Optional.empty() : Optional.of(digits.substring(0, 7));
    }

    /** A serial number of JBUS: the low character of each register first. */
    static Optional<String> jbusSerial(String raw, Known known) {
        var text = new StringBuilder();
        for (long word : words(raw)) text.append((char) (word & 0xff)).append((char) (word >> 8));
        String serial = text.toString().replaceAll("[^\\x21-\\x7e]", "");
        return serial.isEmpty() ? Optional.empty() : Optional.of(serial);
    }

    /** The day of a clock of JBUS. */
    static Optional<String> jbusDate(String raw, Known known) {
        List<Long> words = words(raw);
        if (words.size() != 4) return Optional.empty();
        return Optional.of("%04d/%02d/%02d".formatted(words.get(3) + 2000, words.get(2) >> 8, words.get(1) >> 8));
    }

    /** The time of a clock of JBUS. */
    static Optional<String> jbusTime(String raw, Known known) {
        List<Long> words = words(raw);
        if (words.size() != 4) return Optional.empty();
        return Optional.of("%02d:%02d:%02d".formatted(words.get(1) & 0xff, words.get(0) >> 8, words.get(0) & 0xff));
    }

    /** The minutes that the battery of a JBUS unit lasts tell whether it is in use. */
    static List<String> jbusPower(String raw) throws IOException {
        long minutes = number(raw).orElseThrow(() -> new UnfitAnswerException("'" + raw + "' is no number"));
        if (minutes == JBUS_ON_MAINS) return List.of("OL");
        return minutes > JBUS_LOW ? List.of("OB") : List.of("OB", "LB");
    }

    /** Two bits tell together that the resistance of a battery is too high. */
    static List<String> quintResistance(String raw) throws IOException {
        long bits = number(raw).orElseThrow(() -> new UnfitAnswerException("'" + raw + "' is no number"));
        return (bits & 0x30) == 0x30 ? List.of("End of life (Resistance)") : List.of();
    }

    /** Seconds as tenths of a minute, rounded up. */
    static String tenthMinutes(String seconds) {
        return Long.toString((Numbers.whole(seconds) + 5) / 6);
    }

    /** Seconds until off and seconds until on again: tenths of a minute, and minutes, rounded up. */
    static String offAndOn(String seconds) {
        String[] both = seconds.split(" ", 2);
        if (both.length != 2) throw new IllegalArgumentException("'" + seconds + "' are not two waits");
        return tenthMinutes(both[0]) + " " + (Numbers.whole(both[1]) + 59) / 60;
    }

    private static List<Long> words(String raw) {
        return Arrays.stream(raw.split(" "))
                .flatMap(word -> number(word).stream())
                .toList();
    }

    private static Optional<Long> number(String raw) {
        return raw.matches("-?\\d{1,12}") ? Optional.of(Long.valueOf(raw)) : Optional.empty();
    }
}
