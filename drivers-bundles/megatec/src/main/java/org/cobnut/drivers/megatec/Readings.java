package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.drivers.megatec.Row.Alarm;
import org.cobnut.drivers.megatec.Row.Field;
import org.cobnut.drivers.megatec.Row.Flag;

/** What the answers of one UPS said, by the rows that read them. The last row of a name that has a value counts. */
final class Readings implements Known {
    private final Table table;
    private final Map<Field, String> values = new HashMap<>();
    private final Map<Row, List<String>> words = new HashMap<>();

    Readings(Table table) {
        this.table = table;
    }

    @Override
    public Optional<String> value(String name) {
        return table.all(Field.class).stream()
                .filter(field -> field.name().equals(name) && values.containsKey(field))
                .reduce((first, last) -> last)
                .map(values::get);
    }

    /** Reads every row of a question. */
    void take(Query query, String answer) throws IOException {
        for (Row row : table.rows()) {
            if (!Table.query(row).equals(Optional.of(query))) continue;
            if (row instanceof Field field) take(field, Row.cut(answer, field.from(), field.to()));
            if (row instanceof Flag flag) words.put(flag, flag.words().of(Row.cut(answer, flag.from(), flag.to())));
            if (row instanceof Alarm alarm)
                words.put(alarm, alarm.sentences().of(Row.cut(answer, alarm.from(), alarm.to())));
        }
    }

    /** A question has no answer any more, so nothing that it said is true any more. */
    void forget(Query query) {
        values.keySet().removeIf(field -> field.query().equals(query));
        words.keySet().removeIf(row -> Table.query(row).equals(Optional.of(query)));
    }

    /** Every variable of the table, in its order, with its value of this moment or none. */
    Map<String, Optional<String>> variables() {
        var variables = new LinkedHashMap<String, Optional<String>>();
        for (Field field : table.all(Field.class))
            if (field.name().contains(".")) variables.put(field.name(), value(field.name()));
        return variables;
    }

    List<String> status() {
        return said(Flag.class);
    }

    List<String> alarms() {
        return said(Alarm.class);
    }

    private void take(Field field, String text) {
        field.as().value(text, this).ifPresentOrElse(value -> values.put(field, value), () -> values.remove(field));
    }

    private List<String> said(Class<? extends Row> kind) {
        var said = new ArrayList<String>();
        for (Row row : table.all(kind)) said.addAll(words.getOrDefault(row, List.of()));
        said.removeIf(String::isEmpty);
        return said;
    }
}
