package org.cobnut.drivers.ragtech;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Outcome;
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

/** ragtech: Ragtech Easy units, 600 to 2200 VA. */
@Component(property = {Driver.NAME + "=ragtech", Driver.VERSION + "=0.07", Driver.EXPERIMENTAL + "=true"})
public final class Ragtech implements Driver {
    private static final String ALLOW = "allow_shutdown";
    private static final Options OPTIONS = Options.of(
            Option.text("iout_calib", "Divisor of the output current, in place of the unit's own"),
            Option.flag(ALLOW, "Lets the unit be switched off, though it does not come back by itself"));

    /** What the maker's program sends first. */
    private static final String WAKE = "\u00ff\u00fe\0\u008e\1\u008f";

    private static final Duration AFTER_OPENING = Duration.ofMillis(200);
    private static final Duration AFTER_WAKING = Duration.ofMillis(100);
    private static final double CALIBRATION = 16;
    private static final double POWER_FACTOR = 0.7;

    /** VA of each pair of models: of the first 115 V come out, of the second 220 V. */
    private static final int[] POWERS = {600, 700, 900, 1200, 1300, 1400, 1600, 1800, 2000, 2200};

    private static final double[] CURRENTS = {
        3.20, 1.70, 3.20, 2.30, 4.94, 2.64, 6.37, 3.41, 9.56, 5.11, 11.15, 5.96, 12.80, 6.80, 14.40, 7.65, 15.93, 8.52,
        17.52, 9.37
    };

    /** Models from this number on have a battery of 24 V. */
    private static final int LARGE = 8;

    /** A model; the number of one that is not known is that of an Easy 1200 TI without a name. */
    private record Model(int number, boolean known) {
        static Model of(int number) {
            return number < CURRENTS.length ? new Model(number, true) : new Model(6, false);
        }

        boolean low() {
            return number % 2 == 0;
        }

        int power() {
            return POWERS[number / 2];
        }

        String name() {
            return known ? "Easy %d %s".formatted(power(), low() ? "TI" : "M2") : "Unknown";
        }

        double volts(double raw) {
            return raw * (low() ? 0.555 : 1.03);
        }

        boolean large() {
            return number >= LARGE;
        }
    }

    /** How the numbers of one unit are read. */
    private record Scales(Model model, double calibration, int slow, int fast) {
        double amperes(double raw) {
            return raw * CURRENTS[model.number()] / calibration;
        }

        Optional<Double> hertz(double raw) {
            if (fast == slow) return Optional.empty();
            return Optional.of((53 + 4 * (raw - slow) / (fast - slow)) * 0.9806 + 1.46);
        }
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(
                ByteLink.class, settings.port(), SerialParameters.at(9600).lines(false, false));
        var line = new RequestLine(link);
        line.rest(AFTER_OPENING);
        line.send(WAKE);
        line.rest(AFTER_WAKING);
        var protocol = new RagtechProtocol(line);
        int number = protocol.ask(RagtechProtocol.MAIN).charAt(0x1A);
        protocol.model(number);
        Optional<Double> stated =
                settings.text("iout_calib").flatMap(Numbers::leading).filter(given -> given > 0);
        double calibration = stated.isPresent() ? stated.get() : calibration(protocol);
        String oscillator = protocol.registers("0202", 2).orElse("\0\0");
        var scales = new Scales(Model.of(number), calibration, oscillator.charAt(0), oscillator.charAt(1));
        var table = Table.of("ragtech", rows(scales, settings.flag(ALLOW)));
        return new TableSession<>(new LineWire<>("ragtech", protocol, Set.of(RagtechProtocol.MAIN)), table)
                .shutsDownBy(Ragtech::shutDown);
    }

    private static double calibration(RagtechProtocol protocol) throws IOException {
        return protocol.registers("00f3", 1)
                .map(bytes -> (double) bytes.charAt(0))
                .filter(raw -> raw > 0)
                .orElse(CALIBRATION);
    }

