package org.cobnut.drivers.riello;

import static org.cobnut.drivers.riello.Quantity.APPARENT_POWER;
import static org.cobnut.drivers.riello.Quantity.BATTERY_CAPACITY;
import static org.cobnut.drivers.riello.Quantity.BATTERY_STATE;
import static org.cobnut.drivers.riello.Quantity.BATTERY_VOLTS;
import static org.cobnut.drivers.riello.Quantity.BYPASS_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.BYPASS_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.CHARGE;
import static org.cobnut.drivers.riello.Quantity.FIRMWARE;
import static org.cobnut.drivers.riello.Quantity.INPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.INPUT_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.LOAD_1;
import static org.cobnut.drivers.riello.Quantity.LOAD_3;
import static org.cobnut.drivers.riello.Quantity.LOAD_STATE;
import static org.cobnut.drivers.riello.Quantity.MODEL;
import static org.cobnut.drivers.riello.Quantity.NOMINAL_BATTERY_VOLTS;
import static org.cobnut.drivers.riello.Quantity.NOMINAL_OUTPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.NOMINAL_OUTPUT_VOLTS;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_CURRENT_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_STATE;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VA_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_WATTS_1;
import static org.cobnut.drivers.riello.Quantity.PHASES;
import static org.cobnut.drivers.riello.Quantity.REAL_POWER;
import static org.cobnut.drivers.riello.Quantity.RUNTIME;
import static org.cobnut.drivers.riello.Quantity.SERIAL;
import static org.cobnut.drivers.riello.Quantity.STATE;
import static org.cobnut.drivers.riello.Quantity.TEMPERATURE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;

/** The variables and commands of both protocols. */
final class RielloTable {
    private static final String MAKER = "RPS S.p.a.";
    private static final String PHASES_NAME = "phases";
    private static final String STATE_NAME = "state";
    private static final String SHUTDOWN = "ups.delay.shutdown";
    private static final String REBOOT = "ups.delay.reboot";
    private static final Condition ONE_IN = Condition.is(PHASES_NAME, "1", "2");
    private static final Condition ONE_OUT = Condition.is(PHASES_NAME, "1", "3");

    /** The protocols, by how they ask and order. */
    private final boolean gpser;

    private final List<Row<AnswerPart>> rows = new ArrayList<>();

    private RielloTable(boolean gpser) {
        this.gpser = gpser;
    }

    static Table<AnswerPart> gpser() {
        return Table.of("riello GPSER", new RielloTable(true).all());
    }

    static Table<AnswerPart> sentr() {
        return Table.of("riello SENTR", new RielloTable(false).all());
    }

    /** Questions without whose answer a reading does not count. */
    static Set<String> vital() {
        return Set.of("GI", "RS", Sentr.QUESTION);
    }

    private List<Row<AnswerPart>> all() {
        identity();
        status();
        inputAndBattery();
        output();
        powers();
        for (String delay : List.of(SHUTDOWN, REBOOT))
            rows.add(Row.parameter(delay, VarType.text(3), "5", (text, known) -> Long.toString(Numbers.whole(text))));
        if (gpser) gpserCommands();
        else sentrCommands();
        return List.copyOf(rows);
    }

    private void identity() {
        rows.add(field("GI", PHASES, PHASES_NAME, Format.text()).every(gpser ? Cadence.ONCE : Cadence.QUICK));
        once("GI", PHASES, "ups.mfr", (raw, known) -> Optional.of(MAKER));
        once("GI", MODEL, "ups.model", Format.text());
        once("GI", SERIAL, "ups.serial", Format.text());
        once("GI", FIRMWARE, "ups.firmware", Format.text());
        Format three = (raw, known) -> Optional.of("3");
        rows.add(field("GI", PHASES, "input.phases", three).every(Cadence.ONCE).when(ONE_IN.not()));
        rows.add(field("GI", PHASES, "input.bypass.phases", three)
                .every(Cadence.ONCE)
                .when(ONE_IN.not()));
        rows.add(field("GI", PHASES, "output.phases", three).every(Cadence.ONCE).when(ONE_OUT.not()));
        once("GN", REAL_POWER, "ups.realpower.nominal", this::power);
        once("GN", APPARENT_POWER, "ups.power.nominal", this::power);
        once("GN", NOMINAL_OUTPUT_VOLTS, "output.voltage.nominal", Format.fixed(0));
        once("GN", NOMINAL_OUTPUT_FREQUENCY, "output.frequency.nominal", Format.times(0.1, 1));
        once("GN", NOMINAL_BATTERY_VOLTS, "battery.voltage.nominal", Format.fixed(0));
        once("GN", BATTERY_CAPACITY, "battery.capacity", Format.fixed(0));
    }

