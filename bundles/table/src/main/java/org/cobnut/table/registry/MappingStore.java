package org.cobnut.table.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cobnut.table.mapping.MappingException.Fault;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.MappingUser;

/**
 * All mapping files of a runtime, and what is in force of them for each kind that somebody opened. Any thread; calls nobody
 * while it holds its lock, but for the kinds, which compile.
 */
public final class MappingStore {
    private final Consumer<String> log;
    private final Consumer<Edit> edits;
    private final Map<MappingSource, Map<String, MappingEntry>> sources = new TreeMap<>();
    private final Map<String, KindMappings<?>> kinds = new TreeMap<>();
    /** Sources whose first files were taken: what comes later is an edit, and somebody waits for what becomes of it. */
    private final Set<MappingSource> settled = new HashSet<>();
    /** Faults that were told, so that each is told once. */
    private final Set<String> told = new HashSet<>();

    /**
     * What became of an edit of a file.
     *
     * @param fault why it does not count; empty when it does
     */
    record Edit(String file, String mapping, boolean gone, Optional<Fault> fault) {}

    MappingStore(Consumer<String> log) {
        this(log, edit -> {});
    }

    /**
     * @param log takes a line about each file with a fault, when it comes
     * @param edits hears of each edit after the start
     */
    MappingStore(Consumer<String> log, Consumer<Edit> edits) {
        this.log = log;
        this.edits = edits;
    }

    /** The mappings of texts that never change; see {@link MappingSet#of}. */
    public static <A> MappingSet<A> of(MappingKind<A> kind, Map<String, byte[]> texts) {
        var store = new MappingStore(line -> {
            throw new IllegalArgumentException(line);
        });
        var all = new ArrayList<MappingText>();
        texts.forEach((file, text) -> all.add(MappingText.of(file, text)));
        store.replace(new MappingSource(1, "program"), all);
        return store.open(kind);
    }

    /** Takes the files of a source in place of those that it had; none takes them away. */
    void replace(MappingSource source, List<MappingText> texts) {
        List<KindMappings<?>> changed;
        List<String> lines;
        List<Edit> outcomes = List.of();
        synchronized (this) {
            List<MappingEntry> edited = take(source, texts);
            boolean edit = !settled.add(source);
            if (edited.isEmpty()) return;
            changed = compile(Set.copyOf(kinds.keySet()));
            lines = news();
            if (edit) lines.addAll(unknown(edited));
            if (edit && source.operators())
                outcomes = edited.stream().map(this::outcome).toList();
        }
        lines.forEach(log);
        outcomes.forEach(edits);
        changed.forEach(KindMappings::tell);
    }

    /** The entries that came, changed or went. */
    private List<MappingEntry> take(MappingSource source, List<MappingText> texts) {
        Map<String, MappingEntry> before = sources.getOrDefault(source, Map.of());
        var now = new TreeMap<String, MappingEntry>();
        var changed = new ArrayList<MappingEntry>();
        for (MappingText text : texts) {
            MappingEntry entry = before.get(text.file());
            if (entry == null) entry = new MappingEntry(source, text);
            else if (!entry.take(text)) {
                now.put(text.file(), entry);
                continue;
            }
            now.put(text.file(), entry);
            changed.add(entry);
        }
        before.forEach((file, entry) -> {
            if (!now.containsKey(file)) changed.add(entry);
        });
        if (now.isEmpty()) sources.remove(source);
        else sources.put(source, now);
        return changed;
    }

    private Edit outcome(MappingEntry entry) {
        boolean gone = !entries().contains(entry);
        Optional<Fault> fault = entry.faults().stream().findFirst();
        if (!kinds.containsKey(entry.kind())) fault = fault.or(() -> Optional.of(unknown(entry.file(), entry.kind())));
        return new Edit(entry.file(), entry.name() + ' ' + entry.version(), gone, fault);
    }

    /** A line for each of these that is of a kind which nobody knows. */
    private List<String> unknown(List<MappingEntry> edited) {
        return edited.stream()
                .filter(entry ->
                        entries().contains(entry) && !entry.kind().isEmpty() && !kinds.containsKey(entry.kind()))
                .map(entry -> unknown(entry.file(), entry.kind()) + "; the file is left out")
                .toList();
    }

    private Fault unknown(String file, String kind) {
        return new Fault(
                file,
                1,
                "no driver that runs here knows the kind %s; there are: %s"
                        .formatted(kind, kinds.isEmpty() ? "none" : String.join(", ", kinds.keySet())));
    }

    /** Opens a kind, or opens it once more. */
    <A> MappingSet<A> open(MappingKind<A> kind) {
        List<String> lines;
        OpenMappings<A> opened;
        synchronized (this) {
            KindMappings<A> mappings = of(kind);
            mappings.opened();
            compile(Set.of(kind.name()));
            opened = new OpenMappings<>(mappings, () -> close(mappings));
            lines = news();
        }
        lines.forEach(log);
        return opened;
    }

