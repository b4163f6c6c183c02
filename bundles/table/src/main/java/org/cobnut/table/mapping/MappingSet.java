package org.cobnut.table.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.registry.MappingStore;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The mappings of one kind that are in force. Any thread.
 *
 * @param <A> the address of the family's wire
 */
@ProviderType
public interface MappingSet<A> extends AutoCloseable {
    /**
     * Compiles texts that never change, for a program without a runtime, such as a test.
     *
     * @param texts by the file's name as it is shown to people
     * @throws IllegalArgumentException when one of them has a fault
     */
    static <A> MappingSet<A> of(MappingKind<A> kind, Map<String, byte[]> texts) {
        return MappingStore.of(kind, new LinkedHashMap<>(texts));
    }

    /** Every mapping in force, one of a name: those of the operator first, then by name. Immutable. */
    List<Mapping<A>> all();

    /** The mapping in force of that name. */
    default Optional<Mapping<A>> named(String name) {
        return all().stream().filter(mapping -> mapping.name().equals(name)).findFirst();
    }

    /** Tells a user of each change from now on. The user is held weakly. */
    void add(MappingUser user);

    /** Tells that user nothing any more; harmless when repeated. */
    void remove(MappingUser user);

    /** Gives the kind back; harmless when repeated. */
    @Override
    void close();
}
