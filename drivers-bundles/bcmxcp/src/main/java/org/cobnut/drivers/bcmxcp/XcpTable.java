package org.cobnut.drivers.bcmxcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.line.AnswerPart;

/** Rows for one unit, by what it says of itself. */
final class XcpTable {
    private static final int MOST_OUTLETS = 9;
    private static final long LONGEST_DELAY = 0x7FFF;

    /** What a unit may let be set: its number, and its bounds. */
    private record Setting(int id, long min, long max) {}

    private static final Map<String, Setting> SETTINGS = Map.of(
            "input.transfer.boost.high", new Setting(0x02, 0, 460),
            "input.transfer.trim.low", new Setting(0x03, 110, 540),
            "battery.runtime.low", new Setting(0x05, 0, 30),
            "input.transfer.delay", new Setting(0x07, 1, 18000),
            "battery.charge.restart", new Setting(0x08, 0, 100),
            "ambient.temperature.high", new Setting(0x0a, 0, 100),
            "output.voltage.nominal", new Setting(0x0b, 0, 460),
            "battery.energysave.load", new Setting(0x0d, 0, 100),
            "battery.energysave.delay", new Setting(0x0e, 0, 255),
            "battery.packs", new Setting(0x0f, 0, 5));

    /** The variables that a unit may let be set. */
    static final Set<String> SETTABLE = SETTINGS.keySet();

    private static final int BEEPER = 0x06;

    private static final Map<String, String> TOPOLOGIES = Map.ofEntries(
            Map.entry("16", "Off-line switcher, Single Phase"),
            Map.entry("32", "Line-Interactive UPS, Single Phase"),
            Map.entry("33", "Line-Interactive UPS, Two Phase"),
            Map.entry("34", "Line-Interactive UPS, Three Phase"),
            Map.entry("48", "Dual AC Input, On-Line UPS, Single Phase"),
            Map.entry("49", "Dual AC Input, On-Line UPS, Two Phase"),
            Map.entry("50", "Dual AC Input, On-Line UPS, Three Phase"),
            Map.entry("64", "On-Line UPS, Single Phase"),
            Map.entry("65", "On-Line UPS, Two Phase"),
            Map.entry("66", "On-Line UPS, Three Phase"),
            Map.entry("80", "Parallel Redundant On-Line UPS, Single Phase"),
            Map.entry("81", "Parallel Redundant On-Line UPS, Two Phase"),
            Map.entry("82", "Parallel Redundant On-Line UPS, Three Phase"),
            Map.entry("96", "Parallel for Capacity On-Line UPS, Single Phase"),
            Map.entry("97", "Parallel for Capacity On-Line UPS, Two Phase"),
            Map.entry("98", "Parallel for Capacity On-Line UPS, Three Phase"),
            Map.entry("258", "System Bypass Module, Three Phase"),
            Map.entry("290", "Hot-Tie Cabinet, Three Phase"),
            Map.entry("512", "Outlet Controller, Single Phase"),
            Map.entry("546", "Dual AC Input Static Switch Module, 3 Phase"));

    private final XcpIdentity identity;
    private final XcpAbilities abilities;
    private final List<Row<AnswerPart>> rows = new ArrayList<>();

    private XcpTable(XcpIdentity identity, XcpAbilities abilities) {
        this.identity = identity;
        this.abilities = abilities;
    }

    /** @param delay seconds before a unit that is to come back goes off */
    static Table<AnswerPart> of(XcpIdentity identity, XcpAbilities abilities, long delay) {
        var table = new XcpTable(identity, abilities);
        table.identity();
        table.status();
        table.meters();
        table.limits();
        table.commands(delay);
        if (identity.outlets()) table.outlets(delay);
        return Table.of("bcmxcp", table.rows);
    }

    /** The questions without which a reading does not count. */
    static Set<String> vital() {
        return Set.of(Block.STATUS.name(), Block.ALARMS.name(), Block.METERS.name());
    }

