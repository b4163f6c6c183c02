package org.cobnut.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Parameter;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.Row.Write;

/**
 * One device of a table driver: polls the rows that are due, publishes what they say, writes settings and runs commands.
 * A family that does more wraps it, and calls {@link #read} and {@link #publish} in its own poll.
 *
 * @param <A> the address of the wire
 */
public final class TableSession<A> implements Session {
    /** The command of a host that goes down, which every device has without telling it. */
    private static final String SHUTDOWN = "shutdown.default";

    /** Loops within loops that one poll follows. */
    private static final int MOST_DEPTH = 4;

    private final Wire<A> wire;
    private final Table<A> table;
    private final Values<A> values;
    private final Reader<A> reader;
    private Table.Unrolled<A> unrolled;
    private Table<A> current;
    /** Variables and commands of parts that may have gone. */
    private final Set<String> gone = new HashSet<>();

    private boolean changed = true;
    private boolean pending = true;

    private Shutdown<A> shutdown = (session, argument) -> session.command(SHUTDOWN, argument);

    /** What decides which rows the origins name, one by one. */
    private final Changes told = new Changes();

    private boolean otherOrigins;
    private List<RowOrigin> origins = List.of();

    /** What a unit does when its host goes down. */
    @FunctionalInterface
    public interface Shutdown<A> {
        /**
         * Switches the load off, or has that done later.
         *
         * @param argument what stands behind the command's name; empty for most
         */
        Outcome run(TableSession<A> table, String argument) throws IOException;
    }

    /** Takes over the wire, which {@link #close} gives back. */
    public TableSession(Wire<A> wire, Table<A> table) {
        this.wire = wire;
        this.table = table;
        this.unrolled = table.unrolled(name -> Optional.empty());
        this.current = unrolled.table();
        this.values = new Values<>(current);
        this.reader = new Reader<>(wire, current, values);
        for (Parameter<A> parameter : table.parameters())
            values.keep(parameter.name(), parameter.accept().of(parameter.initial(), values));
    }

    /** Has the command {@code shutdown.default} do this, in the place of a row of that name. */
    public TableSession<A> shutsDownBy(Shutdown<A> how) {
        shutdown = how;
        return this;
    }

    /** Has the command {@code shutdown.default} run that command of the table. */
    public TableSession<A> shutsDownBy(String command) {
        return shutsDownBy((session, argument) -> session.run(command, argument));
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        read(due);
        publish(report);
    }

    /**
     * Reads what is due. After a write, and until all has been asked once, that is everything.
     *
     * @return whether everything of the table that is read at the start has been asked by now
     * @throws IOException when the device did not answer what it must
     */
    public boolean read(Due due) throws IOException {
        boolean full = changed || pending || due == Due.FULL;
        boolean whole = reader.read(new Reader.Scope(full, changed));
        for (int depth = 0; depth < MOST_DEPTH && unroll(); depth++)
            whole &= reader.read(new Reader.Scope(full, changed));
        if (full) {
            pending = !whole;
            changed &= pending;
        }
        return whole;
    }

    /** Tells the report everything that is known at this moment. */
    public void publish(Report report) {
        for (String name : gone) {
            report.remove(name);
            report.removeCommand(name);
        }
        gone.clear();
        told.begin();
        told.add(current);
        for (Table.Column<A> column : current.columns()) publish(report, column);
        Map<String, Source<A>> status = values.sources(current.flags());
        Map<String, Source<A>> alarms = values.sources(current.alarms());
        status.keySet().forEach(report::status);
        alarms.keySet().forEach(report::alarm);
        told.add(status);
        told.add(alarms);
        for (Parameter<A> parameter : current.parameters())
            report.set(parameter.name(), values.value(parameter.name()).orElseThrow(), parameter.type());
        for (Command<A> command : current.commands()) {
            boolean there = command.need().holds(values);
            told.add(there);
            if (there) report.command(command.name());
            else report.removeCommand(command.name());
        }
        for (Setting<A> setting : current.unreadSettings())
            told.add(setting.type().apply(values).isPresent());
        otherOrigins |= told.end();
    }

    /** What the device has told so far. */
    public Known known() {
        return values;
    }

    /** Words of ups.status as the rows tell them. */
    public Set<String> status() {
        return values.status();
    }

