package org.cobnut.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Formats a list for people, as text in columns as wide as their widest word, the last of which has no limit; and for
 * programs, as JSON with an object for each row. One thread.
 */
public final class Columns {
    private static final String NOTHING = "-";

    private final List<String> titles;
    private final Optional<String> separator;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Map<String, Object>> objects = new ArrayList<>();
    private final List<String> headings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean failed;

    /** Columns with these titles, and no row yet. */
    public Columns(String... titles) {
        this(Optional.empty(), titles);
    }

    private Columns(Optional<String> separator, String... titles) {
        this.separator = separator;
        this.titles = List.of(titles);
    }

    /** Rows without titles, whose cells stand in no columns but have this separator between them. */
    public static Columns separatedBy(String separator, String... titles) {
        return new Columns(Optional.of(separator), titles);
    }

    /** Adds a row, which has a cell for each title. The cell {@code -} stands for nothing, which is null in JSON. */
    public Columns row(String... cells) {
        rows.add(List.of(cells));
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < cells.length; i++)
            object.put(titles.get(i).toLowerCase(Locale.ROOT), cells[i].equals(NOTHING) ? Optional.empty() : cells[i]);
        objects.add(object);
        return this;
    }

    /**
     * Adds to the last row what only JSON shows, in place of a cell of that name if there is one.
     *
     * @param value a number or a boolean, else its text counts; an Optional for what may be nothing
     */
    public Columns with(String name, Object value) {
        objects.get(objects.size() - 1).put(name, value);
        return this;
    }

    /** Adds a sentence above the text. */
    public Columns heading(String sentence) {
        headings.add(sentence);
        return this;
    }

    /** Adds a sentence below the text. */
    public Columns note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /** Marks the list as the result of a command that failed: nutctl prints it all the same, and ends with 1. */
    public Columns fail() {
        failed = true;
        return this;
    }

    /** Tells whether the command that made the list failed. */
    public boolean failed() {
        return failed;
    }

    /** The sentences above and below the text, which are not in the JSON. */
    public List<String> remarks() {
        var all = new ArrayList<>(headings);
        all.addAll(notes);
        return all;
    }

    /** An array with an object for each row, a row a line; its keys are the titles in lower case. All of it is ASCII. */
    public String json() {
        if (objects.isEmpty()) return "[]";
        return objects.stream().map(Columns::object).collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
    }

    private static String object(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** A value in JSON: a number or a boolean as it is, else its text as a string of ASCII; null for an empty Optional. */
    public static String json(Object value) {
        if (value instanceof Optional<?> maybe) return maybe.isPresent() ? json(maybe.get()) : "null";
        if (value instanceof Number || value instanceof Boolean) return value.toString();
        var out = new StringBuilder("\"");
        for (char c : value.toString().toCharArray()) {
            if (c == '"' || c == '\\') out.append('\\');
            if (c < ' ' || c > '~') out.append("\\u%04x".formatted((int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        headings.forEach(sentence -> text.append(sentence).append('\n'));
        text.append(separator
                .map(between ->
                        rows.stream().map(row -> String.join(between, row)).collect(Collectors.joining("\n")))
                .orElseGet(this::aligned));
        notes.forEach(sentence -> text.append("\n\n").append(sentence));
        return text.toString().stripTrailing();
    }

    private String aligned() {
        int last = titles.size() - 1;
        var all = new ArrayList<List<String>>(List.of(titles));
        all.addAll(rows);
        int[] widths = new int[last];
        for (List<String> row : all)
            Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
        var text = new StringBuilder();
        for (List<String> row : all) {
            for (int i = 0; i < last; i++)
                text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            text.append(row.get(last)).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
