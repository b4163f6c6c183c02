package org.cobnut.table;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.cobnut.table.Row.Alarm;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.Row.Reading;
import org.jspecify.annotations.Nullable;

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
        Field<A> field = field(table.fields().getOrDefault(name, List.of()));
        return field == null ? Optional.empty() : Optional.of(value(field));
    }

    /** The row that a value comes from: of these, which have one name, the last that has one; null when none has. */
    @Nullable
    Field<A> field(List<Field<A>> rows) {
        for (int i = rows.size() - 1; i >= 0; i--) if (values.containsKey(rows.get(i))) return rows.get(i);
        return null;
    }

    /** What a row says that has a value. */
    String value(Field<A> field) {
        return Objects.requireNonNull(values.get(field), field::name);
    }

    /** Whether the session keeps a value of this name, which counts before those of rows. */
    boolean keeps(String name) {
        return kept.containsKey(name);
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
        if (row instanceof Field) values.remove(row);
        else words.remove(row);
    }

    /** Words of ups.status, in the order of the rows. */
    Set<String> status() {
        return sources(table.flags()).keySet();
    }

    /** What these rows say now, each with the first row that says it. */
    Map<String, Source<A>> sources(List<? extends Reading<A>> rows) {
        var said = new LinkedHashMap<String, Source<A>>();
        for (Reading<A> row : rows)
            for (String word : words.getOrDefault(row, List.of())) said.putIfAbsent(word, row.source());
        said.remove("");
        return said;
    }
}
