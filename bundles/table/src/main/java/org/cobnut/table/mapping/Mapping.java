package org.cobnut.table.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.table.Table;

/**
 * A mapping file that a family can use. Two mappings are equal only if they are the same: one that was edited is another.
 *
 * @param <A> the address of the family's wire
 */
public final class Mapping<A> {
    private final String file;
    private final String name;
    private final String version;
    private final String kind;
    private final Map<String, List<String>> matches;
    private final List<List<String>> declared;
    private final Table<A> table;

    /** Made by the compiler of mapping files. */
    public Mapping(
            String file,
            String name,
            String version,
            String kind,
            Map<String, List<String>> matches,
            List<List<String>> declared,
            Table<A> table) {
        this.file = file;
        this.name = name;
        this.version = version;
        this.kind = kind;
        this.matches = Collections.unmodifiableMap(new LinkedHashMap<>(matches));
        this.declared = List.copyOf(declared);
        this.table = table;
    }

    /** The file, as it is shown to people. */
    public String file() {
        return file;
    }

    /** Unique in its kind. */
    public String name() {
        return name;
    }

    /** As the first line of the file says. */
    public String version() {
        return version;
    }

    /** The family, such as "snmp". */
    public String kind() {
        return kind;
    }

    /**
     * What the lines {@code match} say, by their first word and in their order: which devices it is for. Empty for a mapping
     * that is used only where ups.conf names it.
     */
    public Map<String, List<String>> matches() {
        return matches;
    }

    /** The lines that declare something of the kind, as words, those of the mappings that it extends in front. */
    public List<List<String>> declared() {
        return declared;
    }

    public Table<A> table() {
        return table;
    }

    /** Says which mapping it is. */
    @Override
    public String toString() {
        return name + " " + version + " (" + file + ")";
    }
}
