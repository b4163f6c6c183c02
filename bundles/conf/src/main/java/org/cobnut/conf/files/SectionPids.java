package org.cobnut.conf.files;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.cobnut.conf.schema.KeywordTable;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionId;

/**
 * Maps PIDs to sections. A section that was created in Configuration Admin keeps its first PID until the framework
 * restarts. Not thread-safe.
 */
public final class SectionPids {
    private final Map<String, SectionId> born = new HashMap<>();

    /** The file that a PID belongs to; empty when to none. */
    public static Optional<Schema> schema(String pid) {
        for (Schema schema : Schema.values())
            if (schema.global().pid().equals(pid) || factory(schema, pid).isPresent()) return Optional.of(schema);
        return Optional.empty();
    }

    /** The factory PID within the PID of a section; empty for any other. */
    public static Optional<String> factory(String pid) {
        return schema(pid).flatMap(schema -> factory(schema, pid));
    }

    /** The place of a PID that has one already. */
    Optional<SectionId> find(String pid) {
        if (born.containsKey(pid)) return Optional.of(born.get(pid));
        return schema(pid).flatMap(schema -> {
            int tail = pid.indexOf('~') + 1;
            if (schema.global().pid().equals(pid)) return Optional.of(new SectionId(schema, ""));
            return tail == 0 ? Optional.empty() : Optional.of(new SectionId(schema, pid.substring(tail)));
        });
    }

    String pid(SectionId sectionId) {
        return born.entrySet().stream()
                .filter(entry -> entry.getValue().equals(sectionId))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(sectionId::pid);
    }

    void bear(String pid, SectionId sectionId) {
        if (!pid.equals(sectionId.pid())) born.put(pid, sectionId);
    }

    void forget(String pid) {
        born.remove(pid);
    }

    void retain(Predicate<SectionId> alive) {
        born.values().removeIf(alive.negate());
    }

    private static Optional<String> factory(Schema schema, String pid) {
        return schema.section()
                .map(KeywordTable::pid)
                .filter(factory -> pid.startsWith(factory + "~") || pid.startsWith(factory + "."));
    }
}
