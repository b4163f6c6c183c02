package org.cobnut.shell;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Health;
import org.cobnut.model.StatusWords;
import org.cobnut.wire.Columns;

/** Writes devices into lists, for people and for programs. */
final class DeviceRows {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String NUMBER = "-?\\d{1,12}(\\.\\d{1,12})?";
    private static final int MINUTE = 60;
    private static final int NANOS_OF_MICRO = 1000;
    private static final int MICRO_SCALE = 6;

    private DeviceRows() {}

    /** Adds a row on the driver, the words of the status and the health, in columns UPS, DRIVER, STATUS, HEALTH. */
    static void health(Columns columns, String ups, DeviceState state) {
        String process =
                state.process().map(own -> " (process " + own.pid() + ")").orElse("");
        columns.row(ups, dash(state.driver()), dash(state.status()), healthText(state) + process);
        health(columns, state);
        columns.with("retry", health(state, health -> health.retry().filter(at -> !at.equals(Instant.MAX))));
        columns.with("process", state.process().map(ProcessHandle::pid));
        driver(columns, state.figures());
    }

    private static void driver(Columns columns, DriverFigures figures) {
        columns.with("restarts", figures.restarts())
                .with("poll", figures.lastPoll().map(DeviceRows::seconds))
                .with("longestpoll", figures.longestPoll().map(DeviceRows::seconds))
                .with("lasterror", Optional.of(figures.lastError()).filter(text -> !text.isEmpty()))
                .with("failed", figures.failed());
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos() / NANOS_OF_MICRO, MICRO_SCALE);
    }

    /** How the driver of a device gets on, in a sentence. */
    static String driverText(DeviceState state) {
        DriverFigures figures = state.figures();
        String polls = figures.lastPoll()
                .flatMap(last -> figures.longestPoll()
                        .map(longest -> "; the last poll took %s s, the longest of late %s s"
                                .formatted(
                                        seconds(last).toPlainString(),
                                        seconds(longest).toPlainString())))
                .orElse("");
        String error = figures.failed()
                .map(at -> "; last error " + shown(at) + ": " + figures.lastError())
                .orElse("; no error");
        return "Driver %s: restarts %d%s%s".formatted(dash(state.driver()), figures.restarts(), polls, error);
    }

    private static void health(Columns columns, DeviceState state) {
        columns.with("health", state.health().map(Health::word).orElse("no driver"));
        columns.with("since", health(state, Health::since));
        columns.with("reason", state.health().map(Health::reason).orElseGet(() -> waiting(state)));
    }

    private static Optional<Instant> health(DeviceState state, Function<Health, Optional<Instant>> part) {
        return state.health().flatMap(part);
    }

    /** Columns for rows of figures. */
    static Columns figures() {
        return new Columns("UPS", "CHARGE", "RUNTIME", "LOAD", "INPUT", "OUTPUT", "STATUS");
    }

    /** Adds a row on the status in words and on what it measures; returns the columns. */
    static Columns figures(Columns columns, String ups, DeviceState state) {
        columns.row(
                ups,
                unit(state, "battery.charge", " %"),
                duration(state.values().getOrDefault("battery.runtime", "-")),
                unit(state, "ups.load", " %"),
                unit(state, "input.voltage", " V"),
                unit(state, "output.voltage", " V"),
                statusText(state));
        columns.with("charge", number(state, "battery.charge"))
                .with("runtime", number(state, "battery.runtime"))
                .with("load", number(state, "ups.load"))
                .with("input", number(state, "input.voltage"))
                .with("output", number(state, "output.voltage"))
                .with("status", Optional.of(state.status()).filter(words -> !words.isEmpty()))
                .with("alarm", Optional.ofNullable(state.values().get("ups.alarm")));
        health(columns, state);
        return columns;
    }

    private static String statusText(DeviceState state) {
        String words = Arrays.stream(state.status().split(" "))
                .map(StatusWords::meaning)
                .collect(Collectors.joining(", "));
        String alarm = state.values().getOrDefault("ups.alarm", "");
        if (!alarm.isEmpty()) words += " (" + alarm + ")";
        if (state.health().filter(Health.Fresh.class::isInstance).isPresent()) return words;
        return healthText(state) + (state.status().isEmpty() ? "" : "; said last: " + words);
    }

    static String healthText(DeviceState state) {
        if (state.health().isEmpty()) return waiting(state);
        Health health = state.health().get();
        String since = health.since().map(time -> " since " + shown(time)).orElse("");
        String reason = health.reason().isEmpty() ? "" : ": " + health.reason();
        String next = health.retry().map(time -> "; " + next(time)).orElse("");
        return health.word() + since + reason + next;
    }

    private static String waiting(DeviceState state) {
        return "waits for the driver " + state.driver();
    }

    private static String next(Instant nextTry) {
        return nextTry.equals(Instant.MAX) ? "waits for another configuration" : "next try " + shown(nextTry);
    }

    private static String shown(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    private static String unit(DeviceState state, String variable, String unit) {
        String value = state.values().getOrDefault(variable, "");
        return value.isEmpty() ? "-" : value + unit;
    }

    /** Seconds, as minutes and seconds; what is no number stays as it is. */
    private static String duration(String seconds) {
        if (!seconds.matches(NUMBER) || seconds.startsWith("-")) return seconds;
        long whole = new BigDecimal(seconds).longValue();
        return whole < MINUTE ? whole + " s" : "%d min %02d s".formatted(whole / MINUTE, whole % MINUTE);
    }

    /** A number, or what the device says in place of one. */
    private static Optional<Object> number(DeviceState state, String variable) {
        return Optional.ofNullable(state.values().get(variable))
                .map(value -> value.matches(NUMBER) ? new BigDecimal(value) : value);
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
