package org.cobnut.drivers.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cobnut.wire.Lexer;

/**
 * A data file, read: a variable a line, {@code name: words of the value}, between TIMER and ALARM lines. A line that
 * cannot be read is a fault and does nothing; the others stand.
 */
record DataFile(List<Step> steps, List<Fault> faults) {
    /** The longest value that NUT's driver keeps. */
    private static final int MAX_VALUE = 127;

    /** The longest status, which NUT's driver collects word by word. */
    private static final int MAX_STATUS = 255;

    record Fault(int line, String reason) {}

    DataFile {
        steps = List.copyOf(steps);
        faults = List.copyOf(faults);
    }

    static DataFile of(byte[] text) {
        var lexer = new Lexer();
        var steps = new ArrayList<Step>();
        var faults = new ArrayList<Fault>();
        for (byte b : text) take(lexer, lexer.accept(b), steps, faults);
        take(lexer, lexer.end(), steps, faults);
        return new DataFile(steps, faults);
    }

    private static void take(Lexer lexer, Lexer.Event event, List<Step> steps, List<Fault> faults) {
        if (event == Lexer.Event.MORE) return;
        if (event == Lexer.Event.ERROR) {
            faults.add(new Fault(lexer.line(), "unbalanced word due to unescaped # in quotes"));
            return;
        }
        List<String> words = lexer.words();
        if (words.isEmpty()) return;
        String first = words.get(0);
        int colon = first.indexOf(':');
        String name = colon < 0 ? first : first.substring(0, colon);
        String value = String.join(" ", words.subList(1, words.size()));
        Optional<String> reason = fault(name, value, colon >= 0 && colon < first.length() - 1);
        if (reason.isPresent()) faults.add(new Fault(lexer.line(), reason.get()));
        else if (!name.toLowerCase(Locale.ROOT).startsWith("driver.")) steps.add(step(name, value));
    }

    private static Optional<String> fault(String name, String value, boolean glued) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && "\"#\\=".indexOf(c) < 0))
            return Optional.of("no name of a variable before the colon");
        if (glued) return Optional.of("no blank behind the colon of " + name);
        return name.equals("TIMER") && !value.matches("\\d{1,9}")
                ? Optional.of("TIMER wants whole seconds, not '" + value + "'")
                : Optional.empty();
    }

    private static Step step(String name, String value) {
        if (name.equals("TIMER")) return new Step.Timer(Integer.parseInt(value));
        int most = name.equalsIgnoreCase(Shown.STATUS) ? MAX_STATUS : MAX_VALUE;
        String kept = value.length() > most ? value.substring(0, most) : value;
        return name.equals("ALARM") ? new Step.Alarm(kept) : new Step.Put(name, kept);
    }
}
