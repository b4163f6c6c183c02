package org.cobnut.drivers.megatec.voltronic;

import static org.cobnut.drivers.megatec.dialect.Rows.command;
import static org.cobnut.drivers.megatec.dialect.Rows.field;
import static org.cobnut.drivers.megatec.dialect.Rows.setting;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.capability;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.choice;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.has;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.protocol;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.range;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.switching;
import static org.cobnut.drivers.megatec.wire.Address.REST;
import static org.cobnut.table.Format.either;
import static org.cobnut.table.Format.fixed;
import static org.cobnut.table.Format.nth;
import static org.cobnut.table.Format.text;
import static org.cobnut.table.Format.times;
import static org.cobnut.table.Numbers.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cobnut.drivers.megatec.dialect.Delays;
import org.cobnut.drivers.megatec.dialect.MegatecFunctions;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.model.Range;
import org.cobnut.model.VarType;
import org.cobnut.table.Condition;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;

/** What can be set in and ordered of a Voltronic unit; the second half of {@link Voltronic}'s table. */
public final class VoltronicSettings {
    /** Two numbers, whole or with a decimal. */
    private static final String WHOLE = "[(][-0-9]{3} [-0-9]{3}";

    private static final String TENTHS = "[(][-0-9.]{4} [-0-9.]{4}";
    private static final Query QFLAG = Query.semi("QFLAG", 4, "(").like("[(]E[a-z]*D[a-z]*");
    private static final Query QHE = Query.semi("QHE", 9, "(").like(WHOLE).only(has("eco_mode"));
    private static final Query QFRE = Query.semi("QFRE", 11, "(").like(TENTHS).only(has("eco_mode"));
    private static final Query QBYV = Query.semi("QBYV", 9, "(").like(WHOLE).only(VoltronicRules::limited);
    private static final Query QBYF = Query.semi("QBYF", 11, "(").like(TENTHS).only(VoltronicRules::limited);
    private static final Query QBT =
            Query.semi("QBT", 4, "(").like("[(][0-9]{2}").only(protocol("P31"));
    private static final Query QGR =
            Query.semi("QGR", 4, "(").like("[(][0-9]{2}").only(protocol("P31"));
    private static final Query RE0 = Query.semi("RE0", 4, "#").like("#[0-9]{2}");
    private static final Query QPD = Query.semi("QPD", 9, "(").like(WHOLE);
    private static final List<String> BATTERIES = List.of("Li", "Flooded", "AGM");
    private static final List<String> RANGES = List.of("Appliance", "UPS");

    /** A capability: its letter, its name, and whether clients may switch it (else it is an option of ups.conf). */
    private record Capability(char letter, String name) {
        String on() {
            return name.contains(".") ? "yes" : "enabled";
        }

        String off() {
            return name.contains(".") ? "no" : "disabled";
        }
    }

    private static final List<Capability> CAPABILITIES = List.of(
            new Capability('r', "ups.start.auto"),
            new Capability('s', "battery.protection"),
            new Capability('g', "battery.energysave"),
            new Capability('c', "ups.start.battery"),
            new Capability('j', "outlet.0.switchable"),
            new Capability('p', "bypass_alarm"),
            new Capability('b', "battery_alarm"),
            new Capability('o', "bypass_when_off"),
            new Capability('a', "alarm_control"),
            new Capability('v', "converter_mode"),
            new Capability('e', "eco_mode"),
            new Capability('d', "battery_open_status_check"),
            new Capability('f', "bypass_forbidding"),
            new Capability('l', "site_fault_detection"),
            new Capability('n', "advanced_eco_mode"),
            new Capability('q', "constant_phase_angle"),
            new Capability('w', "limited_runtime_on_battery"));

    private VoltronicSettings() {}

    /** The options of ups.conf that switch a capability. */
    public static List<String> options() {
        return CAPABILITIES.stream()
                .map(Capability::name)
                .filter(name -> !name.contains("."))
                .toList();
    }

