package org.cobnut.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cobnut.model.VarType;

/**
 * What a driver says of a device, as names and texts that can be compared: the value of each variable, {@code command NAME},
 * and {@code setting NAME} with what may be written. What NUT's core and our runtime add is left out, and blanks
 * around a value.
 */
public record DriverFacts(SortedMap<String, String> facts) {
    /** What NUT's core and our runtime say of every device, the core since 2.8.1. */
    private static final Set<String> BY_ITSELF = Set.of("device.type", "command shutdown.default");

    public DriverFacts {
        var kept = new TreeMap<>(facts);
        for (String part : List.of("mfr", "model", "serial"))
            if (kept.containsKey("ups." + part)) kept.putIfAbsent("device." + part, kept.get("ups." + part));
        kept.keySet().removeIf(name -> name.startsWith("driver.") || BY_ITSELF.contains(name));
        kept.replaceAll((name, value) -> value.strip());
        facts = kept;
    }

    /** What our driver says. */
    public static DriverFacts of(TestReport report) {
        var facts = new TreeMap<>(report.values());
        facts.put("ups.status", String.join(" ", report.status()));
        if (!report.alarms().isEmpty()) facts.put("ups.alarm", String.join(" ", report.alarms()));
        for (String command : report.commands()) facts.put("command " + command, "yes");
        report.variables().forEach((name, variable) -> {
            VarType type = variable.type();
            if (type.writable())
                facts.put(
                        "setting " + name,
                        type(
                                type.maxLength(),
                                type.choices(),
                                type.ranges().stream()
                                        .map(range -> range.min() + " to " + range.max())
                                        .toList()));
        });
        return new DriverFacts(facts);
    }

    /** What may be written, in words. */
    static String type(OptionalInt length, List<String> choices, List<String> ranges) {
        if (!choices.isEmpty()) return "one of " + String.join(", ", choices);
        if (!ranges.isEmpty()) return String.join(", ", ranges);
        return length.isPresent() ? "text of " + length.getAsInt() : "number";
    }

    /**
     * What another driver says otherwise of the same device: {@code NAME | THEIRS | OURS}, with {@code -} for nothing. Numbers
     * are compared as numbers, and ups.status as words in any order.
     */
    public SortedSet<String> differences(DriverFacts ours) {
        var names = new TreeSet<>(facts.keySet());
        names.addAll(ours.facts.keySet());
        var differences = new TreeSet<String>();
        for (String name : names) {
            String their = facts.getOrDefault(name, "-");
            String our = ours.facts.getOrDefault(name, "-");
            if (!same(name, their, our)) differences.add(name + " | " + their + " | " + our);
        }
        return differences;
    }

    private static boolean same(String name, String their, String our) {
        if (name.equals("ups.status"))
            return Set.copyOf(Arrays.asList(their.split(" "))).equals(Set.copyOf(Arrays.asList(our.split(" "))));
        Optional<Double> number = number(their);
        return number.isPresent() ? number.equals(number(our)) : their.equals(our);
    }

    private static Optional<Double> number(String text) {
        return text.matches("-?\\d+(\\.\\d*)?") ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    /**
     * The rows of a table of a page, as {@link #differences} makes them. A row has these cells in front, then name, theirs,
     * ours and why.
     */
    public static SortedSet<String> documented(Path page, String... front) throws IOException {
        var rows = new TreeSet<String>();
        for (String line : Files.readAllLines(page)) {
            List<String> cells = cells(line);
            if (cells.size() == front.length + 4
                    && cells.subList(0, front.length).equals(List.of(front))
                    && !cells.get(front.length).startsWith("---"))
                rows.add(cells.subList(front.length, front.length + 3).stream().collect(Collectors.joining(" | ")));
        }
        return rows;
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|") || !line.endsWith("|")) return List.of();
        var cells = new ArrayList<String>();
        for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) cells.add(cell.strip());
        return cells;
    }

    /** The variables alone. */
    public Map<String, String> variables() {
        return facts.entrySet().stream()
                .filter(fact -> !fact.getKey().contains(" "))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