    /** Units with more than one phase tell hundredths in GPSER. */
    private Optional<String> power(String raw, Known known) {
        boolean hundredths = gpser && !known.is(PHASES_NAME, "1");
        return Numbers.parse(raw).map(power -> Numbers.format(hundredths ? Math.floor(power / 100) : power, 0));
    }

    private void status() {
        rows.add(field("RS", STATE, STATE_NAME, Format.fixed(0)));
        flag(STATE, 2, 2, "OB");
        flag(STATE, 2, 0, "OL");
        flag(STATE, 3, 3, "LB");
        flag(STATE, 8, 0, "OFF");
        flag(OUTPUT_STATE, 8, 8, "BYPASS");
        flag(LOAD_STATE, 4, 4, "OVER");
        flag(OUTPUT_STATE, 1, 1, "TRIM");
        flag(OUTPUT_STATE, 2, 2, "BOOST");
        flag(BATTERY_STATE, 1, 1, "RB");
        flag(BATTERY_STATE, 4, 4, "CHRG");
    }

    private void inputAndBattery() {
        number("RS", INPUT_FREQUENCY, "input.frequency", 0.1, 2);
        number("RS", BYPASS_FREQUENCY, "input.bypass.frequency", 0.1, 2);
        number("RS", BATTERY_VOLTS, "battery.voltage", 0.1, 1);
        number("RS", CHARGE, "battery.charge", 1, 0);
        number("RS", RUNTIME, "battery.runtime", 60, 0);
        number("RS", TEMPERATURE, "ups.temperature", 1, 0);
        phases("input", INPUT_VOLTS_1, ONE_IN);
        phases("input.bypass", BYPASS_VOLTS_1, ONE_IN);
    }

    private void output() {
        number("RS", OUTPUT_FREQUENCY, "output.frequency", 0.1, 2);
        phases("output", OUTPUT_VOLTS_1, ONE_OUT);
        rows.add(field("RS", LOAD_1, "output.power.percent", Format.fixed(0)).when(ONE_OUT));
        rows.add(field("RS", LOAD_1, "ups.load", Format.fixed(0)).when(ONE_OUT));
        for (int i = 0; i < 3; i++)
            rows.add(field("RS", LOAD_1.phase(i + 1), loadName(i + 1), Format.fixed(0))
                    .when(ONE_OUT.not()));
        rows.add(field("RS", LOAD_3, "ups.load", RielloTable::meanLoad).when(ONE_OUT.not()));
    }

    private void powers() {
        for (int i = 0; i < 3; i++) {
            String line = "output.L" + (i + 1);
            number("RE", OUTPUT_CURRENT_1.phase(i + 1), line + ".current", 1, 0);
            number("RE", OUTPUT_WATTS_1.phase(i + 1), line + ".realpower", 1, 0);
            number("RE", OUTPUT_VA_1.phase(i + 1), line + ".power", 1, 0);
        }
    }

    private static Optional<String> meanLoad(String raw, Known known) {
        double sum = 0;
        for (int i = 1; i <= 3; i++) sum += known.number(loadName(i)).orElse(0.);
        return Optional.of(Numbers.format(Math.floor(sum / 3), 0));
    }

    private static String loadName(int line) {
        return "output.L" + line + ".power.percent";
    }

