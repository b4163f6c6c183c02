package org.cobnut.table.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.cobnut.table.grammar.MappingCompiler;
import org.cobnut.table.grammar.MappingFile;
import org.cobnut.table.grammar.Statement;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.table.mapping.MappingException.Fault;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingUser;

/** The mappings of one kind. Compiles under the store's lock; what is in force and who uses it is for any thread. */
final class KindMappings<A> {
    private final MappingKind<A> kind;
    private final Set<MappingUser> users = Collections.newSetFromMap(new WeakHashMap<>());
    private List<MappingEntry> entries = List.of();
    private volatile List<Mapping<A>> force = List.of();
    private int opens;

    KindMappings(MappingKind<A> kind) {
        this.kind = kind;
    }

    MappingKind<A> kind() {
        return kind;
    }

    List<MappingEntry> entries() {
        return entries;
    }

    void opened() {
        opens++;
    }

    /** Says whether nobody has it open any more. */
    boolean closed() {
        return --opens == 0;
    }

    List<Mapping<A>> force() {
        return force;
    }

    void add(MappingUser user) {
        synchronized (users) {
            users.add(user);
        }
    }

    void remove(MappingUser user) {
        synchronized (users) {
            users.remove(user);
        }
    }

    List<MappingUser> users() {
        synchronized (users) {
            return List.copyOf(users);
        }
    }

    void tell() {
        users().forEach(MappingUser::changed);
    }

    /** Compiles what is new among the files, and says whether other mappings are in force now. */
    boolean compile(List<MappingEntry> all) {
        entries = mine(all);
        new Compilation(entries, false).run();
        var names = new HashSet<String>();
        List<Mapping<A>> now = entries.stream()
                .filter(entry -> entry.mapping()
                        .filter(mapping -> names.add(mapping.name()))
                        .isPresent())
                .sorted(MappingEntry.ORDER)
                .map(entry -> mapping(entry).orElseThrow())
                .toList();
        boolean changed = !now.equals(force);
        if (changed) force = List.copyOf(now);
        return changed;
    }

    /** What would be wrong with a file if it came to these. */
    List<Fault> check(MappingEntry entry, List<MappingEntry> all) {
        var others = new ArrayList<>(mine(all));
        others.removeIf(other ->
                other.source().operators() && other.name().equals(entry.name())); // the one that it is about to replace
        others.add(entry);
        others.sort(MappingEntry.PRECEDENCE);
        try {
            MappingFile file = entry.parsed().orElseThrow();
            MappingCompiler.compile(kind, file, new Compilation(others, true)::parent);
            return List.of();
        } catch (MappingException e) {
            return e.faults();
        }
    }

    private List<MappingEntry> mine(List<MappingEntry> all) {
        var mine = new ArrayList<MappingEntry>();
        for (MappingEntry entry : all) if (entry.kind().equals(kind.name())) mine.add(entry);
        mine.sort(MappingEntry.PRECEDENCE);
        return mine;
    }

    @SuppressWarnings("unchecked") // made by this kind
    private Optional<Mapping<A>> mapping(MappingEntry entry) {
        return entry.mapping().map(mapping -> (Mapping<A>) mapping);
    }

    /** One look at all files of the kind; each is compiled behind those that it extends. */
    private final class Compilation {
        private final List<MappingEntry> order;
        /** Whether the entries stay as they are. */
        private final boolean dry;

        private final Set<MappingEntry> begun = new HashSet<>();
        private final Map<MappingFile, MappingEntry> byFile = new HashMap<>();

        Compilation(List<MappingEntry> order, boolean dry) {
            this.order = order;
            this.dry = dry;
            for (MappingEntry entry : order) {
                entry.effective().ifPresent(file -> byFile.put(file, entry));
                entry.parsed().ifPresent(file -> byFile.put(file, entry));
            }
        }

        void run() {
            var names = new HashMap<String, MappingEntry>();
            for (MappingEntry entry : order) {
                MappingEntry twin = entry.source().operators() ? names.get(entry.name()) : null;
                if (twin == null) {
                    compile(entry);
                    if (entry.mapping().isPresent()) names.put(entry.name(), entry);
                } else {
                    entry.unuse();
                    String reason =
                            "the mapping %s is in %s already, which counts".formatted(entry.name(), twin.file());
                    entry.fault(List.of(new Fault(entry.file(), 1, reason)));
                }
            }
        }

        private void compile(MappingEntry entry) {
            if (dry || !begun.add(entry)) return;
            Optional<MappingFile> file = entry.parsed();
            if (file.isEmpty()) return; // the version before it stays in force, and its faults are known
            if (!file.get().kind().equals(kind.name())) {
                String reason = "its kind was %s; take the file away before it is another".formatted(kind.name());
                entry.fault(List.of(new Fault(entry.file(), 1, reason)));
                return;
            }
            try {
                List<Statement> statements = MappingCompiler.resolve(file.get(), this::parent);
                if (!entry.madeOf(statements))
                    entry.use(file.get(), statements, MappingCompiler.compile(kind, file.get(), statements));
                entry.fault(List.of());
            } catch (MappingException e) {
                entry.fault(e.faults());
            }
        }

        /** The file that a file extends: of its own name the next one in precedence, of another the first. */
        Optional<MappingFile> parent(MappingFile file) {
            MappingEntry entry = byFile.get(file);
            return entry == null ? Optional.empty() : parentOf(entry, file).flatMap(MappingEntry::effective);
        }

        /** Of two files of the operator with one mapping, only one counts at all. */
        private static boolean operators(MappingEntry one, MappingEntry other) {
            return one.source().operators() && other.source().operators();
        }

        private Optional<MappingEntry> parentOf(MappingEntry entry, MappingFile file) {
            if (file.parent().isEmpty()) return Optional.empty();
            String name = file.parent().get();
            List<MappingEntry> below =
                    name.equals(file.name()) ? order.subList(order.indexOf(entry) + 1, order.size()) : order;
            List<MappingEntry> candidates = below.stream()
                    .filter(other -> other != entry && other.name().equals(name))
                    .filter(other -> !name.equals(file.name()) || !operators(entry, other))
                    .toList();
            candidates.forEach(this::compile);
            return candidates.stream()
                    .filter(other -> other.mapping().isPresent())
                    .findFirst()
                    .or(() -> candidates.stream().findFirst());
        }
    }
}
