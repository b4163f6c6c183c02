package org.cobnut.conf.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;

/** Writes a configuration into a file and leaves every line unchanged that means the same as before. */
public final class FileEditor {
    /** One line to be: a keyword and its values. */
    private record Line(String key, List<String> values) {
        @Override
        public String toString() {
            return key; // its values may be secret
        }
    }

    /** The properties whose elements are lines as they stand. */
    private static final List<String> OTHERS = List.of(KeywordTable.OPTIONS, KeywordTable.SECRETS);

    private final ParsedFile parsed;
    private final ConfFile.Draft draft;

    private FileEditor(ParsedFile parsed) {
        this.parsed = parsed;
        this.draft = parsed.file().edit();
    }

    /** The file with these values in the section of that name, which is added when there is none. */
    public static ConfFile store(ParsedFile parsed, KeywordTable table, String name, Map<String, ?> values) {
        return new FileEditor(parsed).store(table, name, values);
    }

    /** The file without the section; of the global scope, without any line that says something. */
    public static ConfFile delete(ParsedFile parsed, String name) {
        var edit = new FileEditor(parsed);
        parsed.find(name).ifPresent(edit::remove);
        return edit.draft.done();
    }

    /** Tells whether two sets of values would be written alike. */
    public static boolean same(KeywordTable table, Map<String, ?> one, Map<String, ?> other) {
        return keys(table, one, other).stream().allMatch(key -> lines(key, one).equals(lines(key, other)))
                && OTHERS.stream()
                        .allMatch(property -> options(table, property, one).equals(options(table, property, other)));
    }

    /** What the disk says, with what became different between a base and the values given. */
    public static Map<String, Object> merge(
            KeywordTable table, Map<String, ?> base, Map<String, ?> given, Map<String, Object> disk) {
        var merged = new HashMap<>(disk);
        var properties = new TreeSet<String>(base.keySet());
        properties.addAll(given.keySet());
        for (String property : properties) {
            if (same(table, only(property, base), only(property, given))) continue;
            Object value = given.get(property);
            if (value == null) merged.remove(property);
            else merged.put(property, value);
        }
        return merged;
    }

    private static Map<String, ?> only(String property, Map<String, ?> values) {
        Object value = values.get(property);
        return value == null ? Map.of() : Map.of(property, value);
    }

    private ConfFile store(KeywordTable table, String name, Map<String, ?> values) {
        Optional<SectionValues> scope = parsed.find(name);
        if (scope.isEmpty()) append(table, name, values);
        else change(scope.get(), values);
        return draft.done();
    }

    private void change(SectionValues scope, Map<String, ?> values) {
        KeywordTable table = scope.table();
        for (Keyword key : keys(table, scope.values(), values))
            if (!lines(key, scope.values()).equals(lines(key, values)))
                align(scope, existing(scope, key), lines(key, values), Optional.of(key));
        for (String property : OTHERS)
            if (!options(table, property, scope.values()).equals(options(table, property, values)))
                align(scope, others(scope, property), options(table, property, values), Optional.empty());
    }

    private void append(KeywordTable table, String name, Map<String, ?> values) {
        int last = parsed.file().entries().size() - 1;
        boolean apart = last >= 0 && !parsed.file().entries().get(last).raw().isBlank();
        if (apart) draft.insert(last, "");
        draft.insert(last, "[" + name + "]");
        for (Keyword key : table.keys()) insert(last, "\t", lines(key, values));
        for (String property : OTHERS) insert(last, "\t", options(table, property, values));
    }

    private void remove(SectionValues scope) {
        for (SectionValues.Part part : scope.parts()) {
            int last = last(scope, part);
            for (int i = part.from(); i < part.to(); i++) {
                boolean within = !scope.name().isEmpty() && i <= last;
                if (within || !parsed.file().entries().get(i).words().isEmpty()) draft.remove(i);
            }
        }
    }

    /** Makes the lines of one keyword these lines: what is alike at both ends stays, the middle is rewritten. */
    private void align(SectionValues scope, List<Integer> existing, List<Line> wanted, Optional<Keyword> key) {
        int head = 0;
        int shorter = Math.min(existing.size(), wanted.size());
        while (head < shorter && alike(existing.get(head), wanted.get(head), key)) head++;
        int tail = 0;
        while (tail < shorter - head
                && alike(existing.get(existing.size() - 1 - tail), wanted.get(wanted.size() - 1 - tail), key)) tail++;
        int old = existing.size() - tail;
        int now = wanted.size() - tail;
        int at = old > 0 ? existing.get(old - 1) : last(scope);
        int i = head;
        for (; i < old && i < now; i++) put(existing.get(i), wanted.get(i));
        for (int k = i; k < old; k++) draft.remove(existing.get(k));
        insert(at, indent(scope), wanted.subList(i, now));
    }

    private void put(int index, Line line) {
        if (parsed.file().entries().get(index).key().equalsIgnoreCase(line.key)) draft.replace(index, line.values);
        else {
            String indent = indent(parsed.file().entries().get(index));
            draft.remove(index);
            insert(index, indent, List.of(line));
        }
    }