    private void gpserCommands() {
        order("load.off", "CS", (argument, known) -> onLine("load.off", known, delay(0)));
        order("load.off.delay", "CS", (argument, known) -> onLine("load.off.delay", known, delay(SHUTDOWN, known)));
        order("load.on", "CR", (argument, known) -> onLine("load.on", known, delay(0) + delay(0)));
        order(
                "load.on.delay",
                "CR",
                (argument, known) -> onLine("load.on.delay", known, delay(0) + delay(REBOOT, known)));
        order("shutdown.return", "CS", (argument, known) -> onBattery(known, delay(SHUTDOWN, known)));
        order("shutdown.stop", "CD", (argument, known) -> "");
        order("test.panel.start", "TP", (argument, known) -> "");
        order("test.battery.start", "TB", (argument, known) -> "005");
    }

    private void sentrCommands() {
        order("load.off", "6", (argument, known) -> onLine("load.off", known, "0"));
        order("load.off.delay", "6", (argument, known) -> onLine("load.off.delay", known, seconds(SHUTDOWN, known)));
        switchOn("load.on", (argument, known) -> onLine("load.on", known, "0"));
        switchOn("load.on.delay", (argument, known) -> onLine("load.on.delay", known, seconds(REBOOT, known)));
        order("shutdown.return", "6", (argument, known) -> onBattery(known, seconds(SHUTDOWN, known)));
        order("shutdown.stop", "5", (argument, known) -> "0");
        order("test.battery.start", "4", (argument, known) -> "0");
    }

    /** SENTR takes the delay first, and then the order. */
    private void switchOn(String name, Row.Argument seconds) {
        rows.add(Row.command(name, AnswerPart.order("2"), seconds).then(AnswerPart.order("1"), seconds));
    }

    private void order(String name, String order, Row.Argument argument) {
        rows.add(Row.command(name, AnswerPart.order(order), argument));
    }

    /** The UPS switches its output while the mains are there; on battery it knows the shutdown only. */
    private static String onLine(String command, Known known, String argument) {
        if (onBattery(known))
            throw new IllegalArgumentException(command + " is for a UPS on line, and this one is on"
                    + " battery; shutdown.return is what it takes now");
        return argument;
    }

    private static String onBattery(Known known, String argument) {
        if (known.has(STATE_NAME) && !onBattery(known))
            throw new IllegalArgumentException("shutdown.return is for a UPS on battery, and this one is on line;"
                    + " load.off.delay is what it takes now");
        return argument;
    }

    private static boolean onBattery(Known known) {
        return known.number(STATE_NAME)
                .filter(state -> (state.intValue() & 2) != 0)
                .isPresent();
    }

    private static String seconds(String name, Known known) {
        return known.value(name).orElse("0");
    }

    private static String delay(String name, Known known) {
        return delay(Numbers.whole(seconds(name, known)));
    }

    private static String delay(long seconds) {
        return GpserFrame.digits(seconds, 4);
    }

    private void once(String question, Quantity quantity, String name, Format format) {
        rows.add(field(question, quantity, name, nonZero(format)).every(Cadence.ONCE));
    }

    /** A unit that does not know a rating tells 0. */
    private static Format nonZero(Format format) {
        return (raw, known) -> format.value(raw, known)
                .filter(value ->
                        Numbers.parse(value).filter(number -> number == 0).isEmpty());
    }

    private void number(String question, Quantity quantity, String name, double factor, int decimals) {
        rows.add(field(question, quantity, name, Format.times(factor, decimals)));
    }

    /** The voltage of one line, or of three against the neutral. */
    private void phases(String of, Quantity first, Condition single) {
        rows.add(field("RS", first, of + ".voltage", Format.fixed(0)).when(single));
        for (int i = 0; i < 3; i++)
            rows.add(field("RS", first.phase(i + 1), of + ".L" + (i + 1) + "-N.voltage", Format.fixed(0))
                    .when(single.not()));
    }

    private void flag(Quantity quantity, long mask, long value, String word) {
        rows.add(Row.flag(part("RS", quantity), Words.bits(mask, value, word)));
    }

    private Row.Field<AnswerPart> field(String question, Quantity quantity, String name, Format format) {
        return Row.field(part(question, quantity), name, format);
    }

    private AnswerPart part(String question, Quantity quantity) {
        return new AnswerPart(gpser ? question : Sentr.QUESTION, quantity.name());
    }
}
