package org.cobnut.drivers.megatec.dialect;

import java.util.List;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.model.VarType;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;

/**
 * The waits of the shutdown commands, in seconds, as the UPS can keep them: until the load goes off, in steps of 6 below a
 * minute and of 60 above; and until it comes back, counted from when it went off, in steps of 60.
 */
public final class Delays {
    static final String SHUTDOWN = "ups.delay.shutdown";
    static final String START = "ups.delay.start";

    /**
     * What a dialect takes.
     *
     * @param shutdown what counts where the section of ups.conf says nothing
     * @param start likewise
     */
    public record Limits(long minShutdown, long maxShutdown, long minStart, long maxStart, long shutdown, long start) {
        /** Most dialects; "R0001" and "R0002" never return on early firmware, hence a default of three minutes. */
        public static final Limits USUAL = new Limits(12, 600, 0, 599_940, 30, 180);
    }

    private Delays() {}

    /**
     * Checks the waits that a section of ups.conf asks for.
     *
     * @throws IllegalArgumentException when a UPS of that dialect cannot keep them; said to the operator
     */
    public static void check(Config config, Limits limits) {
        within("option 'offdelay'", shutdown(config, limits), limits.minShutdown, limits.maxShutdown);
        within("option 'ondelay'", start(config, limits), limits.minStart, limits.maxStart);
    }

    /** The variables that hold the waits, beginning with those of the section. */
    static List<Row<Address>> rows(Config config, Limits limits) {
        check(config, limits);
        return List.of(
                row(config, SHUTDOWN, shutdown(config, limits), limits.minShutdown, limits.maxShutdown),
                row(config, START, start(config, limits), limits.minStart, limits.maxStart));
    }

    private static long shutdown(Config config, Limits limits) {
        return config.offdelay().orElse(limits.shutdown);
    }

    private static long start(Config config, Limits limits) {
        return config.ondelay().orElse(limits.start);
    }

    private static Row<Address> row(Config config, String name, long initial, long min, long max) {
        return Row.parameter(
                name,
                config.adjustable() ? VarType.number(min, max) : VarType.READ_ONLY,
                Long.toString(initial),
                (text, known) -> {
                    long seconds = within(name, Numbers.whole(text), min, max);
                    return Long.toString(seconds - seconds % (name.equals(SHUTDOWN) && seconds < 60 ? 6 : 60));
                });
    }

    /** {@code SnRmmmm}, or {@code Sn} for a UPS that shall come back with the mains at once. */
    public static String shutdownReturn(String argument, Known known) {
        long start = seconds(START, known);
        String shutdown = afterDelay("S", known);
        return start == 0 ? shutdown : shutdown + "R" + Numbers.digits(4, start / 60);
    }

    /** {@code SnR0000}: off, and off it stays. */
    public static String shutdownStayoff(String argument, Known known) {
        return afterDelay("S", known) + "R0000";
    }

    /** A command with the wait until the load goes off behind it. */
    public static String afterDelay(String command, Known known) {
        return command + wire(seconds(SHUTDOWN, known));
    }

    /** The wait until the load comes back. */
    public static long start(Known known) {
        return seconds(START, known);
    }

    /** Minutes in two digits, or tenths of a minute behind a dot. */
    static String wire(long seconds) {
        return seconds < 60 ? "." + seconds / 6 : Numbers.digits(2, seconds / 60);
    }

    private static long seconds(String name, Known known) {
        return Numbers.whole(
                known.value(name).orElseThrow(() -> new IllegalArgumentException("the device has no " + name)));
    }

    private static long within(String name, long seconds, long min, long max) {
        if (seconds < min || seconds > max)
            throw new IllegalArgumentException(
                    "%s of %d s is not between %d and %d".formatted(name, seconds, min, max));
        return seconds;
    }
}
