package org.cobnut.table.registry;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cobnut.table.grammar.MappingFile;
import org.cobnut.table.grammar.Statement;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.table.mapping.MappingException.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One mapping file: its text of now, what is wrong with that, and the last version of it that could be used, which is in
 * force as long as the text of now cannot. Bundles bring thousands of lines of which one device uses some hundred, so of
 * their files only the first line is read until somebody wants the rest. Used under the store's lock.
 */
final class MappingEntry {
    /** What counts of several files with one mapping: the operator's, then the higher version, then the older bundle. */
    static final Comparator<MappingEntry> PRECEDENCE = Comparator.comparing(
                    (MappingEntry entry) -> !entry.source.operators())
            .thenComparing(MappingEntry::version, MappingEntry::compareVersions)
            .thenComparing(MappingEntry::source)
            .thenComparing(MappingEntry::file);

    /** The order in which mappings of different names are offered a device. */
    static final Comparator<MappingEntry> ORDER = Comparator.comparing(
                    (MappingEntry entry) -> !entry.source.operators())
            .thenComparing(MappingEntry::file);

    private static final Pattern NOT_DIGITS = Pattern.compile("\\D+");

    private final MappingSource source;
    private MappingText text;
    /** The words of the first line, as long as the rest is not read. */
    private List<String> head = List.of();
    /** The text of now, if it is read and its lines make sense. */
    private Optional<MappingFile> parsed = Optional.empty();

    private List<Fault> faults = List.of();
    /** The version in force: its file, all its statements, and the mapping made of them. */
    private @Nullable MappingFile used;

    private List<Statement> statements = List.of();
    private @Nullable Mapping<?> mapping;

    MappingEntry(MappingSource source, MappingText text) {
        this.source = source;
        this.text = text;
        begin();
    }

    /** Takes another text of the same file; false when it is the same. */
    boolean take(MappingText now) {
        if (now.equals(text)) return false;
        text = now;
        begin();
        return true;
    }

    private void begin() {
        head = source.operators() ? List.of() : MappingFile.head(text.bytes());
        parsed = Optional.empty();
        faults = List.of();
        if (head.isEmpty()) parse();
    }

    private void parse() {
        head = List.of();
        try {
            parsed = Optional.of(MappingFile.parse(text.file(), text.bytes()));
            faults = List.of();
        } catch (MappingException e) {
            parsed = Optional.empty();
            faults = e.faults();
        }
    }

    MappingSource source() {
        return source;
    }

    MappingText text() {
        return text;
    }

    String file() {
        return text.file();
    }

    Optional<MappingFile> parsed() {
        if (!head.isEmpty()) parse();
        return parsed;
    }

    /** The version whose rows others take over: the one in force, or the text of now as long as none is. */
    Optional<MappingFile> effective() {
        return Optional.ofNullable(used).or(this::parsed);
    }

    /** The name that the text of now has, or else the version in force. */
    String name() {
        return head.isEmpty()
                ? parsed.or(this::effective).map(MappingFile::name).orElse("")
                : head.get(1);
    }

    /** The version that the text of now has, or else the one in force. */
    String version() {
        return head.isEmpty()
                ? parsed.or(this::effective).map(MappingFile::version).orElse("")
                : head.get(2);
    }

    /** The kind of the version in force, or else of the text of now. */
    String kind() {
        if (used == null && !head.isEmpty()) return head.get(3);
        return effective().map(MappingFile::kind).orElse("");
    }

    /** What is wrong with the text of now, as far as that is read. */
    List<Fault> faults() {
        return faults;
    }

    void fault(List<Fault> found) {
        faults = found;
    }

    Optional<Mapping<?>> mapping() {
        return Optional.ofNullable(mapping);
    }

    /** Whether the mapping in force was made of these statements. */
    boolean madeOf(List<Statement> all) {
        return mapping != null && statements.equals(all);
    }

    void use(MappingFile file, List<Statement> all, Mapping<?> made) {
        used = file;
        statements = all;
        mapping = made;
    }

    /** Nobody knows its kind any more: what was made of it holds classes of a bundle that is gone. */
    void unuse() {
        used = null;
        statements = List.of();
        mapping = null;
    }

    /** By numbers between anything else; the higher one first. */
    private static int compareVersions(String one, String other) {
        String[] left = NOT_DIGITS.split(one, -1);
        String[] right = NOT_DIGITS.split(other, -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = Long.compare(number(right, i), number(left, i));
            if (order != 0) return order;
        }
        return 0;
    }

    private static long number(String[] parts, int index) {
        String part = index < parts.length ? parts[index] : "";
        return part.isEmpty() || part.length() > 9 ? 0 : Long.parseLong(part);
    }
}
