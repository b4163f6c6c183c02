package org.cobnut.table.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.MappingUser;

/** A store whose operator is a test. */
public final class EditedStore {
    private static final MappingSource OPERATOR = new MappingSource(MappingSource.FOLDER, "mappings");

    private final List<String> log = new ArrayList<>();
    private final MappingStore store = new MappingStore(log::add);

    public <A> MappingSet<A> open(MappingKind<A> kind) {
        return store.open(kind);
    }

    public void replace(Map<String, byte[]> files) {
        store.replace(
                OPERATOR,
                files.entrySet().stream()
                        .map(file -> MappingText.of(file.getKey(), file.getValue()))
                        .toList());
    }

    public List<MappingUser> users(MappingSet<?> set) {
        return ((OpenMappings<?>) set).users();
    }

    public List<String> log() {
        return List.copyOf(log);
    }
}