    static List<Row<Address>> rows() {
        return Stream.of(capabilities(), outlets(), limits(), others())
                .flatMap(List::stream)
                .toList();
    }

    static List<Row<Address>> commands() {
        var rows = new ArrayList<Row<Address>>(List.of(
                command("load.off", "SOFF"),
                command("load.on", "SON"),
                command("shutdown.return", Delays::shutdownReturn),
                command("shutdown.stayoff", Delays::shutdownStayoff),
                command("shutdown.stop", "CS"),
                command("test.battery.start", MegatecFunctions::testTenths),
                command("test.battery.start.deep", "TL"),
                command("test.battery.start.quick", "T"),
                command("test.battery.stop", "CT"),
                command("beeper.toggle", VoltronicSettings::beeper),
                command("beeper.enable", "PEA", Condition.has("alarm_control")),
                command("beeper.disable", "PDA", Condition.has("alarm_control")),
                command("bypass.start", "PEE", Condition.has("eco_mode")),
                command("bypass.stop", "PDE", Condition.has("eco_mode"))));
        for (int outlet = 1; outlet <= 4; outlet++) {
            String name = "outlet." + outlet;
            rows.add(command(name + ".load.off", "SKOFF" + outlet, Condition.has(name + ".status")));
            rows.add(command(name + ".load.on", "SKON" + outlet, Condition.has(name + ".status")));
        }
        return List.copyOf(rows);
    }

    private static String beeper(String argument, Known known) {
        return known.is("ups.beeper.status", "enabled") ? "BZOFF" : "BZON";
    }

    private static List<Row<Address>> capabilities() {
        // (EpashcDbroegf
        // 01
        var rows = new ArrayList<Row<Address>>();
        for (Capability one : CAPABILITIES) {
            rows.add(field(QFLAG, 1, REST, one.name(), capability(one.letter(), one.on(), one.off())));
            rows.add(setting(
                    one.name(),
                    choice(one.name(), one.off(), one.on()),
                    switching(Character.toUpperCase(one.letter()))));
        }
        return rows;
    }

    private static List<Row<Address>> outlets() {
        var rows = new ArrayList<Row<Address>>();
        for (int outlet = 1; outlet <= 4; outlet++) {
            String name = "outlet." + outlet;
            String wire = "PSK" + outlet;
            // (1   and   (005
            // 01         0123
            Query state = Query.semi("QSK" + outlet, 3, "(").like("[(].").only(has("outlet.0.switchable"));
            Query delay =
                    Query.semi("QSKT" + outlet, 5, "(").like("[(][0-9]{3}").only(has(name + ".status"));
            rows.add(field(state, 1, 1, name + ".switchable", either("yes", "yes")));
            rows.add(field(state, 1, 1, name + ".status", either("off", "on")));
            rows.add(field(delay, 1, 3, name + ".delay.shutdown", times(60, 0)));
            rows.add(setting(
                    name + ".delay.shutdown",
                    range(name + ".delay.shutdown", 0, 59_940),
                    seconds -> wire + digits(3, Numbers.whole(seconds) / 60)));
        }
        return rows;
    }

