package org.cobnut.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Reading;

/** Reads the rows of a table that are due, unit by unit in their order, as many units at once as the wire takes. */
final class Reader<A> {
    private final Wire<A> wire;
    private final Values<A> values;
    private final Set<Object> answered = new HashSet<>();
    /** Rows whose unit was answered: those of a part that has just been found were not there when it was asked before. */
    private final Set<Reading<A>> served = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Object> absent = new HashSet<>();
    private final Set<Object> silent = new HashSet<>();
    private Table<A> table;
    private List<Unit<A>> units;
    private boolean lost;
    /** Whether everything was asked once, so that conditions have an answer before this poll's values are there. */
    private boolean settled;

    /** What was asked for last, and the addresses of that: most polls ask for the same. */
    private List<Unit<A>> asked = List.of();

    private List<A> addresses = List.of();

    /**
     * What is read in one go, and the rows that it is read for.
     *
     * @param always whether a row of it is needed whatever the device has told
     */
    private record Unit<A>(Object key, List<Reading<A>> rows, boolean quick, boolean always) {
        static <A> Unit<A> of(Object key, List<Reading<A>> rows) {
            return new Unit<>(
                    key,
                    List.copyOf(rows),
                    rows.stream().anyMatch(row -> row.source().cadence() == Cadence.QUICK),
                    rows.stream().anyMatch(row -> row.source().need() == Condition.ALWAYS));
        }

        boolean looksAt(Set<String> names) {
            if (always) return false;
            for (Reading<A> row : rows) if (row.source().need().looksAt(names)) return true;
            return false;
        }
    }

    /** Which cadences are due. */
    record Scope(boolean full, boolean changed) {}

    Reader(Wire<A> wire, Table<A> table, Values<A> values) {
        this.wire = wire;
        this.values = values;
        this.table = table;
        this.units = units(table, wire);
    }

    void use(Table<A> other) {
        table = other;
        units = units(other, wire);
        settled = false;
        served.retainAll(other.readings());
    }

    /**
     * Reads what is due; false when too little was answered to go on with the rows that are not quick. Conditions of rows
     * hold by what this poll has read. Most hold as in the poll before, so that all is asked in one go by that; what turns out
     * to be needed after all is asked at the end.
     */
    boolean read(Scope due) throws IOException {
        var timely = new ArrayList<Unit<A>>();
        for (Unit<A> unit : units) if (!absent.contains(unit.key()) && timely(unit, due)) timely.add(unit);
        lost = false;
        silent.clear();
        var batch = new Batch();
        List<Unit<A>> doubtful = batch.read(timely, settled);
        if (!doubtful.isEmpty()) batch.read(doubtful, false);
        absent.addAll(silent); // a device that answers nothing tells nothing of what it knows
        boolean whole = batch.whole && !lost;
        settled |= whole && due.full();
        return whole;
    }

    /** What is asked together next. */
    private final class Batch {
        private final List<Unit<A>> units = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private int misses;
        private boolean whole = true;

        /**
         * Reads units that are needed.
         *
         * @param before whether a condition may be judged by the values of the poll before
         * @return those that by these are not needed
         */
        List<Unit<A>> read(List<Unit<A>> all, boolean before) throws IOException {
            var doubtful = new ArrayList<Unit<A>>();
            for (Unit<A> unit : all) {
                boolean unsure = unit.looksAt(names);
                if (units.size() >= wire.batch() || (unsure && !before)) {
                    flush();
                    unsure = false;
                }
                if (needed(unit)) add(unit);
                else if (unsure) doubtful.add(unit);
            }
            flush();
            return doubtful;
        }

        private void add(Unit<A> unit) {
            if (misses >= wire.patience() && !unit.quick()) {
                whole = false;
                return;
            }
            units.add(unit);
            for (Reading<A> row : unit.rows()) if (row instanceof Field<A> field) names.add(field.name());
        }

        private void flush() throws IOException {
            if (!units.isEmpty()) misses += ask(units);
            units.clear();
            names.clear();
        }
    }

    private boolean timely(Unit<A> unit, Scope due) {
        for (Reading<A> row : unit.rows()) {
            boolean timely =
                    switch (row.source().cadence()) {
                        case QUICK -> true;
                        case FULL -> due.full();
                        case CHANGE -> due.changed() || !served.contains(row);
                        case ONCE -> !served.contains(row);
                    };
            if (timely) return true;
        }
        return false;
    }

    private boolean needed(Unit<A> unit) {
        if (unit.always()) return true;
        for (Reading<A> row : unit.rows()) if (row.source().need().holds(values)) return true;
        return false;
    }

    /** Reads these units; says how many were not answered. */
    private int ask(List<Unit<A>> batch) throws IOException {
        int misses = 0;
        try {
            Map<A, String> answers = wire.read(addresses(batch));
            for (Unit<A> unit : batch) if (!take(unit, answers)) misses++;
        } catch (LostAnswerException e) {
            if (batch.stream().anyMatch(Unit::quick)) throw e;
            lost = true;
            misses = batch.size();
        }
        return misses;
    }

    private List<A> addresses(List<Unit<A>> batch) {
        if (same(batch, asked)) return addresses;
        var all = new ArrayList<A>();
        for (Unit<A> unit : batch)
            for (Reading<A> row : unit.rows()) all.add(row.source().address());
        asked = List.copyOf(batch);
        addresses = List.copyOf(all);
        return addresses;
    }

    private static boolean same(List<?> one, List<?> other) {
        if (one.size() != other.size()) return false;
        for (int i = 0; i < one.size(); i++) if (one.get(i) != other.get(i)) return false;
        return true;
    }

    /** What was never answered is not asked again; what was once and is not now, is not known now. */
    private boolean take(Unit<A> unit, Map<A, String> answers) throws IOException {
        boolean any = false;
        try {
            for (Reading<A> row : unit.rows()) {
                String raw = answers.get(row.source().address());
                if (raw == null || !row.source().need().holds(values)) values.forget(row);
                else if (row.source().cadence() != Cadence.ONCE || !values.told(row)) values.take(row, raw);
                any |= raw != null;
            }
        } catch (UnfitAnswerException e) {
            if (unit.quick()) throw new IOException(table.title() + ", " + unit.key() + ": " + e.getMessage(), e);
            any = false;
        }
        if (any) {
            answered.add(unit.key());
            served.addAll(unit.rows());
            return true;
        }
        unit.rows().forEach(values::forget);
        if (!answered.contains(unit.key())) silent.add(unit.key());
        return false;
    }

    private static <A> List<Unit<A>> units(Table<A> table, Wire<A> wire) {
        var units = new LinkedHashMap<Object, List<Reading<A>>>();
        for (Reading<A> row : table.readings())
            units.computeIfAbsent(wire.unit(row.source().address()), key -> new ArrayList<>())
                    .add(row);
        var all = new ArrayList<Unit<A>>();
        units.forEach((key, rows) -> all.add(Unit.of(key, rows)));
        return List.copyOf(all);
    }
}