    /** Tells for every variable, word, sentence, setting and command that was published last the row that it comes from. */
    public List<RowOrigin> origins() {
        if (otherOrigins) origins = found();
        otherOrigins = false;
        return origins;
    }

    private List<RowOrigin> found() {
        var origins = new ArrayList<RowOrigin>();
        for (Table.Column<A> column : current.columns()) {
            Row.Field<A> field = values.field(column.rows());
            if (field != null)
                origins.add(new RowOrigin(
                        RowOrigin.Use.VARIABLE, field.name(), field.source().origin()));
        }
        for (Parameter<A> parameter : current.parameters())
            origins.add(new RowOrigin(
                    parameter.type().writable() ? RowOrigin.Use.SETTING : RowOrigin.Use.VARIABLE,
                    parameter.name(),
                    parameter.origin()));
        for (Setting<A> setting : current.settings())
            if (setting.name().contains(".") && setting.type().apply(values).isPresent())
                origins.add(new RowOrigin(RowOrigin.Use.SETTING, setting.name(), setting.origin()));
        for (Command<A> command : current.commands())
            if (command.need().holds(values))
                origins.add(new RowOrigin(RowOrigin.Use.COMMAND, command.name(), command.origin()));
        values.sources(current.flags())
                .forEach((word, source) -> origins.add(new RowOrigin(RowOrigin.Use.STATUS, word, source.origin())));
        values.sources(current.alarms())
                .forEach((sentence, source) ->
                        origins.add(new RowOrigin(RowOrigin.Use.ALARM, sentence, source.origin())));
        return List.copyOf(origins);
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        try {
            for (Parameter<A> parameter : current.parameters())
                if (parameter.name().equalsIgnoreCase(variable)) return keep(parameter, value);
            Optional<Setting<A>> setting =
                    current.setting(variable).filter(row -> row.name().contains("."));
            if (setting.flatMap(row -> row.type().apply(values)).isEmpty()) return Outcome.unknown();
            return write(setting.get(), value);
        } catch (IllegalArgumentException e) {
            return Outcome.invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Writes a setting, also one whose name has no dot.
     *
     * @throws IllegalArgumentException when the device cannot take the value
     */
    public Outcome write(Setting<A> setting, String value) throws IOException {
        return write(List.of(setting.write()), value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return command.equalsIgnoreCase(SHUTDOWN) ? shutdown.run(this, argument) : command(command, argument);
    }

    private Outcome command(String command, String argument) throws IOException {
        Optional<Command<A>> row =
                current.command(command).filter(one -> one.need().holds(values));
        if (row.isEmpty()) return Outcome.unknown();
        try {
            return write(row.get().writes(), argument);
        } catch (IllegalArgumentException e) {
            return Outcome.invalid(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        wire.close();
    }

    private Outcome keep(Parameter<A> parameter, String value) {
        if (!parameter.type().writable()) return Outcome.unknown();
        values.keep(parameter.name(), parameter.accept().of(value, values));
        return Outcome.handled();
    }

    /** All arguments are converted before the first is written, so that a bad one leaves the device alone. */
    private Outcome write(List<Write<A>> writes, String argument) throws IOException {
        List<String> raws =
                writes.stream().map(write -> write.raw().of(argument, values)).toList();
        Outcome outcome = Outcome.handled();
        for (int i = 0; i < raws.size() && outcome.code() == Outcome.Code.HANDLED; i++) {
            changed = true;
            outcome = wire.write(writes.get(i).address(), raws.get(i));
        }
        return outcome;
    }

    private void publish(Report report, Table.Column<A> column) {
        if (values.keeps(column.name())) return;
        Row.Field<A> field = values.field(column.rows());
        told.add(field);
        if (field == null) {
            report.remove(column.name());
            return;
        }
        Optional<VarType> type =
                column.setting().flatMap(setting -> setting.type().apply(values));
        told.add(type.isPresent());
        report.set(column.name(), values.value(field), type.orElse(VarType.READ_ONLY));
    }

    /** Takes rows for parts that have come or gone; says whether there were any. */
    private boolean unroll() {
        if (!unrolled.stale(values)) return false;
        gone.addAll(current.fields().keySet());
        current.commands().forEach(command -> gone.add(command.name()));
        unrolled = table.unrolled(values);
        current = unrolled.table();
        values.use(current);
        reader.use(current);
        return true;
    }
}
