package org.cobnut.drivers.usbhid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.drivers.usbhid.HidReports.Unit;
import org.cobnut.drivers.usbhid.descriptor.HidField;
import org.cobnut.drivers.usbhid.descriptor.HidPath;
import org.cobnut.drivers.usbhid.descriptor.ReportDescriptor;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.link.usb.ReportType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Loop;
import org.cobnut.table.Row.Parameter;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.Row.Write;
import org.cobnut.table.Table;

/** The rows of a mapping that one device has, and what is made of them for every device. */
final class DeviceTable {
    static final String OFF_DELAY = "ups.delay.shutdown";
    static final String ON_DELAY = "ups.delay.start";

    /** What the USB strings tell, unless the mapping has rows of these names. */
    private static final Map<String, String> IDENTITY = Map.of(
            "ups.mfr", "device:vendor",
            "ups.model", "device:product",
            "ups.serial", "device:serial",
            "ups.vendorid", "device:vendorid",
            "ups.productid", "device:productid");

    private final ReportDescriptor descriptor;
    private final HidReports reports;
    private final Map<Address.Value, List<HidField>> fields = new HashMap<>();
    private final Table<Address> table;

    /** @param delays what the section says in place of the first values of {@link #OFF_DELAY} and {@link #ON_DELAY} */
    DeviceTable(Table<Address> mapping, ReportDescriptor descriptor, HidReports reports, Map<String, String> delays) {
        this.descriptor = descriptor;
        this.reports = reports;
        var rows = new ArrayList<Row<Address>>();
        IDENTITY.forEach((name, fact) -> {
            if (mapping.rows().stream()
                    .noneMatch(row ->
                            row instanceof Field<Address> field && field.name().equals(name)))
                rows.add(Row.<Address>field(new Address.Fact(fact), name, Format.text())
                        .every(Cadence.ONCE));
        });
        rows.addAll(had(mapping.rows()));
        compose(rows);
        this.table = Table.of(mapping.title(), delayed(rows, delays));
    }

    Table<Address> table() {
        return table;
    }

    /** What each address is in this device, in the order of its paths; at least one. */
    Map<Address.Value, List<HidField>> fields() {
        return fields;
    }

