package org.cobnut.drivers.megatec;

/**
 * The waits of the shutdown commands, in seconds, as the UPS can keep them.
 *
 * @param shutdown until the load goes off; in steps of 6 below a minute, of 60 above
 * @param start until it comes back, counted from when it went off; in steps of 60
 */
record Delays(long shutdown, long start, Limits limits) {
    static final String SHUTDOWN = "ups.delay.shutdown";
    static final String START = "ups.delay.start";

    /** What a dialect takes. */
    record Limits(long minShutdown, long maxShutdown, long minStart, long maxStart) {
        /** Most dialects; "R0001" and "R0002" never return on early firmware, hence a default of three minutes. */
        static final Limits USUAL = new Limits(12, 600, 0, 599_940);
    }

    Delays {
        check(SHUTDOWN, shutdown, limits.minShutdown, limits.maxShutdown);
        check(START, start, limits.minStart, limits.maxStart);
        shutdown -= shutdown % (shutdown < 60 ? 6 : 60);
        start -= start % 60;
    }

    /**
     * The waits that a section of ups.conf asks for.
     *
     * @throws IllegalArgumentException when a UPS of that dialect cannot keep them; said to the operator
     */
    static Delays of(Config config, Limits limits) {
        check("option 'offdelay'", config.offdelay(), limits.minShutdown, limits.maxShutdown);
        check("option 'ondelay'", config.ondelay(), limits.minStart, limits.maxStart);
        return new Delays(config.offdelay(), config.ondelay(), limits);
    }

    Delays withShutdown(long seconds) {
        return new Delays(seconds, start, limits);
    }

    Delays withStart(long seconds) {
        return new Delays(shutdown, seconds, limits);
    }

    /** {@code SnRmmmm}, or {@code Sn} for a UPS that shall come back with the mains at once. */
    String shutdownReturn() {
        return start == 0 ? "S" + wire(shutdown) : "S" + wire(shutdown) + "R" + Values.digits(4, start / 60);
    }

    /** {@code SnR0000}: off, and off it stays. */
    String shutdownStayoff() {
        return "S" + wire(shutdown) + "R0000";
    }

    /** Minutes in two digits, or tenths of a minute behind a dot. */
    static String wire(long seconds) {
        return seconds < 60 ? "." + seconds / 6 : Values.digits(2, seconds / 60);
    }

    private static void check(String name, long seconds, long min, long max) {
        if (seconds < min || seconds > max)
            throw new IllegalArgumentException(
                    "%s of %d s is not between %d and %d".formatted(name, seconds, min, max));
    }
}