    private static List<Row<Address>> limits() {
        return List.of(
                // (242 218   and   (53.0 47.0
                // 01234567         0123456789
                field(QHE, 1, 3, "input.transfer.high", fixed(0)),
                field(QHE, 5, 7, "input.transfer.low", fixed(0)),
                field(QHE, 5, 7, "input.transfer.low.min", VoltronicRules.end(VoltronicSettings::ecoLow, false)),
                field(QHE, 5, 7, "input.transfer.low.max", VoltronicRules.end(VoltronicSettings::ecoLow, true)),
                field(QHE, 1, 3, "input.transfer.high.min", VoltronicRules.end(VoltronicSettings::ecoHigh, false)),
                field(QHE, 1, 3, "input.transfer.high.max", VoltronicRules.end(VoltronicSettings::ecoHigh, true)),
                setting("input.transfer.high", range("input.transfer.high", VoltronicSettings::ecoHigh), volts("HEH")),
                setting("input.transfer.low", range("input.transfer.low", VoltronicSettings::ecoLow), volts("HEL")),
                field(QFRE, 1, 4, "input.frequency.high", fixed(1)),
                field(QFRE, 6, 9, "input.frequency.low", fixed(1)),
                setting(
                        "input.frequency.high",
                        range("input.frequency.high", known -> VoltronicRules.ecoFrequency(known, true)),
                        hertz("FREH")),
                setting(
                        "input.frequency.low",
                        range("input.frequency.low", known -> VoltronicRules.ecoFrequency(known, false)),
                        hertz("FREL")),
                field(QBYV, 1, 3, "max_bypass_volt", fixed(0)),
                field(QBYV, 5, 7, "min_bypass_volt", fixed(0)),
                setting(
                        "max_bypass_volt",
                        range("max_bypass_volt", known -> VoltronicRules.bypassVoltage(known, true)),
                        volts("PHV")),
                setting(
                        "min_bypass_volt",
                        range("min_bypass_volt", known -> VoltronicRules.bypassVoltage(known, false)),
                        volts("PLV")),
                field(QBYF, 1, 4, "max_bypass_freq", fixed(1)),
                field(QBYF, 6, 9, "min_bypass_freq", fixed(1)),
                setting(
                        "max_bypass_freq",
                        range("max_bypass_freq", known -> VoltronicRules.bypassFrequency(known, true)),
                        hertz("PGF")),
                setting(
                        "min_bypass_freq",
                        range("min_bypass_freq", known -> VoltronicRules.bypassFrequency(known, false)),
                        hertz("PSF")));
    }

    private static List<Row<Address>> others() {
        return List.of(
                setting("battery_number", range("battery_number", 1, 9), number -> "BATN" + number),
                setting(
                        "battery.packs",
                        range("battery.packs", 1, 99),
                        number -> "BATGN" + digits(2, Numbers.whole(number))),
                // (01
                // 012
                field(QBT, 1, 2, "battery.type", nth(BATTERIES)),
                setting(
                        "battery.type",
                        choice("battery.type", BATTERIES.toArray(String[]::new)),
                        type -> "PBT" + digits(2, BATTERIES.indexOf(type))),
                field(QGR, 1, 2, "work_range_type", nth(RANGES)),
                setting(
                        "work_range_type",
                        choice("work_range_type", RANGES.toArray(String[]::new)),
                        type -> "PGR" + digits(2, RANGES.indexOf(type))),
                // #20
                // 012
                field(RE0, 1, 2, "battery.voltage.low", fixed(1)),
                setting("battery.voltage.low", range("battery.voltage.low", 20, 24), volt -> "W0E" + volt),
                // (000 120
                // 01234567
                field(QPD, 1, 3, "input_phase_angle", text()),
                field(QPD, 5, 7, "output_phase_angle", text()),
                setting(
                        "output_phase_angle",
                        choice("output_phase_angle", "000", "120", "180", "240"),
                        angle -> "PPD" + angle),
                // Limits and capabilities as they left the factory; only a UPS in standby takes it.
                setting(
                        "reset_to_default",
                        known -> known.is(VoltronicRules.MODE, "S") ? Optional.of(VarType.text(0)) : Optional.empty(),
                        nothing -> "PF"));
    }

    private static Function<String, String> volts(String order) {
        return value -> order + Numbers.format(number(value), 0);
    }

    private static Function<String, String> hertz(String order) {
        return value -> order + Numbers.format(number(value), 1);
    }

    private static double number(String value) {
        return Numbers.parse(value).orElseThrow(() -> new IllegalArgumentException("'" + value + "' is no number"));
    }

    private static Optional<Range> ecoHigh(Known known) {
        return VoltronicRules.ecoVoltage(known, true);
    }

    private static Optional<Range> ecoLow(Known known) {
        return VoltronicRules.ecoVoltage(known, false);
    }
}
