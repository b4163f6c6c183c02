package org.cobnut.table.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cobnut.model.Range;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;

/**
 * What stands behind the address of a row: how its answer becomes a value and back, how often it is read, and for which
 * devices.
 */
final class Conversion {
    private OptionalDouble factor = OptionalDouble.empty();
    private int decimals = -1;
    private boolean compact;
    private Map<String, String> texts = Map.of();
    private Optional<String> function = Optional.empty();
    private Optional<Double> least = Optional.empty();
    private Optional<String> fallback = Optional.empty();
    private boolean only;
    private Optional<Cadence> cadence = Optional.empty();
    private Condition need = Condition.ALWAYS;
    private VarType type = VarType.number();
    private boolean typed;

    /** Reads the rest of a statement. */
    static Conversion of(Cursor cursor, Map<String, Map<String, String>> lookups) {
        var conversion = new Conversion();
        while (cursor.more()) conversion.take(cursor, lookups);
        return conversion;
    }

    private void take(Cursor cursor, Map<String, Map<String, String>> lookups) {
        if (cursor.pair()) {
            texts = cursor.pairs();
            return;
        }
        String word = cursor.next("a format");
        switch (word) {
            case "text" -> factor = OptionalDouble.empty();
            case "round" -> decimals(cursor);
            case "compact" -> compact = true;
            case "times" -> factor(cursor);
            case "lookup" -> texts = lookup(cursor.next("the name of a lookup"), lookups);
            case "via" -> function = Optional.of(cursor.next("the name of a function"));
            case "from" -> least = Optional.of(cursor.number("the least number"));
            case "only" -> only = true;
            case "else" -> fallback = Optional.of(cursor.next("a text"));
            case "range" -> range(cursor);
            case "length" -> length(cursor);
            case "quick", "full", "change", "once" ->
                cadence = Optional.of(Cadence.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
            case "when" -> need = need.and(cursor.condition());
            default -> throw new IllegalArgumentException("'%s' is not understood here".formatted(word));
        }
    }

    private void decimals(Cursor cursor) {
        long number = cursor.whole("the number of decimals");
        if (number < 0 || number > 6) throw new IllegalArgumentException("decimals are 0 to 6, not " + number);
        decimals = (int) number;
    }

    private void factor(Cursor cursor) {
        String word = cursor.peek().orElse("");
        factor = OptionalDouble.of(cursor.number("the factor"));
        if (factor.getAsDouble() == 0) throw new IllegalArgumentException("a factor of 0 makes every value 0");
        int dot = word.indexOf('.');
        if (decimals < 0)
            decimals = dot < 0
                    ? 0
                    : Math.min(6, word.substring(dot + 1).replaceAll("0+$", "").length());
    }

    private void range(Cursor cursor) {
        var range = new Range(cursor.whole("the least value"), cursor.whole("the largest value"));
        type = typed ? type.plus(range) : VarType.number(range.min(), range.max());
        typed = true;
    }

    private void length(Cursor cursor) {
        long length = cursor.whole("the length");
        if (length < 0 || length > 512) throw new IllegalArgumentException("a length is 0 to 512, not " + length);
        type = VarType.text((int) length);
        typed = true;
    }

    private static Map<String, String> lookup(String name, Map<String, Map<String, String>> lookups) {
        Map<String, String> texts = lookups.get(name);
        if (texts == null) throw new IllegalArgumentException("there is no lookup " + name + " above this line");
        return texts;
    }

    Map<String, String> texts() {
        return texts;
    }

    /** Whether an answer that the row does not name is unfit. */
    boolean only() {
        return only;
    }

    Optional<String> function() {
        return function;
    }

    Optional<Cadence> cadence() {
        return cadence;
    }

    Condition need() {
        return need;
    }

    /** How an answer becomes a value. */
    Format format(Map<String, Format> functions) {
        Format format = plain(functions);
        if (least.isPresent()) format = format.from(least.get());
        return fallback.isPresent() ? format.orElse(fallback.get()) : format;
    }

    /** A function first, then the lookup or number that the row says of its result. */
    private Format plain(Map<String, Format> functions) {
        if (only) throw new IllegalArgumentException("only belongs to status, alarm and flag");
        Optional<Format> second = ofRow();
        if (function.isEmpty()) return second.orElse(Format.text());
        Format first = named(function.get(), functions);
        if (second.isEmpty()) return first;
        return (raw, known) ->
                first.value(raw, known).flatMap(text -> second.get().value(text, known));
    }

    private Optional<Format> ofRow() {
        if (!texts.isEmpty()) return Optional.of(Format.lookup(texts));
        if (compact) return Optional.of(Format.compact(factor.orElse(1)));
        if (factor.isPresent() || decimals >= 0)
            return Optional.of(Format.times(factor.orElse(1), Math.max(0, decimals)));
        return Optional.empty();
    }

    /** What clients may write: the texts of a lookup, or what the row says. */
    VarType type() {
        if (!texts.isEmpty() && !typed)
            return VarType.choice(texts.values().stream().distinct().toArray(String[]::new));
        return type;
    }

    /** How a value becomes what the device takes: the way back. */
    String raw(String value, Known known, Map<String, ? extends org.cobnut.table.Row.Argument> functions) {
        if (function.isPresent()) return named(function.get(), functions).of(value, known);
        if (!texts.isEmpty()) {
            var back = new HashMap<String, String>();
            texts.forEach((raw, text) -> back.putIfAbsent(text, raw));
            String raw = back.get(value);
            if (raw == null)
                throw new IllegalArgumentException("'%s' is none of %s".formatted(value, List.copyOf(back.keySet())));
            return raw;
        }
        if (factor.isEmpty()) return value;
        double number = Numbers.parse(value)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no number".formatted(value)));
        return Numbers.format(number / factor.getAsDouble(), 0);
    }

    static <F> F named(String name, Map<String, F> functions) {
        F function = functions.get(name);
        if (function == null)
            throw new IllegalArgumentException("there is no function %s; there are %s"
                    .formatted(
                            name,
                            functions.isEmpty()
                                    ? "none"
                                    : String.join(", ", new java.util.TreeSet<>(functions.keySet()))));
        return function;
    }
}