    private static List<Row<AnswerPart>> rows(Scales scales, boolean allowed) {
        Model model = scales.model();
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(part("90"), raw -> List.of((bits(raw) & 0x40) != 0 ? "OB" : "OL")));
        rows.add(Row.flag(part("91"), Words.bits(0x01, 0x01, "LB")));
        rows.add(Row.flag(part("91"), Words.bits(0x08, 0x08, "OVER")));
        rows.add(Row.flag(part("90"), Words.bits(0x04, 0x04, "CAL")));
        rows.add(Row.flag(part("90"), raw -> (bits(raw) & 0x03) != 0 ? List.of("RB") : List.of()));
        rows.add(Row.alarm(part("91"), Words.bits(0x02, 0x02, "Overtemperature")));
        rows.add(Row.alarm(part("91"), Words.bits(0x40, 0x40, "Inverter fault")));
        rows.add(Row.alarm(part("91"), Words.bits(0x80, 0x80, "Short circuit")));
        rows.add(constant("ups.mfr", "Ragtech"));
        rows.add(constant("ups.model", model.name()));
        if (model.known()) {
            rows.add(constant("ups.power.nominal", Integer.toString(model.power())));
            rows.add(constant("ups.realpower.nominal", Numbers.format(model.power() * POWER_FACTOR, 0)));
        }
        rows.add(constant("output.voltage.nominal", model.low() ? "115" : "220"));
        rows.add(constant("battery.voltage.nominal", model.large() ? "24" : "12"));
        rows.add(field("9b", "ups.firmware", Format.times(0.1, 1)));
        rows.add(field(
                "87",
                "battery.charge",
                (raw, known) -> Optional.of(Numbers.format(Math.min(100, bits(raw) * 0.393), 1))));
        rows.add(field("8a", "battery.voltage", Format.times(model.large() ? 0.134 : 0.067, 2)));
        rows.add(field("8b", "input.voltage", Format.times(1.06, 1)));
        rows.add(field(
                "8b", "input.voltage.nominal", (raw, known) -> Optional.of(bits(raw) * 1.06 > 150 ? "220" : "115")));
        rows.add(field("9d", "output.voltage", (raw, known) -> Optional.of(Numbers.format(model.volts(bits(raw)), 1))));
        rows.add(field(
                "8c", "output.current", (raw, known) -> Optional.of(Numbers.format(scales.amperes(bits(raw)), 2))));
        if (model.known()) rows.add(field("8c", "ups.load", (raw, known) -> load(scales, raw, known)));
        rows.add(field("8e", "ups.temperature", Format.fixed(0)));
        rows.add(field("97", "output.frequency", (raw, known) -> scales.hertz(bits(raw))
                .map(hertz -> Numbers.format(hertz, 2))));
        if (allowed) commands(rows);
        return rows;
    }

    private static Optional<String> load(Scales scales, String raw, Known known) {
        return known.number("output.voltage")
                .map(volts -> volts * scales.amperes(bits(raw)) / scales.model().power() * 100)
                .map(percent -> Numbers.format(percent, 1));
    }

    /** Starting again by itself is cleared in a unit before it counts down, which it does only then. */
    private static void commands(List<Row<AnswerPart>> rows) {
        for (String name : List.of("shutdown.return", "shutdown.stayoff"))
            rows.add(command(name, "020080fe").then(AnswerPart.order("0100981e"), (argument, known) -> ""));
        rows.add(command("shutdown.stop", "01009800"));
        rows.add(command("test.battery.start.deep", "020090fd")
                .then(AnswerPart.order("03009004"), (argument, known) -> "")
                .then(AnswerPart.order("03009580"), (argument, known) -> ""));
    }

    private static Row.Command<AnswerPart> command(String name, String order) {
        return Row.command(name, AnswerPart.order(order), (argument, known) -> "");
    }

    private static Row<AnswerPart> constant(String name, String value) {
        return field("9a", name, (raw, known) -> Optional.of(value));
    }

    private static Row.Field<AnswerPart> field(String register, String name, Format format) {
        return Row.field(part(register), name, format);
    }

    private static AnswerPart part(String register) {
        return new AnswerPart(RagtechProtocol.MAIN, register);
    }

    private static int bits(String raw) {
        return Integer.parseInt(raw);
    }

    /** Switches the unit off only for who said that it may be. */
    private static Outcome shutDown(TableSession<AnswerPart> table, String argument) throws IOException {
        Outcome outcome = table.run("shutdown.return", "");
        return outcome.code() != Outcome.Code.UNKNOWN
                ? outcome
                : Outcome.failed("the section does not say " + ALLOW + ": the unit would not come back by itself");
    }
}
