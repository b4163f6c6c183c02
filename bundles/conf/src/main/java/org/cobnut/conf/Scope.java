package org.cobnut.conf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one section says, or the lines before the first; filled by {@link Reading}, then only read. */
final class Scope {
    /** Whether what a section says counts. */
    enum Standing {
        COUNTS,
        /** Its head is wrong or a name twice, so nothing in it is looked at. */
        VOID
    }

    private final Table table;
    private final String name;
    private final int line;
    private final int from;
    private final Standing standing;
    private final Map<String, Object> values = new TreeMap<>();
    private final Map<String, List<String>> collected = new HashMap<>();
    private final Map<String, Integer> mentioned = new HashMap<>();
    private int to;

    Scope(Table table, String name, int line, int from, Standing standing) {
        this.table = table;
        this.name = name;
        this.line = line;
        this.from = from;
        this.to = from;
        this.standing = standing;
    }

    Table table() {
        return table;
    }

    /** The section's name; empty for the lines before the first section. */
    String name() {
        return name;
    }

    int line() {
        return line;
    }

    /** Index of the first entry: a section's head. */
    int from() {
        return from;
    }

    /** Index behind the last entry. */
    int to() {
        return to;
    }

    boolean counts() {
        return standing == Standing.COUNTS;
    }

    /** By property: Integer, Boolean, String or String[]. */
    Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The line on which a keyword stood first; 0 when it does not stand in the section. */
    int mentioned(String property) {
        return mentioned.getOrDefault(property, 0);
    }

    void mention(String property, int at) {
        mentioned.putIfAbsent(property, at);
    }

    void put(String property, Object value) {
        values.put(property, value);
    }

    void add(String property, String element) {
        List<String> all = collected.computeIfAbsent(property, key -> new ArrayList<>());
        all.add(element);
        values.put(property, all.toArray(String[]::new));
    }

    void end(int index) {
        to = index;
    }
}
