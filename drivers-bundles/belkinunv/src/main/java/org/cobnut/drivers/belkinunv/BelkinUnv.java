package org.cobnut.drivers.belkinunv;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** belkinunv: Belkin's Universal UPS (F6C…-UNV), a table of registers. */
@Component(property = {Driver.NAME + "=belkinunv", Driver.VERSION + "=0.11"})
public final class BelkinUnv implements Driver {
    /** How long DTR must be off and RTS on before a unit speaks. */
    private static final Duration WAKE = Duration.ofSeconds(1);

    private static final String BATTERY_STATUS = "23";
    private static final String UPS_STATUS = "22";
    private static final String OUTPUT_VOLTS = "1b";
    private static final String TEST = "10";
    private static final String BEEPER = "11";
    private static final String TIMERS = "16 15";
    private static final String SENSITIVITY = "0c";
    private static final String TRANSFER_LOW = "06";
    private static final String TRANSFER_HIGH = "09";
    private static final String BITS = "battery bits";
    private static final List<String> TYPES = List.of("ONLINE", "OFFLINE", "LINEINT");
    private static final List<String> SENSITIVITIES = List.of("normal", "medium", "low");
    private static final List<String> BEEPERS = List.of("enabled", "disabled", "muted");
    private static final List<String> TESTS = List.of(
            "no test performed", "test passed", "test failed", "test failed", "test aborted", "test in progress");

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(
                ByteLink.class, settings.port(), SerialParameters.at(2400).lines(false, true));
        var line = new RequestLine(link);
        line.rest(WAKE);
        Set<String> vital = Set.of(BATTERY_STATUS, UPS_STATUS, OUTPUT_VOLTS);
        return new InputExtremes(
                new TableSession<>(new LineWire<>("belkinunv", new RegisterProtocol(line), vital), table()));
    }

    static Table<AnswerPart> table() {
        var rows = new ArrayList<Row<AnswerPart>>();
        status(rows);
        identity(rows);
        measures(rows);
        settings(rows);
        commands(rows);
        return Table.of("belkinunv", rows);
    }

    private static void status(List<Row<AnswerPart>> rows) {
        rows.add(field(BATTERY_STATUS, BITS, Format.fixed(0)));
        rows.add(flag(BATTERY_STATUS, 0x20, "OB"));
        rows.add(flag(BATTERY_STATUS, 0x04, "LB"));
        rows.add(flag(BATTERY_STATUS, 0x10, "CHRG"));
        rows.add(flag(BATTERY_STATUS, 0x40, "DEPLETED"));
        rows.add(flag(BATTERY_STATUS, 0x80, "RB"));
        rows.add(flag(UPS_STATUS, 0x0001, "ACFAIL"));
        rows.add(flag(UPS_STATUS, 0x0010, "OVER"));
        rows.add(flag(UPS_STATUS, 0x0040, "OVERHEAT"));
        rows.add(flag(UPS_STATUS, 0x0080, "COMMFAULT"));
        Words voltage = raw -> List.of(Numbers.parse(raw).orElse(0.) > 0 ? "OL" : "OFF");
        rows.add(Row.flag(part(OUTPUT_VOLTS), voltage).when(Condition.of(BelkinUnv::onMains)));
        rows.add(field(OUTPUT_VOLTS, "output.voltage", Format.times(0.1, 1)));
    }

    private static boolean onMains(Known known) {
        return known.number(BITS).filter(bits -> (bits.intValue() & 0x20) == 0).isPresent();
    }

    private static void identity(List<Row<AnswerPart>> rows) {
        rows.add(once("01", "input.voltage.nominal", Format.fixed(0)));
        rows.add(once("02", "input.frequency.nominal", Format.fixed(0)));
        rows.add(once("03", "ups.power.nominal", Format.fixed(0)));
        rows.add(once("04", "battery.voltage.nominal", Format.fixed(0)));
        rows.add(Row.field(new AnswerPart("0d", RegisterProtocol.TEXT), "ups.model", Format.text())
                .every(Cadence.ONCE));
        rows.add(once("0f", "ups.firmware", bits(value -> Integer.toString(value >> 4 & 0xf))));
        rows.add(once("0f", "ups.type", bits(value -> TYPES.get((value & 0xf) % 3))));
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        rows.add(field("18", "input.voltage", Format.times(0.1, 1)));
        rows.add(field("19", "input.frequency", Format.times(0.1, 1)));
        rows.add(field("1a", "ups.temperature", Format.fixed(0)));
        rows.add(field("1c", "output.frequency", Format.times(0.1, 1)));
        rows.add(field("1e", "ups.load", Format.fixed(0)));
        rows.add(field("20", "battery.voltage", Format.times(0.1, 1)));
        rows.add(field("21", "battery.charge", Format.fixed(0)));
        rows.add(field("3f", "battery.runtime", Format.times(60, 0)));
        rows.add(field("15", "ups.delay.shutdown", Format.fixed(0)));
        rows.add(field("16", "ups.delay.restart", Format.times(60, 0)));
        rows.add(field(TEST, "ups.test.result", Format.nth(TESTS).orElse("?")));
    }

    private static void settings(List<Row<AnswerPart>> rows) {
        rows.add(field(
                SENSITIVITY, "input.sensitivity", Format.nth(SENSITIVITIES).orElse("?")));
        rows.add(choice("input.sensitivity", SENSITIVITY, SENSITIVITIES, List.of(0, 1, 2)));
        rows.add(field(BEEPER, "ups.beeper.status", bits(BelkinUnv::beeper)));
        rows.add(choice("ups.beeper.status", BEEPER, BEEPERS, List.of(2, 1, 3)));
        for (String[] limit : new String[][] {{"08", "07", "low"}, {"0b", "0a", "high"}}) {
            rows.add(once(limit[0], "least " + limit[2], Format.fixed(0)));
            rows.add(once(limit[1], "most " + limit[2], Format.fixed(0)));
        }
        rows.add(field(TRANSFER_LOW, "input.transfer.low", Format.fixed(0)));
        rows.add(volts("input.transfer.low", TRANSFER_LOW, "low"));
        rows.add(field(TRANSFER_HIGH, "input.transfer.high", Format.fixed(0)));
        rows.add(volts("input.transfer.high", TRANSFER_HIGH, "high"));
    }

    private static String beeper(int value) {
        if (value == 1) return "disabled";
        return (value & 1) == 0 ? "enabled" : "muted";
    }

    /** @param numbers what is written for each choice */
    private static Row<AnswerPart> choice(String name, String register, List<String> choices, List<Integer> numbers) {
        VarType type = VarType.choice(choices.toArray(String[]::new));
        return Row.setting(
                name,
                AnswerPart.order(register),
                known -> known.has(name) ? Optional.of(type) : Optional.empty(),
                (value, known) -> Integer.toString(numbers.get(choices.indexOf(value))));
    }

    /** A unit that tells which whole volts it takes is held to them. */
    private static Row<AnswerPart> volts(String name, String register, String limit) {
        return Row.setting(
                name,
                AnswerPart.order(register),
                known -> known.has(name) ? Optional.of(range(known, limit)) : Optional.empty(),
                (value, known) -> Long.toString(Numbers.whole(value)));
    }

    private static VarType range(Known known, String limit) {
        int least = known.number("least " + limit).map(Double::intValue).orElse(0);
        int most = known.number("most " + limit).map(Double::intValue).orElse(-1);
        return most < least || most - least > 300
                ? VarType.number()
                : VarType.choice(IntStream.rangeClosed(least, most)
                        .mapToObj(Integer::toString)
                        .toArray(String[]::new));
    }

    private static void commands(List<Row<AnswerPart>> rows) {
        Map.of(
                        "test.failure.start", "2",
                        "test.failure.stop", "3",
                        "test.battery.start", "1",
                        "test.battery.stop", "3")
                .forEach((name, value) -> rows.add(command(name, TEST, value)));
        Map.of(
                        "beeper.disable", "1",
                        "beeper.off", "1",
                        "beeper.enable", "2",
                        "beeper.on", "2",
                        "beeper.mute", "3")
                .forEach((name, value) -> rows.add(command(name, BEEPER, value)));
        rows.add(command("shutdown.stayoff", TIMERS, "0 1"));
        rows.add(command("shutdown.reboot", TIMERS, "2 1"));
        rows.add(command("shutdown.reboot.graceful", TIMERS, "2 40"));
        rows.add(command("shutdown.default", TIMERS, "10 1"));
    }

    private static Row<AnswerPart> command(String name, String order, String argument) {
        return Row.command(name, AnswerPart.order(order), (given, known) -> argument);
    }

    /** What a format makes of the bits of a register. */
    @FunctionalInterface
    private interface Bits {
        String text(int value);
    }

    private static Format bits(Bits text) {
        return (raw, known) -> Numbers.parse(raw).map(value -> text.text(value.intValue()));
    }

    private static Row.Field<AnswerPart> once(String register, String name, Format format) {
        return field(register, name, format).every(Cadence.ONCE);
    }

    private static Row.Field<AnswerPart> field(String register, String name, Format format) {
        return Row.field(part(register), name, format);
    }

    private static Row<AnswerPart> flag(String register, long mask, String word) {
        return Row.flag(part(register), Words.bits(mask, mask, word));
    }

    private static AnswerPart part(String register) {
        return new AnswerPart(register, "number");
    }
}
