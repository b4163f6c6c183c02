package org.cobnut.table.grammar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.table.Known;
import org.cobnut.table.Row;

/**
 * Text in which {@code {argument}} stands for what the client gave, {@code {argument:600}} for that or else 600, and
 * {@code {ups.delay.shutdown}} for a value that is known.
 */
record Template(String text) implements Row.Argument {
    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z0-9._-]+)(?::([^{}]*))?}");

    @Override
    public String of(String argument, Known known) {
        return HOLE.matcher(text)
                .replaceAll(hole -> Matcher.quoteReplacement(fill(hole.group(1), hole.group(2), argument, known)));
    }

    private static String fill(String name, String fallback, String argument, Known known) {
        String value = name.equals("argument") ? argument : known.value(name).orElse("");
        if (!value.isEmpty()) return value;
        if (fallback != null) return fallback;
        throw new IllegalArgumentException(
                name.equals("argument") ? "it needs an argument" : "the device has not told its " + name);
    }
}
