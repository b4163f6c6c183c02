package org.cobnut.table.registry;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.MappingUser;

/** A kind as one of those who opened it has it. */
final class OpenMappings<A> implements MappingSet<A> {
    private final KindMappings<A> mappings;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenMappings(KindMappings<A> mappings, Runnable release) {
        this.mappings = mappings;
        this.release = release;
    }

    @Override
    public List<Mapping<A>> all() {
        return mappings.force();
    }

    @Override
    public void add(MappingUser user) {
        mappings.add(user);
    }

    @Override
    public void remove(MappingUser user) {
        mappings.remove(user);
    }

    List<MappingUser> users() {
        return mappings.users();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) release.run();
    }
}
