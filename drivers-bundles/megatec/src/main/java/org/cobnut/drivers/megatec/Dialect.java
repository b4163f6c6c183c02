package org.cobnut.drivers.megatec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.cobnut.drivers.megatec.Place.Columns;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.Table;
import org.cobnut.table.Words;

/**
 * A dialect.
 *
 * @param name as the option {@code protocol} has it
 * @param title as driver.version.data shows it
 * @param claims what a UPS must answer to be taken for one of these, asked in this order
 * @param replies how it answers a command
 * @param vendor the questions left out when the section says novendor
 * @param rating the questions left out when the section says norating
 */
record Dialect(
        String name,
        String title,
        List<Claim> claims,
        Replies replies,
        Delays.Limits limits,
        Set<Query> vendor,
        Set<Query> rating,
        List<Row<Place>> rows) {
    /** A question, and what its answer must hold besides its shape. */
    record Claim(Query query, Pattern answer) {
        static Claim answers(Query query) {
            return new Claim(query, Pattern.compile("(?s).*"));
        }

        static Claim answers(Query query, String pattern) {
            return new Claim(query, Pattern.compile(pattern + "\r"));
        }
    }

    /** How a dialect answers commands. */
    enum Replies {
        /** Not at all, or with ACK; everything else is a refusal. */
        SILENCE_OR_ACK,
        /** Always with ACK or NAK; silence is a failure. */
        ACK,
        /** Not at all; every answer is a refusal. */
        SILENCE
    }

    Dialect {
        claims = List.copyOf(claims);
        rows = List.copyOf(rows);
    }

    /** Every question of the dialect, in its order. */
    List<Query> queries() {
        var queries = new LinkedHashSet<Query>();
        for (Row<Place> row : rows) if (row instanceof Reading<Place> reading) queries.add(query(reading));
        return List.copyOf(queries);
    }

    /** Settings that are no variables, but options of ups.conf. */
    List<Setting<Place>> options() {
        var options = new ArrayList<Setting<Place>>();
        for (Row<Place> row : rows)
            if (row instanceof Setting<Place> setting && !setting.name().contains(".")) options.add(setting);
        return options;
    }

    /** The table for one section of ups.conf: without what it wants never asked or believed, with its delays. */
    Table<Place> table(Config config) {
        var table = new ArrayList<Row<Place>>();
        for (Row<Place> row : rows)
            if (!(row instanceof Reading<Place> reading)) table.add(row);
            else if (asks(query(reading), config)) table.add(believed(reading, config));
        table.addAll(Delays.rows(config, limits));
        return Table.of(title, table);
    }

    private boolean asks(Query query, Config config) {
        return !(config.skipVendor() && vendor.contains(query)) && !(config.skipRating() && rating.contains(query));
    }

    private static Row<Place> believed(Reading<Place> row, Config config) {
        if (!config.ignoreShutdownActive() || !(row instanceof Flag<Place> flag)) return row;
        Words words = flag.words();
        return flag.with(raw ->
                words.of(raw).stream().filter(word -> !word.equals("FSD")).toList());
    }

    static Query query(Reading<Place> row) {
        if (row.source().address() instanceof Columns columns) return columns.query();
        throw new AssertionError(row);
    }
}