    @SuppressWarnings("unchecked") // the same kind has the same addresses
    private <A> KindMappings<A> of(MappingKind<A> kind) {
        KindMappings<?> known = kinds.get(kind.name());
        if (known != null && known.kind() == kind) return (KindMappings<A>) known;
        if (known != null) known.entries().forEach(MappingEntry::unuse); // of a bundle that was replaced
        var mappings = new KindMappings<>(kind);
        kinds.put(kind.name(), mappings);
        return mappings;
    }

    private synchronized void close(KindMappings<?> mappings) {
        if (!mappings.closed()) return;
        if (kinds.remove(mappings.kind().name(), mappings)) mappings.entries().forEach(MappingEntry::unuse);
    }

    /** Compiles the files of these kinds anew, and says for which of them other mappings are in force now. */
    private List<KindMappings<?>> compile(Set<String> names) {
        var changed = new ArrayList<KindMappings<?>>();
        for (String name : names) {
            KindMappings<?> mappings = kinds.get(name);
            if (mappings != null && mappings.compile(entries())) changed.add(mappings);
        }
        return changed;
    }

    private List<MappingEntry> entries() {
        var all = new ArrayList<MappingEntry>();
        sources.values().forEach(files -> all.addAll(files.values()));
        return all;
    }

    /** One line for each file that has a fault that was not told yet. */
    private List<String> news() {
        var lines = new ArrayList<String>();
        var now = new HashSet<String>();
        for (MappingEntry entry : entries()) {
            if (entry.faults().isEmpty()) continue;
            String line = line(entry);
            now.add(line);
            if (!told.contains(line)) lines.add(line);
        }
        told.clear();
        told.addAll(now);
        return lines;
    }

    private static String line(MappingEntry entry) {
        List<Fault> faults = entry.faults();
        String more = faults.size() == 1 ? "" : " (and %d more)".formatted(faults.size() - 1);
        String rest = entry.mapping().isPresent() ? "the version before it stays in force" : "the file is left out";
        return "%s%s; %s; nutctl mapping check FILE tells all".formatted(faults.get(0), more, rest);
    }

    /** What is wrong with a text, if it came to the files that are there; empty for nothing. */
    synchronized List<Fault> check(MappingText text) {
        var entry = new MappingEntry(new MappingSource(MappingSource.FOLDER, "check"), text);
        if (entry.parsed().isEmpty()) return entry.faults();
        KindMappings<?> mappings = kinds.get(entry.kind());
        if (mappings == null) return List.of(unknown(text.file(), entry.kind()));
        return mappings.check(entry, entries());
    }

    /**
     * A mapping file, for people.
     *
     * @param idle whether no driver that knows its kind runs, as none does without a device; that is no fault
     */
    record Line(
            String name,
            String version,
            String kind,
            String file,
            List<String> devices,
            Optional<String> overriddenBy,
            Optional<Fault> fault,
            boolean idle,
            String text) {}

    /** Every file that is there, by kind and name, the one in force first. */
    synchronized List<Line> lines() {
        var byName = new TreeMap<String, List<MappingEntry>>();
        for (MappingEntry entry : entries())
            byName.computeIfAbsent(entry.kind() + ' ' + entry.name(), name -> new ArrayList<>())
                    .add(entry);
        var lines = new ArrayList<Line>();
        for (List<MappingEntry> entries : byName.values()) {
            entries.sort(MappingEntry.PRECEDENCE);
            Optional<MappingEntry> force = entries.stream()
                    .filter(entry -> entry.mapping().isPresent())
                    .findFirst();
            for (MappingEntry entry : entries) lines.add(line(entry, force.filter(other -> other != entry)));
        }
        return lines;
    }

    private Line line(MappingEntry entry, Optional<MappingEntry> over) {
        var devices = new ArrayList<String>();
        for (KindMappings<?> mappings : kinds.values())
            for (var user : mappings.users())
                if (entry.mapping().isPresent()
                        && user.mapping().filter(entry.mapping().get()::equals).isPresent()) devices.add(user.ups());
        devices.sort(String.CASE_INSENSITIVE_ORDER);
        return new Line(
                entry.name(),
                entry.version(),
                entry.kind(),
                entry.file(),
                devices,
                over.map(MappingEntry::file),
                entry.faults().stream().findFirst(),
                !kinds.containsKey(entry.kind()),
                new String(entry.text().bytes(), StandardCharsets.UTF_8));
    }

    /** The device of that name, whatever its case. */
    synchronized Optional<MappingUser> user(String ups) {
        for (KindMappings<?> mappings : kinds.values())
            for (var user : mappings.users()) if (user.ups().equalsIgnoreCase(ups)) return Optional.of(user);
        return Optional.empty();
    }
}
