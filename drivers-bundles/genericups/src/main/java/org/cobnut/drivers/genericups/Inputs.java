package org.cobnut.drivers.genericups;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.cobnut.link.SerialLink;

/**
 * Lines that the UPS sets, and how they are when something is so. Immutable.
 *
 * @param on lines that are on then
 * @param off lines that are off then
 */
record Inputs(Set<Line> on, Set<Line> off) {
    /** No line tells. */
    static final Inputs NONE = new Inputs(Set.of(), Set.of());

    /** A line that the UPS sets. */
    enum Line {
        CTS,
        DCD,
        DSR,
        RNG
    }

    Inputs {
        on = Set.copyOf(on);
        off = Set.copyOf(off);
    }

    /**
     * Reads lines joined by '+', with '-' in front of one that is off: {@code -CTS+DSR}. NULL or nothing is no line.
     *
     * @throws IllegalArgumentException when it is no such text; said to the operator
     */
    static Inputs of(String option, String text) {
        var on = EnumSet.noneOf(Line.class);
        var off = EnumSet.noneOf(Line.class);
        for (String word : words(text)) {
            boolean low = word.startsWith("-");
            String name = low ? word.substring(1) : word;
            try {
                (low ? off : on).add(Line.valueOf(name.equals("RI") ? "RNG" : name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "option '%s' wants CTS, DCD, DSR or RNG, with - in front of one that is off, joined by +; not '%s'"
                                .formatted(option, text),
                        e);
            }
        }
        return new Inputs(on, off);
    }

    /** The words of a text of this kind. */
    static Set<String> words(String text) {
        String bare = text.strip().toUpperCase(Locale.ROOT);
        return bare.isEmpty() || bare.equals("NULL") ? Set.of() : Set.of(bare.split("\\s*\\+\\s*"));
    }

    /** Whether any line tells. */
    boolean tell() {
        return !on.isEmpty() || !off.isEmpty();
    }

    /** Whether the lines are so. */
    boolean hold(Set<Line> now) {
        return now.containsAll(on) && off.stream().noneMatch(now::contains);
    }

    /** The lines that are on now. */
    static Set<Line> read(SerialLink link) throws IOException {
        var now = EnumSet.noneOf(Line.class);
        if (link.cts()) now.add(Line.CTS);
        if (link.dcd()) now.add(Line.DCD);
        if (link.dsr()) now.add(Line.DSR);
        if (link.ring()) now.add(Line.RNG);
        return now;
    }
}