    private void insert(int index, String indent, List<Line> lines) {
        for (Line line : lines)
            draft.insert(index, indent + parsed.file().style().line(line.key, line.values));
    }

    /** Tells whether a line says this already, in whatever words; a line in error never does. */
    private boolean alike(int index, Line line, Optional<Keyword> key) {
        LogicalLine entry = parsed.file().entries().get(index);
        if (!entry.key().equalsIgnoreCase(line.key)) return false;
        if (values(entry).equals(line.values)) return true;
        boolean judged = key.isPresent()
                && key.get().type().collects()
                && key.get().type().form() != ValueType.Form.WORDS;
        if (!judged) return false;
        Optional<Object> said = meaning(key.get(), values(entry));
        return said.isPresent() && said.equals(meaning(key.get(), line.values));
    }

    private static Optional<Object> meaning(Keyword key, List<String> values) {
        return key.type().read(values) instanceof ValueType.Read.Value value
                ? Optional.of(value.value())
                : Optional.empty();
    }

    private List<String> values(LogicalLine entry) {
        return parsed.file().style() == LineSyntax.DIRECTIVES
                ? entry.words().subList(1, entry.words().size())
                : entry.values();
    }

    private List<Integer> existing(SectionValues scope, Keyword key) {
        return indexes(scope).stream()
                .filter(i -> key.is(parsed.file().entries().get(i).key()))
                .toList();
    }

    /** The lines that only a driver understands. */
    private List<Integer> others(SectionValues scope, String property) {
        if (scope.table().unknown() != KeywordTable.Unknown.OPTION) return List.of();
        return indexes(scope).stream()
                .filter(i -> {
                    String word = parsed.file().entries().get(i).key();
                    return scope.table().find(word).isEmpty()
                            && KeywordTable.property(word).equals(property)
                            && !scope.table().ignores(word);
                })
                .toList();
    }

    private List<Integer> indexes(SectionValues scope) {
        var indexes = new ArrayList<Integer>();
        for (SectionValues.Part part : scope.parts())
            for (int i = part.from(); i < part.to(); i++) {
                LogicalLine entry = parsed.file().entries().get(i);
                if (!entry.words().isEmpty()
                        && !(i == part.from() && !scope.name().isEmpty())) indexes.add(i);
            }
        return indexes;
    }

    /** The last entry of a scope that says something; a section's head at least. */
    private int last(SectionValues scope) {
        List<SectionValues.Part> parts = scope.parts();
        return last(scope, parts.get(parts.size() - 1));
    }

    private int last(SectionValues scope, SectionValues.Part part) {
        int last = scope.name().isEmpty() ? part.to() - 1 : part.from();
        for (int i = part.from(); i < part.to(); i++)
            if (!parsed.file().entries().get(i).words().isEmpty()) last = i;
        return last;
    }

    private String indent(SectionValues scope) {
        List<Integer> indexes = indexes(scope);
        if (!indexes.isEmpty()) return indent(parsed.file().entries().get(indexes.get(indexes.size() - 1)));
        return scope.name().isEmpty() ? "" : "\t";
    }

    private static String indent(LogicalLine entry) {
        String raw = entry.raw();
        int length = 0;
        while (length < raw.length() && (raw.charAt(length) == ' ' || raw.charAt(length) == '\t')) length++;
        return raw.substring(0, length);
    }

    /** The keys of a table, and those that its file takes without knowing them. */
    private static List<Keyword> keys(KeywordTable table, Map<String, ?> one, Map<String, ?> other) {
        if (table.unknown() != KeywordTable.Unknown.TEXT) return table.keys();
        var keys = new ArrayList<>(table.keys());
        var properties = new TreeSet<String>(one.keySet());
        properties.addAll(other.keySet());
        for (String property : properties)
            if (keys.stream().noneMatch(key -> key.property().equals(property)))
                keys.add(Keyword.fixed(property.toUpperCase(Locale.ROOT).replace('.', '_'), ValueTypes.text())
                        .inAnyCase());
        return keys;
    }

    private static List<Line> lines(Keyword key, Map<String, ?> values) {
        Object value = values.get(key.property());
        if (value == null) return List.of();
        return key.lines(value).stream()
                .map(words -> new Line(key.word(), words))
                .toList();
    }

    private static List<Line> options(KeywordTable table, String property, Map<String, ?> values) {
        Object value = values.get(property);
        if (value == null || table.unknown() != KeywordTable.Unknown.OPTION) return List.of();
        return ValueType.texts(value).stream().map(FileEditor::option).toList();
    }

    private static Line option(String text) {
        int sign = text.indexOf('=');
        if (sign < 0) return new Line(text.trim(), List.of());
        // Only the one blank that stands for the sign is none of the value's: a password may begin with another.
        String value = text.substring(text.startsWith(" ", sign + 1) ? sign + 2 : sign + 1);
        return new Line(text.substring(0, sign).trim(), List.of(value));
    }
}
