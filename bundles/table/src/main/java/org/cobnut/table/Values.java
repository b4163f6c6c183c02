package org.cobnut.table;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.table.Row.Alarm;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.Row.Reading;

/** What one device has told, by the rows that read it, and what its session keeps. */
final class Values<A> implements Known {
    private final IdentityHashMap<Reading<A>, String> values = new IdentityHashMap<>();
    private final IdentityHashMap<Reading<A>, List<String>> words = new IdentityHashMap<>();
    private final Map<String, String> kept = new HashMap<>();
    private Table<A> table;

    Values(Table<A> table) {
        this.table = table;
    }

    /** Goes on with a table that has more or fewer rows of the same making. */
    void use(Table<A> other) {
        table = other;
        Set<Reading<A>> rows = Collections.newSetFromMap(new IdentityHashMap<>());
        rows.addAll(other.readings());
        values.keySet().retainAll(rows);
        words.keySet().retainAll(rows);
    }

    @Override
    public Optional<String> value(String name) {
        String own = kept.get(name);
        if (own != null) return Optional.of(own);
        return field(name).map(values::get);
    }

    /** The row that a value comes from: the last of its name that has one. */
    Optional<Field<A>> field(String name) {
        List<Field<A>> rows = table.fields().getOrDefault(name, List.of());
        for (int i = rows.size() - 1; i >= 0; i--) if (values.containsKey(rows.get(i))) return Optional.of(rows.get(i));
        return Optional.empty();
    }

    /** Whether a row has a value by now. */
    boolean told(Reading<A> row) {
        return values.containsKey(row);
    }

    void keep(String name, String value) {
        kept.put(name, value);
    }

    /** Converts the answer for one row. */
    void take(Reading<A> row, String raw) throws IOException {
        if (row instanceof Field<A> field)
            field.format()
                    .value(raw, this)
                    .ifPresentOrElse(value -> values.put(field, value), () -> values.remove(field));
        else if (row instanceof Flag<A> flag) words.put(flag, flag.words().of(raw));
        else if (row instanceof Alarm<A> alarm)
            words.put(alarm, alarm.sentences().of(raw));
    }

    /** A row has no answer any more, so what it said is not true any more. */
    void forget(Reading<A> row) {
        values.remove(row);
        words.remove(row);
    }

    /** Words of ups.status, in the order of the rows. */
    Set<String> status() {
        return said(table.flags());
    }

    Set<String> alarms() {
        return said(table.alarms());
    }

    /** What these rows say now, each with the first row that says it. */
    Map<String, Source<A>> sources(List<? extends Reading<A>> rows) {
        var said = new LinkedHashMap<String, Source<A>>();
        for (Reading<A> row : rows)
            for (String word : words.getOrDefault(row, List.of())) said.putIfAbsent(word, row.source());
        said.remove("");
        return said;
    }

    private Set<String> said(List<? extends Reading<A>> rows) {
        return sources(rows).keySet();
    }
}
