package org.cobnut.drivers.powercom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.driver.Settings;

/**
 * A type of unit: how it answers, and how its numbers are read.
 *
 * @param bytes how long its answer is
 * @param powered whether the interface is fed by RTS, with DTR off
 * @param checks places in its answer and what stands there, in turn
 * @param minutes the minutes of a delay; nothing for a unit that is told seconds alone
 * @param frequency a and b of 1 / (a x + b)
 * @param load a and b on battery, and on line
 * @param battery a, b and c of a x + b load + c on battery, and a and b on line
 * @param voltage a and b from 220 V on, and below
 */
record Type(
        String name,
        int bytes,
        boolean powered,
        List<Integer> checks,
        Optional<Integer> minutes,
        int seconds,
        List<Double> frequency,
        List<Double> load,
        List<Double> battery,
        List<Double> voltage) {
    private static final List<Double> LOAD = List.of(6.1343, -0.3808, 4.3110, 0.1811);
    private static final List<Double> BATTERY = List.of(5.0, 0.3268, -825.0, 4.5639, -835.82);
    private static final List<Double> VOLTAGE = List.of(1.9216, -0.0977, 0.9545, 0.0);
    private static final List<Double> FREQUENCY = List.of(0.00020997, 0.00020928);
    private static final List<Double> AS_IT_IS = List.of(1.0, 0.0, 1.0, 0.0);
    private static final List<Double> BATTERY_AS_IT_IS = List.of(1.0, 0.0, 0.0, 1.0, 0.0);
    private static final List<Double> HALF = List.of(2.0, 0.0, 2.0, 0.0);
    private static final List<Double> SMART_BATTERY = List.of(5.0, 0.3268, -825.0, 0.46511, 0.0);
    private static final List<Double> SMART_VOLTAGE = List.of(1.9216, -0.0977, 0.82857, 0.0);

    static final List<Type> ALL = List.of(
            simple("Trust", 11, true, List.of(5, 0, 7, 0, 8, 0), LOAD, BATTERY),
            simple(
                    "Egys",
                    16,
                    false,
                    List.of(5, 0x80, 7, 0, 8, 0),
                    List.of(6.1343, -0.3808, 1.3333, 0.6667),
                    List.of(5.0, 0.3268, -825.0, 2.2105, -355.37)),
            simple("KP625AP", 16, true, List.of(5, 0x80, 7, 0, 8, 0), LOAD, BATTERY),
            smart("IMP", List.of(5, 0xFF, 7, 0, 8, 0), FREQUENCY, LOAD, BATTERY, VOLTAGE),
            smart(
                    "KIN",
                    List.of(11, 0x4b, 8, 0, 8, 0),
                    List.of(0.00020997, 0.0),
                    List.of(6.1343, -0.3808, 1.075, 0.1811),
                    SMART_BATTERY,
                    SMART_VOLTAGE),
            smart(
                    "BNT",
                    List.of(11, 0x42, 8, 0, 8, 0),
                    List.of(0.00020803, 0.0),
                    List.of(1.4474, 0.0, 0.8594, 0.0),
                    SMART_BATTERY,
                    SMART_VOLTAGE),
            smart("BNT-other", List.of(8, 0, 8, 0, 8, 0), List.of(0.00027778, 0.0), AS_IT_IS, BATTERY_AS_IT_IS, HALF),
            smart("OPTI", List.of(5, 0xFF, 7, 0, 8, 0), List.of(0.0, 0.0), AS_IT_IS, BATTERY_AS_IT_IS, HALF));

    private static Type simple(
            String name, int bytes, boolean powered, List<Integer> checks, List<Double> load, List<Double> battery) {
        return new Type(name, bytes, powered, checks, Optional.empty(), 10, FREQUENCY, load, battery, VOLTAGE);
    }

    /** A type that tells its model. */
    private static Type smart(
            String name,
            List<Integer> checks,
            List<Double> frequency,
            List<Double> load,
            List<Double> battery,
            List<Double> voltage) {
        return new Type(name, 16, false, checks, Optional.of(1), 30, frequency, load, battery, voltage);
    }

    /** The type that a section names, with what it says otherwise. */
    static Type of(Settings settings) {
        String name = settings.text("type").orElse("Trust");
        Type type = ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no type '" + name + "'"));
        int bytes = (int)
                (settings.text("numOfBytesFromUPS").isPresent() ? settings.number("numOfBytesFromUPS") : type.bytes());
        if (bytes < 11 || bytes > 16)
            throw new IllegalArgumentException("numOfBytesFromUPS is not between 11 and 16: " + bytes);
        boolean powered =
                settings.text("methodOfFlowControl").map("dtr0rts1"::equals).orElse(type.powered());
        Optional<List<String>> delays = list(settings, "shutdownArguments", "\\d+,\\d+", 2);
        Optional<Integer> minutes = delays.isPresent()
                ? delays.map(all -> Integer.valueOf(all.get(0)))
                        .filter(given ->
                                !settings.text("shutdownArguments").orElse("").matches(".*[,}]n}$"))
                : type.minutes();
        return new Type(
                type.name(),
                bytes,
                powered,
                checks(settings).orElse(type.checks()),
                minutes,
                delays.map(all -> Integer.valueOf(all.get(1))).orElse(type.seconds()),
                numbers(settings, "frequency", 2).orElse(type.frequency()),
                numbers(settings, "loadPercentage", 4).orElse(type.load()),
                numbers(settings, "batteryPercentage", 5).orElse(type.battery()),
                numbers(settings, "voltage", 4).orElse(type.voltage()));
    }

    private static Optional<List<Integer>> checks(Settings settings) {
        return list(settings, "validationSequence", "\\d+,(?:0x)?[0-9a-fA-F]+", 6)
                .map(all -> {
                    var checks = new ArrayList<Integer>();
                    for (int i = 0; i < all.size(); i++)
                        checks.add(Integer.valueOf(all.get(i).replaceFirst("^0x", ""), i % 2 == 0 ? 10 : 16));
                    if (checks.get(0) > 15 || checks.get(2) > 15 || checks.get(4) > 15)
                        throw new IllegalArgumentException("validationSequence names a byte that no answer has");
                    return checks;
                });
    }

    /** Pairs, or one, in braces: {@code {{5,0},{7,0},{8,0}}}. */
    private static Optional<List<String>> list(Settings settings, String option, String pair, int count) {
        Optional<String> given = settings.text(option).map(text -> text.replaceAll("\\s", ""));
        return given.map(text -> {
            String braced = "\\{" + pair + "\\}";
            Matcher matcher = Pattern.compile("\\{" + braced + "(?:," + braced + ")*(?:,[yn])?\\}")
                    .matcher(text);
            List<String> all = Arrays.stream(text.split("[{},]+"))
                    .filter(part -> !part.isEmpty() && !part.matches("[yn]"))
                    .toList();
            if (!matcher.matches() || all.size() != count)
                throw new IllegalArgumentException("option '%s' is not understood: %s".formatted(option, text));
            return all;
        });
    }

    /** Numbers in braces. */
    private static Optional<List<Double>> numbers(Settings settings, String option, int count) {
        Optional<String> given = settings.text(option).map(text -> text.replaceAll("\\s", ""));
        return given.map(text -> {
            if (!text.matches("\\{-?[0-9.]+(,-?[0-9.]+){" + (count - 1) + "}\\}"))
                throw new IllegalArgumentException(
                        "option '%s' is not %d numbers in braces: %s".formatted(option, count, text));
            return Arrays.stream(text.substring(1, text.length() - 1).split(","))
                    .map(Double::valueOf)
                    .toList();
        });
    }
}
