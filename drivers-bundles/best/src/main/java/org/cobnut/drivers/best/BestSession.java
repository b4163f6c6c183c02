package org.cobnut.drivers.best;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;

/** One unit. What can be set can not be read back, and is shown as it was set. */
final class BestSession implements Session {
    private static final VarType SETTABLE = VarType.text(3);

    private final BestProtocol protocol;
    private final TableSession<AnswerPart> table;
    private final String shutdown;
    /** By variable the number of its parameter. */
    private final Map<String, Integer> settings;

    private final Map<String, String> set = new TreeMap<>();

    /** @param shutdown the orders of a host's shutdown, as {@link BestProtocol#give} takes them */
    BestSession(
            String title,
            BestProtocol protocol,
            List<Row<AnswerPart>> rows,
            String shutdown,
            Map<String, Integer> settings) {
        this.protocol = protocol;
        this.shutdown = shutdown;
        this.settings = Map.copyOf(settings);
        table = new TableSession<>(
                new LineWire<>(title, protocol, Set.of(BestProtocol.MEASURES)), Table.of(title, rows));
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        settings.keySet().forEach(name -> report.set(name, set.getOrDefault(name, ""), SETTABLE));
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        Integer number = settings.get(variable);
        if (number == null) return Outcome.unknown();
        if (!value.matches("\\d{1,3}")) return Outcome.invalid("'" + value + "' is no number of up to three digits");
        Outcome outcome = protocol.give(locked("?p" + number + "=" + value), "");
        if (outcome.code() == Outcome.Code.HANDLED) set.put(variable, value);
        return outcome;
    }

    /** An order between the two that let a Fortress be changed and no more. */
    static String locked(String order) {
        return "?p999=2639;" + order + ";?p999=";
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return command.equalsIgnoreCase("shutdown.default")
                ? protocol.give(shutdown, "")
                : table.run(command, argument);
    }

    @Override
    public void close() {
        table.close();
    }

    /** Rows that all units have. */
    static List<Row<AnswerPart>> rows(String model) {
        var rows = new ArrayList<Row<AnswerPart>>();
        constant(rows, "ups.mfr", "Best Power");
        constant(rows, "ups.model", model);
        field(rows, 24, 28, "input.voltage", Format.fixed(0));
        field(rows, 28, 32, "output.voltage", Format.fixed(0));
        field(rows, 50, 54, "battery.voltage", Format.times(0.1, 1));
        field(rows, 58, 62, "battery.runtime", Format.times(60, 0));
        return rows;
    }

    static void constant(List<Row<AnswerPart>> rows, String name, String value) {
        rows.add(Row.field(BestProtocol.columns(0, 2), name, (raw, known) -> Optional.of(value))
                .every(Cadence.ONCE));
    }

    static void field(List<Row<AnswerPart>> rows, int from, int to, String name, Format format) {
        rows.add(Row.field(BestProtocol.columns(from, to), name, format));
    }
}
