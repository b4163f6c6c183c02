package org.cobnut.table.mapping;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.table.grammar.Kinds;
import org.cobnut.table.registry.EditedStore;

/** Mappings of objects that a test edits as an operator does. */
final class EditedMappings {
    private final EditedStore store = new EditedStore();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final MappingSet<String> set = store.open(Kinds.OID);

    MappingSet<String> set() {
        return set;
    }

    List<MappingUser> users() {
        return store.users(set);
    }

    void put(String file, String text) {
        files.put(file, text.getBytes(StandardCharsets.ISO_8859_1));
        store.replace(files);
    }

    void remove(String file) {
        files.remove(file);
        store.replace(files);
    }
}
