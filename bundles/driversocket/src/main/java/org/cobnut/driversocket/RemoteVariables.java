package org.cobnut.driversocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.model.Names;
import org.cobnut.model.Range;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The variables and commands of a driver, as its lines tell of them (sock-protocol, "Commands used by the drivers").
 * Bounded, whatever the lines say. One thread.
 */
final class RemoteVariables {
    /** Variables, commands, choices and ranges together. */
    static final int MOST = 10_000;

    /** Choices, or ranges, of one variable. */
    static final int MOST_OF_ONE = 500;

    /** What a line brought. */
    enum Effect {
        /** Not a line of the protocol, or not about anything known. */
        UNKNOWN,
        SAME,
        CHANGED,
        /** There is too much already. */
        REFUSED
    }

    private final SortedMap<String, Entry> entries = new TreeMap<>(Names.ORDER);
    private final SortedSet<String> commands = new TreeSet<>(Names.ORDER);
    private int size;

    /** A variable, and the length that counts once it turns out to be text. */
    private record Entry(Variable variable, int length) {
        Entry with(VarType type) {
            return new Entry(new Variable(variable.name(), variable.value(), type), length);
        }

        int size() {
            return 1
                    + variable.type().choices().size()
                    + variable.type().ranges().size();
        }
    }

    /** Takes the words of one line, of which there is at least one. */
    Effect accept(List<String> words) {
        String name = words.size() > 1 ? words.get(1) : "";
        if (!fit(name)) return Effect.UNKNOWN;
        return switch (words.get(0).toUpperCase(Locale.ROOT)) {
            case "SETINFO" -> words.size() == 3 ? setInfo(name, printable(words.get(2))) : Effect.UNKNOWN;
            case "DELINFO" -> words.size() == 2 ? put(name, null) : Effect.UNKNOWN;
            case "ADDCMD" -> words.size() == 2 ? addCommand(name) : Effect.UNKNOWN;
            case "DELCMD" -> words.size() == 2 ? removeCommand(name) : Effect.UNKNOWN;
            case "ADDENUM", "DELENUM", "ADDRANGE", "DELRANGE", "SETAUX", "SETFLAGS" -> describe(name, words);
            default -> Effect.UNKNOWN;
        };
    }

    /** The variables now, in a map of the caller's own. */
    SortedMap<String, Variable> variables() {
        var variables = new TreeMap<String, Variable>(Names.ORDER);
        entries.forEach((name, entry) -> variables.put(name, entry.variable()));
        return variables;
    }

    /** The commands now; a view. */
    SortedSet<String> commands() {
        return commands;
    }

    private Effect setInfo(String name, String value) {
        Entry known = entries.get(name);
        if (known == null) return put(name, new Entry(new Variable(name, value, VarType.READ_ONLY), 0));
        if (known.variable().value().equals(value)) return Effect.SAME; // its case counts
        var variable =
                new Variable(known.variable().name(), value, known.variable().type());
        return put(name, new Entry(variable, known.length()));
    }

    /** Lines about a variable that is there; those about another are nothing to NUT either. */
    private Effect describe(String name, List<String> words) {
        Entry known = entries.get(name);
        if (known == null) return Effect.SAME;
        List<String> rest = words.subList(2, words.size());
        Entry next =
                switch (words.get(0).toUpperCase(Locale.ROOT)) {
                    case "ADDENUM", "DELENUM" -> rest.size() == 1 ? choice(known, words.get(0), rest.get(0)) : null;
                    case "ADDRANGE", "DELRANGE" -> rest.size() == 2 ? range(known, words.get(0), rest) : null;
                    case "SETAUX" -> rest.size() == 1 ? length(known, rest.get(0)) : null;
                    default -> flags(known, rest);
                };
        if (next == null) return Effect.UNKNOWN;
        return next.equals(known) ? Effect.SAME : put(name, next);
    }

    private static Entry choice(Entry known, String verb, String word) {
        VarType type = known.variable().type();
        String choice = printable(word);
        var choices = new ArrayList<>(type.choices());
        if (removes(verb)) choices.remove(choice);
        else if (!choices.contains(choice)) choices.add(choice);
        return known.with(type.choices(choices));
    }

    private static @Nullable Entry range(Entry known, String verb, List<String> bounds) {
        Range range;
        try {
            range = new Range(Long.parseLong(bounds.get(0)), Long.parseLong(bounds.get(1)));
        } catch (IllegalArgumentException noRange) {
            return null;
        }
        VarType type = known.variable().type();
        var ranges = new ArrayList<>(type.ranges());
        if (removes(verb)) ranges.remove(range);
        else if (!ranges.contains(range)) ranges.add(range);
        return known.with(type.ranges(ranges));
    }

    private static @Nullable Entry length(Entry known, String word) {
        if (!word.matches("\\d{1,9}")) return null;
        VarType type = known.variable().type();
        int length = Integer.parseInt(word);
        OptionalInt shown = type.maxLength().isPresent() ? OptionalInt.of(length) : OptionalInt.empty();
        Entry next = known.with(type.maxLength(shown));
        return new Entry(next.variable(), length);
    }

    private static Entry flags(Entry known, List<String> flags) {
        VarType type = known.variable().type();
        boolean text = flags.stream().anyMatch("STRING"::equalsIgnoreCase);
        return known.with(type.writable(flags.stream().anyMatch("RW"::equalsIgnoreCase))
                .maxLength(text ? OptionalInt.of(known.length()) : OptionalInt.empty()));
    }

    private Effect put(String name, @Nullable Entry next) {
        Entry known = entries.get(name);
        if (known == null && next == null) return Effect.SAME;
        int after = size - (known == null ? 0 : known.size()) + (next == null ? 0 : next.size());
        if (next != null && after > size && (after > MOST || next.size() > MOST_OF_ONE)) return Effect.REFUSED;
        size = after;
        if (next == null) entries.remove(name);
        else entries.put(name, next);
        return Effect.CHANGED;
    }

    private Effect addCommand(String name) {
        if (commands.contains(name)) return Effect.SAME;
        if (size >= MOST) return Effect.REFUSED;
        size++;
        commands.add(name);
        return Effect.CHANGED;
    }

    private Effect removeCommand(String name) {
        if (!commands.remove(name)) return Effect.SAME;
        size--;
        return Effect.CHANGED;
    }

    private static boolean removes(String verb) {
        return verb.regionMatches(true, 0, "DEL", 0, 3);
    }

    /** Whether it can be the name of a variable or command at all. */
    private static boolean fit(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"\\#=".indexOf(c) < 0);
    }

    private static String printable(String text) {
        return text.indexOf(0x7f) < 0 ? text : text.replace("\u007f", "");
    }
}
