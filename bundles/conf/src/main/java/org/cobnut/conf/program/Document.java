package org.cobnut.conf.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.FileStore;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;

/** Edits one of NUT's files line by line without a runtime; every other line keeps its bytes. */
public final class Document {
    private final Path path;
    private final ConfFile before;
    private ConfFile file;

    private Document(Path path, ConfFile file) {
        this.path = path;
        this.before = file;
        this.file = file;
    }

    /** Reads a file; one that is not there is empty. */
    public static Document of(Path directory, String name, LineSyntax style) throws IOException {
        Path path = directory.resolve(name);
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        return new Document(path, ConfFile.parse(name, style, bytes));
    }

    /** The words of all lines of a keyword, outside sections for an empty section. */
    public List<List<String>> find(String section, String key) {
        return indexes(section, entry -> entry.key().equals(key)).stream()
                .map(i -> file.entries().get(i))
                .map(entry -> file.style() == LineSyntax.DIRECTIVES
                        ? entry.words().subList(1, entry.words().size())
                        : entry.values())
                .toList();
    }

    /** Tells whether a section of that name is there. */
    boolean has(String section) {
        return header(section) >= 0;
    }

    /** The names of all sections. */
    List<String> sections() {
        return file.entries().stream()
                .filter(LogicalLine::header)
                .map(entry -> name(entry.key()))
                .toList();
    }

    /** Puts lines of words in the place of those that match, or behind all others of their section. */
    public void put(String section, Predicate<LogicalLine> old, List<List<String>> lines) {
        List<Integer> indexes = indexes(section, old);
        ConfFile.Draft draft = file.edit();
        int kept = Math.min(indexes.size(), lines.size());
        for (int i = 0; i < kept; i++) {
            List<String> words = lines.get(i);
            LogicalLine entry = file.entries().get(indexes.get(i));
            if (entry.key().equals(words.get(0))) draft.replace(indexes.get(i), words.subList(1, words.size()));
            else {
                draft.remove(indexes.get(i));
                draft.insert(indexes.get(i), line(section, words));
            }
        }
        for (int index : indexes.subList(kept, indexes.size())) draft.remove(index);
        int at = kept > 0
                ? indexes.get(kept - 1)
                : lines.isEmpty() ? -1 : behind(section, lines.get(0).get(0));
        for (List<String> words : lines.subList(kept, lines.size())) draft.insert(at, line(section, words));
        file = draft.done();
    }

    /** Adds a line of words behind its like, or behind all others of its section. */
    void add(String section, List<String> words) {
        ConfFile.Draft draft = file.edit();
        draft.insert(behind(section, words.get(0)), line(section, words));
        file = draft.done();
    }

    /** Adds a section with lines of words at the end. */
    void append(String section, List<List<String>> lines) {
        ConfFile.Draft draft = file.edit();
        int last = file.entries().size() - 1;
        if (last >= 0 && !file.entries().get(last).raw().isBlank()) draft.insert(last, "");
        draft.insert(last, "[" + section + "]");
        for (List<String> words : lines) draft.insert(last, line(section, words));
        file = draft.done();
    }

    /** Takes a section out, comments within it too. */
    void remove(String section) {
        ConfFile.Draft draft = file.edit();
        List<LogicalLine> entries = file.entries();
        for (int from = 0; from < entries.size(); from++) {
            if (!sectioned()
                    || !entries.get(from).header()
                    || !name(entries.get(from).key()).equals(section)) continue;
            int last = from;
            for (int i = from + 1; i < entries.size() && !entries.get(i).header(); i++)
                if (!entries.get(i).words().isEmpty()) last = i;
            for (int i = from; i <= last; i++) draft.remove(i);
        }
        file = draft.done();
    }

    /** Writes what has changed, if it is not worse than before; a new file is for its owner and group only. */
    public void save() throws IOException {
        if (Arrays.equals(before.bytes(), file.bytes())) return;
        var old = new ArrayList<>(reasons(before));
        for (Fault fault : faults(file)) if (!old.remove(fault.reason())) throw new IOException(fault.toString());
        if (Files.exists(path)) FileStore.replace(path, file.bytes());
        else FileStore.install(path, file.bytes(), "rw-r-----", path.resolveSibling(""));
    }

    private List<String> reasons(ConfFile of) {
        return faults(of).stream().map(Fault::reason).toList();
    }

    /** What its schema finds wrong, or its grammar where there is no schema. */
    private static List<Fault> faults(ConfFile file) {
        return Stream.of(Schema.values())
                .filter(schema -> schema.file().equals(file.name()))
                .findFirst()
                .map(schema -> Fault.grave(new ParsedFile(file, schema).faults()))
                .orElseGet(() -> Fault.grave(file.entries().stream()
                        .flatMap(entry -> entry.faults().stream())
                        .toList()));
    }

    private String line(String section, List<String> words) {
        // NUT's own way to write this one has no sign.
        boolean bare = words.get(0).equals("upsmon") && file.style() == LineSyntax.SECTIONS;
        List<String> values = words.subList(1, words.size());
        return (section.isEmpty() ? "" : "\t")
                + (bare ? LineSyntax.DIRECTIVES : file.style()).line(words.get(0), values);
    }

    private List<Integer> indexes(String section, Predicate<LogicalLine> which) {
        var indexes = new ArrayList<Integer>();
        boolean within = section.isEmpty();
        for (int i = 0; i < file.entries().size(); i++) {
            LogicalLine entry = file.entries().get(i);
            if (sectioned() && entry.header()) within = name(entry.key()).equals(section);
            else if (within && !entry.words().isEmpty() && which.test(entry)) indexes.add(i);
        }
        return indexes;
    }

    /** Where a new line of a keyword belongs. */
    private int behind(String section, String key) {
        List<Integer> like = indexes(section, entry -> entry.key().equals(key));
        return like.isEmpty() ? last(section) : like.get(like.size() - 1);
    }

    private boolean sectioned() {
        return file.style() == LineSyntax.SECTIONS;
    }

    private int header(String section) {
        for (int i = 0; i < file.entries().size(); i++)
            if (sectioned()
                    && file.entries().get(i).header()
                    && name(file.entries().get(i).key()).equals(section)) return i;
        return -1;
    }

    /** The last line of a section that says something; its head at least, and -1 before the first line of a file. */
    private int last(String section) {
        List<Integer> all = indexes(section, entry -> true);
        if (!all.isEmpty()) return all.get(all.size() - 1);
        return section.isEmpty() && !sectioned() ? file.entries().size() - 1 : header(section);
    }

    private static String name(String header) {
        return header.substring(1, header.endsWith("]") ? header.length() - 1 : header.length());
    }
}
