package org.cobnut.conf.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.conf.schema.SectionValues.Standing;
import org.cobnut.conf.schema.ValueType.Read;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;

/** Holds a file that was read by its schema: the configurations in it, and its faults. */
public final class ParsedFile {
    private static final int SHOWN = 40;

    private final ConfFile file;
    private final Schema schema;
    private final List<SectionValues> scopes = new ArrayList<>();
    private final Map<String, SectionValues> named = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private SectionValues current;
    private int begun;

    public ParsedFile(ConfFile file, Schema schema) {
        this.file = file;
        this.schema = schema;
        current = new SectionValues(schema.global(), "", 1, Standing.COUNTS);
        scopes.add(current);
        List<LogicalLine> entries = file.entries();
        for (int i = 0; i < entries.size(); i++) read(entries.get(i), i);
        current.part(begun, entries.size());
        scopes.forEach(this::complete);
    }

    /** The same file, of which other scopes count; the first is the global one. */
    public ParsedFile(ParsedFile of, List<SectionValues> scopes) {
        file = of.file;
        schema = of.schema;
        faults.addAll(of.faults);
        this.scopes.addAll(scopes);
        current = scopes.get(0);
        for (SectionValues scope : scopes)
            if (scope.counts() && !scope.name().isEmpty())
                named.put(schema.title().known(scope.name()), scope);
    }

    public ConfFile file() {
        return file;
    }

    public Schema schema() {
        return schema;
    }

    public byte[] bytes() {
        return file.bytes();
    }

    /** What is wrong with the file, in the order of the lines. */
    public List<Fault> faults() {
        return faults.stream()
                .sorted((one, other) -> Integer.compare(one.line(), other.line()))
                .toList();
    }

    /** All scopes: the global one, then every section, be its head right or wrong. */
    public List<SectionValues> scopes() {
        return Collections.unmodifiableList(scopes);
    }

    /** What stands before the first section, or in the whole file. */
    public SectionValues global() {
        return scopes.get(0);
    }

    /** The sections that count, in the order of the file. */
    public List<SectionValues> sections() {
        return named.values().stream().filter(ParsedFile::whole).toList();
    }

    /** The section of that name; the global scope for an empty name. */
    public Optional<SectionValues> find(String name) {
        if (name.isEmpty()) return Optional.of(global());
        return named(name).filter(ParsedFile::whole);
    }

    /** The section of that name, even if it lacks what it must have. */
    public Optional<SectionValues> named(String name) {
        return Optional.ofNullable(named.get(schema.title().known(name)));
    }

    private static boolean whole(SectionValues scope) {
        return scope.values().keySet().containsAll(scope.table().must());
    }

    private void read(LogicalLine entry, int index) {
        for (Fault fault : entry.faults()) fault(current, fault);
        if (entry.words().isEmpty()) return;
        if (schema.section().isPresent() && entry.header())
            open(entry, index, schema.section().get());
        else if (current.counts()) setting(entry, current);
    }

    /** Begins a section, or goes on with it when its head stood before. */
    private void open(LogicalLine entry, int index, KeywordTable table) {
        current.part(begun, index);
        begun = index;
        String word = entry.key();
        boolean closed = word.endsWith("]");
        String name = closed ? word.substring(1, word.length() - 1) : "";
        Optional<SectionValues> twin = named(name);
        if (twin.isPresent() && twin.get().name().equals(name)) {
            current = twin.get();
            warn(entry, "section [%s] stands already on line %d; both count".formatted(shown(name), current.line()));
        } else begin(entry, table, closed, name);
        if (closed && entry.words().size() > 1) warn(entry, "what follows [" + shown(name) + "] is ignored");
    }

    private void begin(LogicalLine entry, KeywordTable table, boolean closed, String name) {
        String wrong = "";
        if (!closed) wrong = "a section begins with [NAME] as one word";
        else if (!schema.title().allows(name)) wrong = "'" + shown(name) + "' cannot be the name of a section";
        else if (named(name).isPresent())
            wrong = "section [%s] stands already on line %d, as [%s]"
                    .formatted(name, named(name).get().line(), named(name).get().name());
        current = new SectionValues(table, name, entry.line(), wrong.isEmpty() ? Standing.COUNTS : Standing.VOID);
        scopes.add(current);
        if (wrong.isEmpty()) named.put(schema.title().known(name), current);
        else error(entry, wrong);
    }

    private void setting(LogicalLine entry, SectionValues scope) {
        KeywordTable table = scope.table();
        String word = entry.key();
        Optional<Keyword> key = table.find(word);
        if (word.equals("=")) error(entry, "a keyword is missing before the =");
        else if (table.ignores(word)) warn(entry, word + " is obsolete and ignored");
        else if (key.isPresent()) known(entry, scope, key.get());
        else if (table.unknown() == KeywordTable.Unknown.OPTION) option(entry, scope);
        else error(entry, unknown(entry, scope));
    }

    private String unknown(LogicalLine entry, SectionValues scope) {
        String word = shown(entry.key());
        if (schema.style() == LineSyntax.DIRECTIVES)
            return "unknown directive '" + word + "'"
                    + scope.table()
                            .near(word)
                            .map(key -> ", " + key.word() + " is meant?")
                            .orElse("");
        // A word alone may be a password that slipped onto a line of its own.
        boolean signed = entry.words().size() > 1 && entry.words().get(1).equals("=");
        if (schema.section().isEmpty() && signed) return "this file has no key '" + word + "'";
        if (scope.table().keys().isEmpty())
            return "this line stands before the first [%s] and belongs to nobody"
                    .formatted(schema.title().noun());
        if (!signed) return "KEY = VALUE is wanted";
        if (scope.name().isEmpty()) return "unknown key '" + word + "' before the first section";
        return "a section of this file has no key '" + word + "'";
    }

