package org.cobnut.drivers.megatec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.drivers.megatec.Address.Columns;
import org.cobnut.table.Cadence;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.Row.Loop;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.Table;
import org.cobnut.table.Words;
import org.cobnut.table.mapping.Mapping;

/**
 * A dialect.
 *
 * @param name as the option {@code protocol} has it
 * @param title as driver.version.data shows it
 * @param probes what a UPS must answer to be taken for one of these, asked in this order
 * @param replies how it answers a command
 * @param vendor the questions left out when the section says novendor
 * @param rating the questions left out when the section says norating
 * @param mapping the file that it comes from; empty for a dialect that is written in Java
 */
record Dialect(
        String name,
        String title,
        List<Probe> probes,
        Replies replies,
        Delays.Limits limits,
        Set<Query> vendor,
        Set<Query> rating,
        List<Row<Address>> rows,
        Optional<Mapping<?>> mapping) {
    /** A question, and what its answer must hold besides its shape. */
    record Probe(Query query, Pattern answer) {
        static Probe answers(Query query) {
            return new Probe(query, Pattern.compile("(?s).*"));
        }

        static Probe answers(Query query, String pattern) {
            return new Probe(query, Pattern.compile(pattern + "\r"));
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
        probes = List.copyOf(probes);
        rows = List.copyOf(rows);
    }

    /** A dialect that is written in Java. */
    Dialect(
            String name,
            String title,
            List<Probe> probes,
            Replies replies,
            Delays.Limits limits,
            Set<Query> vendor,
            Set<Query> rating,
            List<Row<Address>> rows) {
        this(name, title, probes, replies, limits, vendor, rating, rows, Optional.empty());
    }

    /** @throws IllegalArgumentException with the reason for a mapping that makes no dialect */
    static Dialect of(Mapping<Address> mapping) {
        var declared = Declarations.of(mapping.declared());
        Map<String, Query> questions = declared.questions();
        var dialect = new Dialect(
                mapping.name(),
                declared.title().orElse(mapping.name()),
                probes(mapping.matches(), questions),
                declared.replies(),
                declared.limits(),
                declared.vendor().stream().map(questions::get).collect(Collectors.toUnmodifiableSet()),
                declared.rating().stream().map(questions::get).collect(Collectors.toUnmodifiableSet()),
                mapping.table().rows(),
                Optional.of(mapping));
        boolean told = dialect.rows.stream()
                .anyMatch(
                        row -> row instanceof Flag<Address> flag && query(flag).when() == Cadence.QUICK);
        if (!told)
            throw new IllegalArgumentException("it needs a line flag or status of a question that is quick,"
                    + " for nothing else tells mains from battery");
        return dialect;
    }

    /** Without a line match, the questions that must be answered are. */
    private static List<Probe> probes(Map<String, List<String>> matches, Map<String, Query> questions) {
        var probes = new ArrayList<Probe>();
        matches.forEach((label, answers) -> {
            Query query = questions.get(label);
            if (query == null)
                throw new IllegalArgumentException("match names %s, which is no question".formatted(label));
            if (answers.contains("*")) probes.add(Probe.answers(query));
            else
                probes.add(Probe.answers(
                        query, answers.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"))));
        });
        if (probes.isEmpty())
            for (Query query : questions.values()) if (query.when() == Cadence.QUICK) probes.add(Probe.answers(query));
        return probes;
    }

    /** The same dialect under another name. */
    Dialect called(String other) {
        return new Dialect(other, title, probes, replies, limits, vendor, rating, rows, mapping);
    }

    /** Whether a UPS is offered to it; one without a line match is for those sections that name it. */
    boolean offered() {
        return mapping.isEmpty() || !mapping.get().matches().isEmpty();
    }

    /** Every question of the dialect, in its order. */
    List<Query> queries() {
        var queries = new LinkedHashSet<Query>();
        for (Row<Address> row : rows) if (row instanceof Reading<Address> reading) queries.add(query(reading));
        return List.copyOf(queries);
    }

    /** Settings that are no variables, but options of ups.conf. */
    List<Setting<Address>> options() {
        var options = new ArrayList<Setting<Address>>();
        for (Row<Address> row : rows)
            if (row instanceof Setting<Address> setting && !setting.name().contains(".")) options.add(setting);
        return options;
    }

    /** The table for one section of ups.conf: without what it wants never asked or believed, with its delays. */
    Table<Address> table(Config config) {
        var table = new ArrayList<>(asked(rows, config));
        table.addAll(Delays.rows(config, limits));
        return Table.of(title, table);
    }

    private List<Row<Address>> asked(List<Row<Address>> all, Config config) {
        var asked = new ArrayList<Row<Address>>();
        for (Row<Address> row : all) {
            if (row instanceof Loop<Address> loop)
                asked.add(Row.loop(
                        loop.count(), loop.most(), part -> asked(loop.rows().apply(part), config)));
            else if (!(row instanceof Reading<Address> reading)) asked.add(row);
            else if (asks(query(reading), config)) asked.add(believed(reading, config));
        }
        return asked;
    }

    private boolean asks(Query query, Config config) {
        return !(config.skipVendor() && vendor.contains(query)) && !(config.skipRating() && rating.contains(query));
    }

    private static Row<Address> believed(Reading<Address> row, Config config) {
        if (!config.ignoreShutdownActive() || !(row instanceof Flag<Address> flag)) return row;
        Words words = flag.words();
        return flag.with(raw ->
                words.of(raw).stream().filter(word -> !word.equals("FSD")).toList());
    }

    static Query query(Reading<Address> row) {
        if (row.source().address() instanceof Columns columns) return columns.query();
        throw new IllegalArgumentException("nothing can be read of 'send'");
    }
}