    private void identity() {
        constant("ups.mfr", "Eaton");
        constant("ups.model", identity.model());
        if (!identity.firmware().isEmpty()) constant("ups.firmware", identity.firmware());
        constant("ups.power.nominal", Integer.toString(identity.power()));
        constant("output.phases", Integer.toString(identity.phases()));
        rows.add(field(Block.CONFIGURATION, "text 64", "ups.serial", Format.text()));
        rows.add(field(Block.CONFIGURATION, "text 48", "device.part", Format.text()));
        number(Block.CONFIGURATION, "word 8", "output.voltage.nominal");
        number(Block.CONFIGURATION, "word 10", "output.frequency.nominal");
        number(Block.CONFIGURATION, "byte 26", "battery.packs");
        if (identity.topology())
            rows.add(field(Block.TOPOLOGY, "word 0", "ups.description", Format.lookup(TOPOLOGIES))
                    .every(Cadence.ONCE));
    }

    /** The alarms first: the status looks at them. */
    private void status() {
        if (!identity.alarms().isEmpty()) rows.add(Row.alarm(part(Block.ALARMS, "alarms"), names -> words(names)));
        rows.add(Row.flag(part(Block.STATUS, "status"), words -> words(words)));
        rows.add(field(
                Block.BATTERY,
                "byte 0",
                "ups.test.result",
                Format.lookup(Map.of(
                        "0", "No test initiated",
                        "1", "In progress",
                        "2", "Done and passed",
                        "3", "Aborted",
                        "4", "Done and error",
                        "5", "Test scheduled"))));
        rows.add(field(
                Block.BATTERY,
                "charger",
                "battery.charger.status",
                Format.lookup(Map.of("1", "charging", "2", "discharging", "3", "floating", "4", "resting"))));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private void meters() {
        Map<Integer, String> names = XcpNames.meters(identity.phases());
        names.forEach((meter, name) -> {
            if (identity.place(meter) >= 0) rows.add(field(Block.METERS, "meter " + meter, name, Format.text()));
        });
        boolean told = names.containsValue("ups.load") && identity.place(47) >= 0;
        if (!told) rows.add(field(Block.METERS, "load", "ups.load", Format.text()));
    }

    private void limits() {
        number(Block.LIMITS, "word 0", "input.voltage.nominal");
        number(Block.LIMITS, "word 2", "input.frequency.nominal");
        rows.add(field(Block.LIMITS, "word 8", "input.frequency.low", (raw, known) -> away(raw, known, -1)));
        rows.add(field(Block.LIMITS, "word 8", "input.frequency.high", (raw, known) -> away(raw, known, 1)));
        number(Block.LIMITS, "word 10", "input.transfer.boost.high");
        number(Block.LIMITS, "word 12", "input.transfer.trim.low");
        number(Block.LIMITS, "byte 16", "battery.runtime.low");
        rows.add(field(
                Block.LIMITS,
                "byte 17",
                "ups.beeper.status",
                Format.lookup(Map.of("0", "disabled", "1", "enabled", "2", "muted"))));
        number(Block.LIMITS, "word 18", "input.transfer.low");
        number(Block.LIMITS, "word 20", "input.transfer.high");
        number(Block.LIMITS, "word 22", "input.transfer.delay");
        number(Block.LIMITS, "byte 24", "battery.charge.restart");
        number(Block.LIMITS, "byte 25", "ambient.temperature.low");
        number(Block.LIMITS, "byte 26", "ambient.temperature.high");
        number(Block.LIMITS, "byte 29", "battery.energysave.load");
        number(Block.LIMITS, "byte 30", "battery.energysave.delay");
    }

    /** Whole hertz away from the nominal frequency; the unit tells hundredths. */
    private static Optional<String> away(String raw, Known known, int sign) {
        Optional<Long> hertz = Numbers.parse(raw).map(hundredths -> (long) (hundredths / 100));
        return known.number("input.frequency.nominal").flatMap(nominal -> hertz.filter(some -> !raw.equals("0"))
                .map(some -> Long.toString(nominal.longValue() + sign * some)));
    }

    private void commands(long delay) {
        command("shutdown.return", 0x8a, XcpBytes.hex(delay));
        command("shutdown.stayoff", 0x8b, "");
        command("load.on", 0x89, "");
        command("bypass.start", 0x88, "");
        command("test.battery.start", 0xb1, "0a1e");
        if (abilities.systemTests().contains(1)) command("test.system.start", 0xb2, "01");
        if (abilities.systemTests().contains(4)) command("test.panel.start", 0xb2, "040a");
        if (!abilities.settings().contains(BEEPER)) return;
        order("beeper.disable", "95060000");
        order("beeper.enable", "95060100");
        order("beeper.mute", "95060200");
    }

    private void outlets(long delay) {
        rows.add(field(Block.OUTLETS, "byte 0", "outlets", Format.whole()));
        rows.add(Row.loop("outlets", MOST_OUTLETS, outlet -> outlet(outlet, delay)));
    }

    /** Six bytes each: number, state, and the delays after which it goes off and on. */
    private static List<Row<AnswerPart>> outlet(int outlet, long delay) {
        int at = 2 + 6 * (outlet - 1);
        String name = "outlet." + outlet;
        String off = name + ".delay.shutdown";
        String number = "%02x".formatted(outlet);
        return List.of(
                field(Block.OUTLETS, "byte " + at, name + ".id", Format.whole()),
                field(
                        Block.OUTLETS,
                        "byte " + (at + 1),
                        name + ".status",
                        Format.lookup(Map.of(
                                "1", "on/closed",
                                "2", "off/open",
                                "3", "on with pending",
                                "4", "off with pending",
                                "5", "unknown",
                                "6", "unknown",
                                "7", "failed and closed",
                                "8", "failed and open"))),
                field(Block.OUTLETS, "signed " + (at + 2), off, Format.fixed(0)),
                delay(off, "9701" + number),
                field(Block.OUTLETS, "signed " + (at + 4), name + ".delay.start", Format.fixed(0)),
                delay(name + ".delay.start", "9702" + number),
                Row.command(name + ".shutdown.return", AnswerPart.order("8a"), (given, known) -> {
                    long seconds = known.number(off).map(Double::longValue).orElse(3L);
                    return XcpBytes.hex(seconds < 0 ? delay : seconds) + number;
                }),
                Row.command(name + ".load.on", AnswerPart.order("89"), (given, known) -> number),
                Row.command(name + ".load.off", AnswerPart.order("8b"), (given, known) -> number));
    }

    private static Row<AnswerPart> delay(String name, String order) {
        VarType type = VarType.number(-1, LONGEST_DELAY);
        return Row.setting(
                name,
                AnswerPart.order(order),
                known -> Optional.of(type),
                (text, known) -> XcpBytes.hex(bounded(text, -1, LONGEST_DELAY)));
    }

    /** A number that a unit may not have, told as 0; one that can be set is told as 0, too. */
    private void number(Block block, String part, String name) {
        Setting setting = SETTINGS.get(name);
        boolean settable = setting != null && abilities.settings().contains(setting.id());
        rows.add(field(
                block, part, name, settable ? Format.whole() : Format.whole().from(1)));
        if (setting == null || !settable) return;
        VarType type = VarType.number(setting.min(), setting.max());
        rows.add(Row.setting(
                name,
                AnswerPart.order("95%02x".formatted(setting.id())),
                known -> Optional.of(type),
                (text, known) -> XcpBytes.hex(bounded(text, setting.min(), setting.max()))));
    }

    private static long bounded(String text, long min, long max) {
        long number = text.equals("-1") ? -1 : Numbers.whole(text);
        if (number < min || number > max)
            throw new IllegalArgumentException("'%s' is not between %d and %d".formatted(text, min, max));
        return number;
    }

    private void command(String name, int code, String argument) {
        if (abilities.has(code)) order(name, "%02x%s".formatted(code, argument));
    }

    private void order(String name, String bytes) {
        rows.add(Row.command(name, AnswerPart.order(bytes), (given, known) -> ""));
    }

    private void constant(String name, String value) {
        rows.add(field(Block.IDENTITY, name.toLowerCase(Locale.ROOT), name, (raw, known) -> Optional.of(value))
                .every(Cadence.ONCE));
    }

    private static Row.Field<AnswerPart> field(Block block, String part, String name, Format format) {
        return Row.field(part(block, part), name, format);
    }

    private static AnswerPart part(Block block, String part) {
        return new AnswerPart(block.name(), part);
    }
}