    /** Reports that are read in every poll. */
    Set<Unit> quick() {
        return table.rows().stream()
                .filter(row -> row instanceof Reading<Address> reading
                        && reading.source().cadence() == Cadence.QUICK)
                .map(row -> ((Reading<Address>) row).source().address())
                .flatMap(address -> address instanceof Address.Value value
                        ? fields.getOrDefault(value, List.of()).stream().limit(1)
                        : Stream.empty())
                .map(Unit::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<Row<Address>> had(List<Row<Address>> rows) {
        var had = new ArrayList<Row<Address>>();
        for (Row<Address> row : rows) {
            if (row instanceof Loop<Address> loop)
                had.add(Row.loop(
                        loop.count(), loop.most(), part -> had(loop.rows().apply(part))));
            else if (row instanceof Field<Address> field && field.source().cadence() != Cadence.QUICK)
                had.addAll(alternatives(field));
            else if (has(row)) had.add(answered(row));
        }
        return had;
    }

    /** The same row, for as long as the device does not refuse the report that it writes. */
    private Row<Address> answered(Row<Address> row) {
        if (row instanceof Setting<Address> setting)
            return new Setting<>(
                    setting.name(),
                    known -> refused(setting.write())
                            ? Optional.empty()
                            : setting.type().apply(known),
                    setting.write(),
                    setting.origin());
        if (row instanceof Command<Address> command)
            return command.when(Condition.of(known -> command.writes().stream().noneMatch(this::refused)));
        return row;
    }

    private boolean refused(Write<Address> write) {
        return write.address() instanceof Address.Value value
                && fields.getOrDefault(value, List.of()).stream()
                        .allMatch(field -> !writable(field) || reports.refuses(Unit.of(field)));
    }

    /**
     * A row for each path that the device has, the first path in the last row, which counts; for a device may refuse what it
     * declares. A flag that is read in every poll has one source, so that an old answer never stands beside a new one.
     */
    private List<Field<Address>> alternatives(Field<Address> row) {
        if (!(row.source().address() instanceof Address.Value value)) return List.of(row);
        var rows = new ArrayList<Field<Address>>();
        for (HidPath path : value.paths()) {
            var one = new Address.Value(List.of(path), value.mask(), value.text());
            if (!has(one)) continue;
            Field<Address> field = Row.<Address>field(one, row.name(), row.format())
                    .every(row.source().cadence())
                    .when(row.source().need());
            rows.add(0, row.source().origin().map(field::from).orElse(field));
        }
        return rows;
    }

    private boolean has(Row<Address> row) {
        if (row instanceof Reading<Address> reading) return has(reading.source().address());
        if (row instanceof Setting<Address> setting)
            return takes(setting.write().address());
        if (row instanceof Command<Address> command)
            return command.writes().stream().allMatch(write -> takes(write.address()));
        return true;
    }

    private boolean takes(Address address) {
        return address instanceof Address.Value value
                && has(value)
                && fields.getOrDefault(value, List.of()).stream().anyMatch(DeviceTable::writable);
    }

    /** Whether a value can be written: a feature that is not constant. */
    static boolean writable(HidField field) {
        return field.type() == ReportType.FEATURE && !field.constant();
    }

    private boolean has(Address address) {
        if (!(address instanceof Address.Value value)) return true;
        if (fields.containsKey(value)) return true;
        List<HidField> found = value.paths().stream()
                .flatMap(path -> descriptor.find(path).stream())
                .toList();
        if (!found.isEmpty()) fields.put(value, found);
        return !found.isEmpty();
    }

    /** Commands that all devices with timers have: those without a wait, and those that need both timers. */
    private static void compose(List<Row<Address>> rows) {
        var commands = new LinkedHashMap<String, Command<Address>>();
        for (Row<Address> row : rows)
            if (row instanceof Command<Address> command) commands.put(command.name(), command);
        Command<Address> off = commands.get("load.off.delay");
        Command<Address> on = commands.get("load.on.delay");
        var more = new ArrayList<Command<Address>>();
        if (off != null) more.add(timed("load.off", off, (text, known) -> "0"));
        if (on != null) more.add(timed("load.on", on, (text, known) -> "0"));
        if (off != null && on != null) {
            Address timer = off.writes().get(0).address();
            Row.Argument wait = after(off, OFF_DELAY);
            more.add(timed("shutdown.return", on, after(on, ON_DELAY))
                    .then(timer, wait)
                    .when(off.need()));
            more.add(timed("shutdown.stayoff", on, (text, known) -> "-1")
                    .then(timer, wait)
                    .when(off.need()));
        }
        for (Command<Address> command : more) if (!commands.containsKey(command.name())) rows.add(command);
    }

    private static Command<Address> timed(String name, Command<Address> like, Row.Argument raw) {
        Command<Address> command =
                Row.command(name, like.writes().get(0).address(), raw).when(like.need());
        return like.origin().isPresent() ? command.from(like.origin().get()) : command;
    }

    /** What the command would write for the wait that is set. */
    private static Row.Argument after(Command<Address> command, String delay) {
        Row.Argument raw = command.writes().get(0).raw();
        return (text, known) -> raw.of(known.value(delay).orElse(""), known);
    }

    /** The waits begin as the section says; those that no command of this device keeps are left out. */
    private static List<Row<Address>> delayed(List<Row<Address>> rows, Map<String, String> delays) {
        var commands = new HashSet<String>();
        for (Row<Address> row : rows) if (row instanceof Command<Address> command) commands.add(command.name());
        boolean off = Stream.of("load.off.delay", "shutdown.return", "shutdown.stayoff")
                .anyMatch(commands::contains);
        boolean on = commands.contains("load.on.delay");
        var all = new ArrayList<Row<Address>>();
        for (Row<Address> row : rows) {
            if (!(row instanceof Parameter<Address> parameter)) all.add(row);
            else if (parameter.name().equals(OFF_DELAY)
                    ? off
                    : !parameter.name().equals(ON_DELAY) || on) all.add(begun(parameter, delays));
        }
        return all;
    }

    private static Row<Address> begun(Parameter<Address> parameter, Map<String, String> delays) {
        String initial = delays.getOrDefault(parameter.name(), parameter.initial());
        return new Parameter<>(parameter.name(), parameter.type(), initial, parameter.accept(), parameter.origin());
    }
}
