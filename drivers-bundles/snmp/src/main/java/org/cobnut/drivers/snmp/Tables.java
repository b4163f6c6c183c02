package org.cobnut.drivers.snmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Settings;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;

/** The table of a mapping as a section of ups.conf wants it; a command is in it only where the agent has its object. */
final class Tables {
    private static final Set<String> TRANSFER = Set.of("input.transfer.low", "input.transfer.high");

    /** What NUT multiplies the transfer voltages of a Symmetra by, which are told between phases. */
    private static final double BETWEEN_PHASES = 0.707;

    private final Settings settings;

    private Tables(Settings settings) {
        this.settings = settings;
    }

    static Table<Address> of(Table<Address> mapped, Settings settings) {
        return Table.of(mapped.title(), new Tables(settings).rows(mapped.rows()));
    }

    private List<Row<Address>> rows(List<Row<Address>> mapped) {
        var rows = new ArrayList<Row<Address>>();
        for (Row<Address> row : mapped) {
            if (row instanceof Row.Loop<Address> loop)
                rows.add(Row.loop(
                        loop.count(), loop.most(), part -> rows(loop.rows().apply(part))));
            else if (row instanceof Row.Command<Address> command) addOffered(command, rows);
            else if (row instanceof Row.Field<Address> field) field(field).ifPresent(rows::add);
            else if (row instanceof Row.Setting<Address> setting) {
                if (!left(setting.name())) rows.add(setting);
            } else if (row instanceof Row.Parameter<Address> parameter) rows.add(parameter(parameter));
            else rows.add(row);
        }
        return rows;
    }

    /** A name without a dot, so that nobody sees whether the agent has the object. */
    private static void addOffered(Row.Command<Address> command, List<Row<Address>> rows) {
        Address address = command.writes().get(0).address();
        String there = "has-" + address.toString().replace('.', '-');
        rows.add(Row.<Address>field(address, there, (raw, known) -> Optional.of("1"))
                .every(Cadence.ONCE));
        rows.add(command.when(Condition.has(there)));
    }

    private Optional<Row<Address>> field(Row.Field<Address> field) {
        if (left(field.name())) return Optional.empty();
        if (!TRANSFER.contains(field.name()) || !settings.flag("symmetrathreephase")) return Optional.of(field);
        Format corrected = (raw, known) -> field.format()
                .value(raw, known)
                .flatMap(Numbers::parse)
                .map(volts -> Numbers.format(volts * BETWEEN_PHASES, 2));
        return Optional.of(new Row.Field<>(field.source(), field.name(), corrected));
    }

    private boolean left(String name) {
        return TRANSFER.contains(name) && settings.flag("notransferoids");
    }

    /** The delays that the section gives are what its commands begin with. */
    private Row.Parameter<Address> parameter(Row.Parameter<Address> parameter) {
        String option = Map.of("ups.delay.shutdown", "offdelay", "ups.delay.start", "ondelay")
                .getOrDefault(parameter.name(), "");
        if (!settings.values().containsKey(option)) return parameter;
        String initial = Long.toString(settings.number(option));
        return new Row.Parameter<>(parameter.name(), parameter.type(), initial, parameter.accept(), parameter.origin());
    }
}
