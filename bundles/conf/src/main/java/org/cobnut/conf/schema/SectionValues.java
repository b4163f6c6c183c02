package org.cobnut.conf.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.conf.text.Fault;

/**
 * Holds the values of one section, or of the lines before the first; {@link ParsedFile} fills it, and then it is only
 * read.
 */
public final class SectionValues {
    /** Tells whether what a section says counts. */
    enum Standing {
        COUNTS,
        /** Its head is wrong, so nothing in it is read. */
        VOID
    }

    /**
     * Entries that stand together.
     *
     * @param from index of the first entry: a section's head
     * @param to index behind the last entry
     */
    public record Part(int from, int to) {}

    private final KeywordTable table;
    private final String name;
    private final int line;
    private final Standing standing;
    private final List<Part> parts = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Object> values = new TreeMap<>();
    private final Map<String, List<String>> collected = new HashMap<>();
    private final Map<String, Integer> mentioned = new HashMap<>();

    SectionValues(KeywordTable table, String name, int line, Standing standing) {
        this.table = table;
        this.name = name;
        this.line = line;
        this.standing = standing;
    }

    KeywordTable table() {
        return table;
    }

    /** The section's name; empty for the lines before the first section. */
    public String name() {
        return name;
    }

    /** The line of its first head. */
    public int line() {
        return line;
    }

    /** Where its lines stand in the file: in one place for each time that its head stands there. */
    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** What is wrong with its lines, warnings not included. */
    public List<Fault> faults() {
        return Collections.unmodifiableList(faults);
    }

    void fault(Fault fault) {
        faults.add(fault);
    }

    public boolean counts() {
        return standing == Standing.COUNTS;
    }

    /** By property: Integer, Boolean, String or String[]. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The line on which a keyword stood first; 0 when it does not stand in the section. */
    public int mentioned(String property) {
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

    /** Takes the entries between two indexes as its own. */
    void part(int from, int to) {
        parts.add(new Part(from, to));
    }
}