    private void known(LogicalLine entry, SectionValues scope, Keyword key) {
        List<String> words = entry.words();
        List<String> values = schema.style() == LineSyntax.DIRECTIVES ? words.subList(1, words.size()) : entry.values();
        boolean signed = words.size() > 1 && words.get(1).equals("=");
        boolean needsSign = schema.style() != LineSyntax.DIRECTIVES && key.sign() == Keyword.Sign.WANTED;
        boolean alone = words.size() == 1 && key.type().form() == ValueType.Form.FLAG;
        if (needsSign && !signed && !alone && words.size() > 1) {
            error(entry, key.word() + " needs a = before its value");
            scope.mention(key.property(), entry.line());
            return;
        }
        if (again(entry, scope, key)) return;
        if (values.size() > key.type().most())
            warn(
                    entry,
                    key.word() + " takes " + count(key.type().most()) + "; what follows is ignored (quotes missing?)");
        if (key.type().form() == ValueType.Form.WORDS && !values.isEmpty())
            for (String word : values) take(entry, scope, key, List.of(word));
        else take(entry, scope, key, values);
    }

    /** Tells whether a keyword stood before, and its first line is the one that counts. */
    private boolean again(LogicalLine entry, SectionValues scope, Keyword key) {
        int before = scope.mentioned(key.property());
        scope.mention(key.property(), entry.line());
        if (before == 0 || key.type().collects()) return false;
        boolean first = key.repeat() == Keyword.Repeat.FIRST_COUNTS;
        String reason = key.word() + " stands already on line " + before;
        if (first) error(entry, reason + ", which counts");
        else warn(entry, reason + "; this one counts");
        return first;
    }

    private void take(LogicalLine entry, SectionValues scope, Keyword key, List<String> values) {
        Read read = key.type().read(values);
        if (read instanceof Read.Refusal refusal) {
            String reason = wants(key, refusal) + (values.isEmpty() ? ", and nothing follows" : "");
            // Of a list, the other words count.
            if (key.type().form() == ValueType.Form.WORDS && !values.isEmpty()) warn(entry, reason);
            else error(entry, reason);
        } else if (read instanceof Read.Value value) {
            for (Read.Refusal spoilt : value.spoilt()) warn(entry, spoilt(key, spoilt, value.value()));
            if (key.type().collects()) scope.add(key.property(), (String) value.value());
            else scope.put(key.property(), value.value());
        }
    }

    private static String wants(Keyword key, Read.Refusal refusal) {
        String got = refusal.got().isEmpty() ? "" : ", not '" + shown(refusal.got()) + "'";
        return key.word() + " wants " + refusal.wants() + got;
    }

    private static String spoilt(Keyword key, Read.Refusal spoilt, Object value) {
        String rest = value instanceof Integer || value instanceof Boolean ? value.toString() : "the rest of the line";
        return wants(key, spoilt) + "; " + rest + " counts";
    }

    /** A driver's own key: only its form can be judged here. */
    private void option(LogicalLine entry, SectionValues scope) {
        List<String> words = entry.words();
        String word = entry.key();
        boolean signed = words.size() > 1 && words.get(1).equals("=");
        scope.mention(word, entry.line());
        if (words.size() == 1) scope.add(KeywordTable.property(word), word);
        else if (!signed) error(entry, "'" + shown(word) + "' needs a = before its value");
        else if (words.size() == 2) error(entry, "'" + shown(word) + "' has nothing behind its =");
        else {
            if (words.size() > 3)
                warn(entry, "'" + shown(word) + "' takes one word; what follows is ignored (quotes missing?)");
            scope.add(KeywordTable.property(word), word + " = " + words.get(2));
        }
    }

    private void complete(SectionValues scope) {
        if (!scope.counts()) return;
        MinSupplies.lack(scope).ifPresent(reason -> fault(scope, grave(MinSupplies.line(scope), reason)));
        UpsschedDirectives.lack(scope).ifPresent(reason -> fault(scope, grave(scope.mentioned("at"), reason)));
        NotifyKeywords.faults(scope).forEach((line, reason) -> fault(scope, grave(line, reason)));
        for (String must : scope.table().must())
            if (scope.mentioned(must) == 0)
                fault(scope, grave(scope.line(), "section [" + scope.name() + "] has no " + must));
        if (scope.table().name().equals("name")
                && scope.mentioned("password") == 0
                && scope.mentioned("certificate") == 0)
            fault(
                    scope,
                    Fault.warning(
                            file.name(),
                            scope.line(),
                            "user [" + scope.name() + "] has no password, so nobody can be that user"));
    }

    private static String count(int words) {
        return words == 1 ? "one word" : words + " words";
    }

    private static String shown(String word) {
        return word.length() <= SHOWN ? word : word.substring(0, SHOWN) + "…";
    }

    private void error(LogicalLine entry, String reason) {
        fault(current, grave(entry.line(), reason));
    }

    private void warn(LogicalLine entry, String reason) {
        fault(current, Fault.warning(file.name(), entry.line(), reason));
    }

    private Fault grave(int line, String reason) {
        return Fault.error(file.name(), line, reason);
    }

    private void fault(SectionValues scope, Fault fault) {
        faults.add(fault);
        if (fault.grave()) scope.fault(fault);
    }
}
