package org.cobnut.drivers.megatec.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Address.Columns;
import org.cobnut.drivers.megatec.wire.Coding;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.table.Cadence;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Alarm;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.Row.Loop;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.Table;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;
import org.cobnut.table.mapping.Mapping;

/**
 * A dialect.
 *
 * @param name as the option {@code protocol} has it
 * @param title as driver.version.data shows it
 * @param usbVendor the vendor's number of the devices on USB that it is for; empty for all devices
 * @param probes what a UPS must answer to be taken for one of these, asked in this order
 * @param coding how commands are written
 * @param replies how it answers a command
 * @param parts the parts of those questions that a section may leave out
 * @param mapping the file that it comes from; empty for a dialect that is written in Java
 */
public record Dialect(
        String name,
        String title,
        Optional<String> usbVendor,
        List<Probe> probes,
        Coding coding,
        Replies replies,
        Delays.Limits limits,
        Map<Query, Part> parts,
        List<Row<Address>> rows,
        Optional<Mapping<?>> mapping) {
    /** A question, and what its answer must hold besides its shape. */
    public record Probe(Query query, Pattern answer) {
        public static Probe answers(Query query) {
            return new Probe(query, Pattern.compile("(?s).*"));
        }

        public static Probe answers(Query query, String pattern) {
            return new Probe(query, Pattern.compile(pattern + "\r"));
        }
    }

    public Dialect {
        probes = List.copyOf(probes);
        parts = Map.copyOf(parts);
        rows = List.copyOf(rows);
    }

    /** A dialect that is written in Java. */
    public Dialect(
            String name,
            String title,
            List<Probe> probes,
            Replies replies,
            Delays.Limits limits,
            Map<Query, Part> parts,
            List<Row<Address>> rows) {
        this(name, title, Optional.empty(), probes, Coding.TEXT, replies, limits, parts, rows, Optional.empty());
    }

    /** @throws IllegalArgumentException with the reason for a mapping that makes no dialect */
    public static Dialect of(Mapping<Address> mapping) {
        var declared = Declarations.of(mapping.declared());
        Map<String, Query> questions = declared.questions();
        var parts = new HashMap<Query, Part>();
        declared.parts().forEach((label, part) -> {
            Query query = questions.get(label);
            if (query != null) parts.put(query, part);
        });
        var dialect = new Dialect(
                mapping.name(),
                declared.title().orElse(mapping.name()),
                declared.usbVendor(),
                probes(mapping.matches(), questions),
                declared.coding(),
                declared.replies(),
                declared.limits(),
                parts,
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
    public Dialect called(String other) {
        return new Dialect(other, title, usbVendor, probes, coding, replies, limits, parts, rows, mapping);
    }

    /** Whether a UPS is offered to it; one without a line match is for those sections that name it. */
    public boolean offered() {
        return mapping.isEmpty() || !mapping.get().matches().isEmpty();
    }

    /** Every question of the dialect, in its order. */
    public List<Query> queries() {
        var queries = new LinkedHashSet<Query>();
        for (Row<Address> row : rows) if (row instanceof Reading<Address> reading) queries.add(query(reading));
        return List.copyOf(queries);
    }

    /** Settings that are no variables, but options of ups.conf. */
    public List<Setting<Address>> options() {
        var options = new ArrayList<Setting<Address>>();
        for (Row<Address> row : rows)
            if (row instanceof Setting<Address> setting && !setting.name().contains(".")) options.add(setting);
        return options;
    }

    /** The table for one section of ups.conf: without what it wants never asked or believed, with its delays. */
    public Table<Address> table(Config config) {
        var table = new ArrayList<>(asked(rows, config));
        if (rows.stream()
                .anyMatch(row -> row instanceof Command<Address> command
                        && command.name().equals("shutdown.return"))) table.addAll(Delays.rows(config, limits));
        return Table.of(title, table);
    }

    private List<Row<Address>> asked(List<Row<Address>> all, Config config) {
        Set<Address> disbelieved = config.ignoreShutdownActive() ? shutdownActive(all) : Set.of();
        var asked = new ArrayList<Row<Address>>();
        for (Row<Address> row : all) {
            if (row instanceof Loop<Address> loop)
                asked.add(Row.loop(
                        loop.count(), loop.most(), part -> asked(loop.rows().apply(part), config)));
            else if (!(row instanceof Reading<Address> reading)) asked.add(row);
            else if (asks(query(reading), config)
                    && !(row instanceof Alarm
                            && disbelieved.contains(reading.source().address()))) asked.add(believed(reading, config));
        }
        return asked;
    }

    /** Whether a section leaves this question in. */
    boolean asks(Query query, Config config) {
        Part part = parts.get(query);
        return part == null || !config.leftOut().contains(part);
    }

    private static Row<Address> believed(Reading<Address> row, Config config) {
        if (!config.ignoreShutdownActive() || !(row instanceof Flag<Address> flag)) return row;
        Words words = flag.words();
        return flag.with(raw ->
                words.of(raw).stream().filter(word -> !word.equals("FSD")).toList());
    }

    /** Where the UPS says that it is about to switch off. */
    private static Set<Address> shutdownActive(List<Row<Address>> rows) {
        var places = new HashSet<Address>();
        for (Row<Address> row : rows)
            if (row instanceof Flag<Address> flag && says(flag, "FSD"))
                places.add(flag.source().address());
        return places;
    }

    private static boolean says(Flag<Address> flag, String word) {
        try {
            return flag.words().of("1").contains(word);
        } catch (UnfitAnswerException e) {
            return false; // this one wants more than a bit
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Query query(Reading<Address> row) {
        if (row.source().address() instanceof Columns columns) return columns.query();
        throw new IllegalArgumentException("nothing can be read of 'send'");
    }
}
