package org.cobnut.table.mapping;

import java.util.List;
import java.util.Map;
import org.cobnut.table.Table;

/**
 * A mapping file that a family can use.
 *
 * @param file as it is shown to people
 * @param name unique in its kind
 * @param kind the family, such as "snmp"
 * @param matches what the file's {@code match} lines say, by their first word: which devices it is for
 */
public record Mapping<A>(
        String file, String name, String version, String kind, Map<String, List<String>> matches, Table<A> table) {
    public Mapping {
        matches = Map.copyOf(matches);
    }
}
