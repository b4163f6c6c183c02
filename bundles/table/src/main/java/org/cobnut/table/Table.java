package org.cobnut.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.table.Row.Alarm;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.Row.Loop;
import org.cobnut.table.Row.Parameter;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Row.Setting;

/**
 * Rows for one kind of device, indexed. Immutable, and shared by all sessions of that kind.
 *
 * @param <A> the address of the family's {@link Wire}
 */
public final class Table<A> {
    /** Tables that are kept for devices with as many parts; further ones are made for each device. */
    private static final int MOST_UNROLLED = 64;

    private final String title;
    private final List<Row<A>> rows;
    private final List<Reading<A>> readings;
    private final List<Flag<A>> flags;
    private final List<Alarm<A>> alarms;
    private final List<Command<A>> commands;
    private final List<Parameter<A>> parameters;
    private final Map<String, List<Field<A>>> fields = new LinkedHashMap<>();
    private final Map<String, Setting<A>> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Setting<A>> unreadSettings;
    private final List<Column<A>> columns;
    private final Map<Map<String, Integer>, Unrolled<A>> unrolled = new ConcurrentHashMap<>();

    private Table(String title, List<Row<A>> rows) {
        this.title = title;
        this.rows = List.copyOf(rows);
        this.readings = all(Reading.class);
        this.flags = all(Flag.class);
        this.alarms = all(Alarm.class);
        this.commands = all(Command.class);
        this.parameters = all(Parameter.class);
        for (Reading<A> reading : readings)
            if (reading instanceof Field<A> field)
                fields.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
        this.<Setting<A>>all(Setting.class).forEach(setting -> settings.putIfAbsent(setting.name(), setting));
        unreadSettings = settings.values().stream()
                .filter(setting -> setting.name().contains(".") && !fields.containsKey(setting.name()))
                .toList();
        columns = fields.entrySet().stream()
                .filter(field -> field.getKey().contains("."))
                .map(field -> new Column<>(field.getKey(), List.copyOf(field.getValue()), setting(field.getKey())))
                .toList();
    }

    /**
     * Makes a table.
     *
     * @param title names the table in messages and in driver.version.data
     */
    public static <A> Table<A> of(String title, List<Row<A>> rows) {
        return new Table<>(title, rows);
    }

    public String title() {
        return title;
    }

    /** Every row, in its order. */
    public List<Row<A>> rows() {
        return rows;
    }

    /** The rows of one kind, in their order. */
    @SuppressWarnings("unchecked") // a row of a table over A is one of A
    public <R extends Row<A>> List<R> all(Class<?> kind) {
        return (List<R>) rows.stream().filter(kind::isInstance).toList();
    }

    /** The setting of this name, whatever its case. */
    public Optional<Setting<A>> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** The command of this name, whatever its case. */
    public Optional<Command<A>> command(String name) {
        return commands.stream()
                .filter(command -> command.name().equalsIgnoreCase(name))
                .findFirst();
    }

    List<Reading<A>> readings() {
        return readings;
    }

    List<Flag<A>> flags() {
        return flags;
    }

    List<Alarm<A>> alarms() {
        return alarms;
    }

    List<Command<A>> commands() {
        return commands;
    }

    List<Parameter<A>> parameters() {
        return parameters;
    }

    Collection<Setting<A>> settings() {
        return settings.values();
    }

    /** Settings of variables that no field reads. */
    List<Setting<A>> unreadSettings() {
        return unreadSettings;
    }

    /** The fields of each name, in the order of their first rows. */
    Map<String, List<Field<A>>> fields() {
        return fields;
    }

    /** A variable: the rows that may tell it, and what may be written to it. */
    record Column<A>(String name, List<Field<A>> rows, Optional<Setting<A>> setting) {}

    /** The variables that this table may publish, in the order of their first rows. */
    List<Column<A>> columns() {
        return columns;
    }

    /** A table without loops, and how often each of its counts made rows. */
    record Unrolled<A>(Table<A> table, Map<String, Integer> counts) {
        /** Whether other counts are known now. */
        boolean stale(Known known) {
            return counts.entrySet().stream().anyMatch(count -> count(count.getKey(), known) != count.getValue());
        }
    }

    /**
     * This table with the rows of as many parts as are known in the place of each loop. Devices with as many parts share one,
     * for there may be a thousand of them.
     */
    Unrolled<A> unrolled(Known known) {
        var counts = new HashMap<String, Integer>();
        List<Row<A>> flat = unroll(rows, known, counts);
        if (counts.isEmpty()) return new Unrolled<>(this, counts);
        Unrolled<A> shared = unrolled.get(counts);
        if (shared != null) return shared;
        var made = new Unrolled<>(new Table<>(title, flat), Map.copyOf(counts));
        if (unrolled.size() >= MOST_UNROLLED) return made;
        Unrolled<A> other = unrolled.putIfAbsent(made.counts(), made);
        return other == null ? made : other;
    }

    private static <A> List<Row<A>> unroll(List<Row<A>> rows, Known known, Map<String, Integer> counts) {
        var flat = new ArrayList<Row<A>>();
        for (Row<A> row : rows) {
            if (!(row instanceof Loop<A> loop)) {
                flat.add(row);
                continue;
            }
            int parts = count(loop.count(), known);
            counts.put(loop.count(), parts);
            for (int part = 1; part <= Math.min(parts, loop.most()); part++)
                flat.addAll(unroll(loop.rows().apply(part), known, counts));
        }
        return flat;
    }

    private static int count(String name, Known known) {
        return known.number(name).map(Double::intValue).orElse(0);
    }
}
