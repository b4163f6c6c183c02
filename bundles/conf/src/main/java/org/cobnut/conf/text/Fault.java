package org.cobnut.conf.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One sentence about one line of a file. Never holds a secret.
 *
 * @param line from 1; 0 when the file as a whole is meant
 * @param grave whether the line cannot count; otherwise it is a warning
 */
public record Fault(String file, int line, String reason, boolean grave) {
    /** Line numbers and sums of power values, which an edit elsewhere may change. */
    private static final Pattern NUMBERS = Pattern.compile("\\b(lines?|and|make|MINSUPPLIES) -?\\d+");

    public static Fault error(String file, int line, String reason) {
        return new Fault(file, line, reason, true);
    }

    public static Fault warning(String file, int line, String reason) {
        return new Fault(file, line, reason, false);
    }

    public static List<Fault> grave(Collection<Fault> faults) {
        return faults.stream().filter(Fault::grave).toList();
    }

    /**
     * Returns what stays the same when the line only moves, so that a fault of before is known again: two faults with
     * the same identity are the same fault.
     */
    String identity() {
        return file + (grave ? ": " : "? ") + NUMBERS.matcher(reason).replaceAll("$1 N");
    }

    /** Returns the faults that a list has beyond those of another. */
    public static List<Fault> beyond(Collection<Fault> now, Collection<Fault> before) {
        var old = new ArrayList<>(before.stream().map(Fault::identity).toList());
        return now.stream().filter(fault -> !old.remove(fault.identity())).toList();
    }

    @Override
    public String toString() {
        return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
    }
}
