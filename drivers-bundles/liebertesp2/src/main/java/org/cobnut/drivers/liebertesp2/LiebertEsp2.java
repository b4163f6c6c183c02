package org.cobnut.drivers.liebertesp2;

import java.io.IOException;
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
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** liebert-esp2: Liebert GXT2, GXT3, NXe and others with the protocol ESP-II. */
@Component(property = {Driver.NAME + "=liebert-esp2", Driver.VERSION + "=0.08"})
public final class LiebertEsp2 implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.choice("baudrate", "Speed of the line in bits a second", "1200", "2400", "4800", "9600", "19200")
                    .fallback("2400"));

    private static final String IDENTITY = "136";
    private static final String BITFIELD = "148";
    private static final String INPUT_PHASES = "input.phases";
    private static final String OUTPUT_PHASES = "output.phases";

    /** The small units count frequencies in tenths and power in units; the others in hundredths and hundreds. */
    private static final String SMALL = "small";

    private static final Condition THREE_IN = Condition.is(INPUT_PHASES, "3");
    private static final Condition TWO_IN = Condition.is(INPUT_PHASES, "2");
    private static final Condition ONE_IN = THREE_IN.not().and(TWO_IN.not());
    private static final Condition THREE_OUT = Condition.is(OUTPUT_PHASES, "3");
    private static final Condition TWO_OUT = Condition.is(OUTPUT_PHASES, "2");
    private static final Condition ONE_OUT = THREE_OUT.not().and(TWO_OUT.not());

    /** Amperes beyond which a battery is charged or drained. */
    private static final double IDLE = 0.05;

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        int speed = (int) settings.number("baudrate");
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(speed));
        Set<String> vital = Set.of(BITFIELD + ".1", BITFIELD + ".2", BITFIELD + ".3");
        return new TableSession<>(
                new LineWire<>("liebert-esp2", new EspProtocol(new RequestLine(link)), vital), table());
    }

    static Table<AnswerPart> table() {
        var rows = new ArrayList<Row<AnswerPart>>();
        identity(rows);
        status(rows);
        measures(rows);
        input(rows);
        output(rows);
        rows.add(Row.command(
                "shutdown.default", AnswerPart.order("156"), (argument, known) -> "1,6,0,1 1,5,0,12 1,7 1,136,76,76"));
        return Table.of("liebert-esp2", rows);
    }

    private static void identity(List<Row<AnswerPart>> rows) {
        rows.add(bits(IDENTITY + ".1", INPUT_PHASES, word -> Integer.toString(word & 3)));
        rows.add(bits(IDENTITY + ".1", OUTPUT_PHASES, word -> Integer.toString(word >> 4 & 3)));
        rows.add(bits(IDENTITY + ".1", "ups.type", word -> {
            if ((word & 0x1000) != 0) return "offline";
            return (word & 0x2000) != 0 ? "line-interactive" : "online";
        }));
        rows.add(bits("131.2", SMALL, word -> Integer.toString(word & 0xff)));
        rows.add(text(4, 15, "ups.model"));
        rows.add(text(19, 8, "ups.firmware"));
        rows.add(text(27, 10, "ups.serial"));
        rows.add(text(37, 4, "ups.mfr.date"));
    }

    private static void status(List<Row<AnswerPart>> rows) {
        rows.add(Row.field(
                new AnswerPart(BITFIELD + ".1", EspProtocol.BITS), "ups.mfr", (raw, known) -> Optional.of("Liebert")));
        rows.add(flag(1, 8, "OB"));
        rows.add(Row.flag(new AnswerPart(BITFIELD + ".1", EspProtocol.BITS), Words.bits(0x100, 0, "OL")));
        rows.add(flag(2, 0, "BYPASS"));
        rows.add(flag(2, 5, "RB"));
        rows.add(flag(2, 6, "BOOST"));
        rows.add(flag(2, 9, "TRIM"));
        rows.add(flag(3, 0, "OVER"));
        rows.add(flag(3, 5, "LB"));
        rows.add(Row.flag(new AnswerPart("149.3", EspProtocol.SIGNED), raw -> {
            double amperes = Numbers.parse(raw).orElse(0.) * 0.01;
            if (amperes > IDLE) return List.of("CHRG");
            return amperes < -IDLE ? List.of("DISCHRG") : List.of();
        }));
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        rows.add(number("149.1", "battery.runtime", Format.times(60, 0)));
        rows.add(number("149.2", "battery.voltage", Format.times(0.1, 1)));
        rows.add(number("149.3", "battery.current", Format.times(0.01, 2)));
        rows.add(number("161.13", "battery.voltage.nominal", Format.times(0.1, 1)));
        rows.add(number("149.12", "battery.temperature", Format.times(0.1, 1)));
        rows.add(number("149.14", "ups.temperature", Format.times(0.1, 1)));
        rows.add(number("161.8", "ups.power.nominal", power()));
        rows.add(number("161.4", "ups.delay.start", Format.times(10, 0)));
        rows.add(number("161.14", "battery.runtime.low", Format.times(60, 0)));
        rows.add(number("149.8", "input.frequency", frequency()));
        rows.add(number("149.10", "input.bypass.frequency", frequency()));
        rows.add(number("161.9", "input.frequency.nominal", frequency()));
        rows.add(number("149.9", "output.frequency", frequency()));
        rows.add(number("161.10", "output.frequency.nominal", frequency()));
    }

    private static void input(List<Row<AnswerPart>> rows) {
        Format tenths = Format.times(0.1, 1);
        for (Condition single : List.of(ONE_IN, TWO_IN)) {
            rows.add(number("144.1", "input.voltage", tenths).when(single));
            rows.add(number("144.5", "input.bypass.voltage", tenths).when(single));
            rows.add(number("144.6", "input.bypass.current", tenths).when(single));
        }
        rows.add(number("144.2", "input.current", tenths).when(TWO_IN));
        for (int line = 1; line <= 3; line++) {
            String group = Integer.toString(143 + line);
            rows.add(number(group + ".1", "input.L" + line + "-N.voltage", tenths)
                    .when(THREE_IN));
            rows.add(number(group + ".5", "input.L" + line + "-N.bypass.voltage", tenths)
                    .when(THREE_IN));
            rows.add(number(group + ".6", "input.L" + line + "-N.bypass.current", tenths)
                    .when(THREE_IN));
            rows.add(number(group + ".2", "input.L" + line + ".current", tenths).when(THREE_IN));
        }
    }

    private static void output(List<Row<AnswerPart>> rows) {
        Format tenths = Format.times(0.1, 1);
        rows.add(number("149.7", "ups.load", Format.fixed(0)).when(ONE_OUT));
        rows.add(number("149.6", "ups.power", power()).when(ONE_OUT));
        rows.add(number("149.5", "ups.realpower", power()).when(ONE_OUT));
        rows.add(number("144.3", "output.voltage", tenths).when(ONE_OUT));
        rows.add(number("144.4", "output.current", tenths).when(ONE_OUT));
        rows.add(number("144.3", "output.voltage", tenths).when(TWO_OUT));
        for (int line = 1; line <= 3; line++) {
            String group = Integer.toString(143 + line);
            String name = "output.L" + line;
            for (Condition several : line < 3 ? List.of(TWO_OUT, THREE_OUT) : List.of(THREE_OUT)) {
                rows.add(number(group + ".24", name + ".power.percent", Format.fixed(0))
                        .when(several));
                rows.add(number(group + ".22", name + ".power", power()).when(several));
                rows.add(number(group + ".21", name + ".realpower", power()).when(several));
            }
            rows.add(number(group + ".3", name + "-N.voltage", tenths).when(THREE_OUT));
            rows.add(number(group + ".14", name + ".crestfactor", tenths).when(THREE_OUT));
        }
    }

    private static Format frequency() {
        return (raw, known) ->
                Format.times(known.is(SMALL, "1") ? 0.1 : 0.01, 1).value(raw, known);
    }

    private static Format power() {
        return (raw, known) -> Format.times(known.is(SMALL, "1") ? 1 : 100, 0).value(raw, known);
    }

    private static Row.Field<AnswerPart> number(String question, String name, Format format) {
        return Row.field(new AnswerPart(question, EspProtocol.SIGNED), name, format);
    }

    private static Row<AnswerPart> text(int first, int words, String name) {
        String question = IDENTITY + "." + first + "-" + (first + words - 1);
        return Row.<AnswerPart>field(new AnswerPart(question, EspProtocol.TEXT), name, Format.text())
                .every(Cadence.ONCE);
    }

    /** What a format makes of a word. */
    @FunctionalInterface
    private interface Bits {
        String text(int word);
    }

    private static Row<AnswerPart> bits(String question, String name, Bits bits) {
        Format format = (raw, known) -> Numbers.parse(raw).map(word -> bits.text(word.intValue()));
        return Row.<AnswerPart>field(new AnswerPart(question, EspProtocol.BITS), name, format)
                .every(Cadence.ONCE);
    }

    private static Row<AnswerPart> flag(int field, int bit, String word) {
        return Row.flag(
                new AnswerPart(BITFIELD + "." + field, EspProtocol.BITS), Words.bits(1L << bit, 1L << bit, word));
    }
}
