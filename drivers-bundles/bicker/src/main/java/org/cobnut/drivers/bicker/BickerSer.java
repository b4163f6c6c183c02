package org.cobnut.drivers.bicker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Range;
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

/** bicker_ser: UPSIC and DC2412 of Bicker with the extension module PSZ-1053. */
@Component(property = {Driver.NAME + "=bicker_ser", Driver.VERSION + "=0.06", Driver.EXPERIMENTAL + "=true"})
public final class BickerSer implements Driver {
    private static final String STATE = "0140";
    private static final String CHARGE = "0147";
    private static final String SHUTDOWN = "0332";
    private static final String OFF_DELAY = "ups.delay.shutdown";
    private static final String LOW = "battery.charge.low";
    private static final double KELVIN = 273.15;
    private static final int MOST_DELAY = 255;
    private static final int MOST = 65535;

    /** Percent below which the battery counts as low when the unit does not say. */
    private static final double USUAL_LOW = 20;

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(38400));
        var protocol = new BickerProtocol(new RequestLine(link));
        return new TableSession<>(new LineWire<>("bicker_ser", protocol, Set.of(STATE, CHARGE)), table());
    }

    private static Table<AnswerPart> table() {
        var rows = new ArrayList<Row<AnswerPart>>();
        identity(rows);
        parameters(rows);
        measures(rows);
        status(rows);
        Row.Argument delay = (argument, known) -> delay(known);
        for (String name : List.of("shutdown.return", "shutdown.default"))
            rows.add(Row.command(name, AnswerPart.order(SHUTDOWN), delay));
        return Table.of("bicker_ser", rows);
    }

    private static String delay(Known known) {
        double seconds = known.number(OFF_DELAY).orElse(0.);
        if (seconds > MOST_DELAY)
            throw new IllegalArgumentException(OFF_DELAY + " is more than 255 s, which a shutdown cannot wait");
        return "%02x".formatted((int) seconds);
    }

    private static void identity(List<Row<AnswerPart>> rows) {
        text(rows, "0160", "device.mfr");
        text(rows, "0161", "device.serial");
        text(rows, "0162", "device.model");
        text(rows, "0163", "ups.firmware");
        text(rows, "0164", "battery.type");
        text(rows, "0165", "ups.firmware.aux");
    }

    private static void text(List<Row<AnswerPart>> rows, String question, String name) {
        rows.add(Row.<AnswerPart>field(new AnswerPart(question, BickerProtocol.TEXT), name, Format.text())
                .every(Cadence.ONCE));
    }

    private static void parameters(List<Row<AnswerPart>> rows) {
        parameter(rows, 1, "experimental.output.current.low");
        parameter(rows, 2, OFF_DELAY);
        parameter(rows, 3, "experimental.ups.delay.shutdown.signal");
        parameter(rows, 4, "ups.delay.start");
        parameter(rows, 5, "battery.charge.restart");
        parameter(rows, 6, "experimental.ups.delay.shutdown.signal.masked");
        parameter(rows, 7, LOW);
        parameter(rows, 8, "experimental.battery.charge.low.empty");
        parameter(rows, 9, "experimental.ups.relay.mode");
    }

    /** The answer is the number of the parameter, then least, most and usual value, whether it is on, and its value. */
    private static void parameter(List<Row<AnswerPart>> rows, int number, String name) {
        String question = "07%02x".formatted(number);
        rows.add(part(question, "number 1-3", hidden(name + " least")).every(Cadence.CHANGE));
        rows.add(part(question, "number 3-5", hidden(name + " most")).every(Cadence.CHANGE));
        rows.add(part(question, "number 5-7", hidden(name + " usual")).every(Cadence.CHANGE));
        rows.add(part(question, "number 7-8", hidden(name + " on")).every(Cadence.CHANGE));
        rows.add(Row.<AnswerPart>field(
                        new AnswerPart(question, "number 8-10"),
                        name,
                        (raw, known) -> Optional.of(known.is(hidden(name + " on"), "0") ? "" : raw))
                .every(Cadence.CHANGE));
        rows.add(Row.setting(
                name,
                AnswerPart.order(question),
                known -> known.has(name) ? Optional.of(VarType.text(5).plus(bounds(known, name))) : Optional.empty(),
                (text, known) -> raw(text, known, name)));
    }

    private static String hidden(String name) {
        return name.replace('.', '-').replace(' ', '-');
    }

    /** What the unit tells, unless it cannot be. */
    private static Range bounds(Known known, String name) {
        long least = number(known, name + " least", 0);
        long most = number(known, name + " most", MOST);
        return least > most ? new Range(0, MOST) : new Range(least, most);
    }

    private static long number(Known known, String name, long fallback) {
        return known.number(hidden(name)).map(Double::longValue).orElse(fallback);
    }

    /** An empty value switches a parameter off, and leaves its usual value there. */
    private static String raw(String text, Known known, String name) {
        if (text.isEmpty()) return "00" + word(number(known, name + " usual", 0));
        long value = Numbers.whole(text);
        Range bounds = bounds(known, name);
        if (value < bounds.min() || value > bounds.max())
            throw new IllegalArgumentException(
                    "'" + text + "' is not between " + bounds.min() + " and " + bounds.max());
        return "01" + word(value);
    }

    private static String word(long value) {
        return String.format(Locale.ROOT, "%02x%02x", value & 0xff, value >> 8 & 0xff);
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        rows.add(part("0141", BickerProtocol.NUMBER, "input.voltage", Format.times(0.001, 1)));
        rows.add(part("0142", BickerProtocol.NUMBER, "input.current", Format.times(0.001, 3)));
        rows.add(part("0143", BickerProtocol.NUMBER, "output.voltage", Format.times(0.001, 3)));
        rows.add(part("0144", BickerProtocol.NUMBER, "output.current", Format.times(0.001, 3)));
        rows.add(part("0145", BickerProtocol.NUMBER, "battery.voltage", Format.times(0.001, 3)));
        rows.add(part("0146", BickerProtocol.SIGNED, "battery.current", Format.times(0.001, 3)));
        rows.add(part("014a", BickerProtocol.NUMBER, "battery.temperature", (raw, known) -> Numbers.parse(raw)
                .map(kelvin -> Numbers.format(kelvin - KELVIN, 1))));
        rows.add(part("0148", BickerProtocol.NUMBER, "battery.status", (raw, known) -> Optional.of(raw + "%")));
    }

    private static void status(List<Row<AnswerPart>> rows) {
        rows.add(part(CHARGE, BickerProtocol.NUMBER, "battery.charge", Format.fixed(0))
                .every(Cadence.QUICK));
        rows.add(part(CHARGE, BickerProtocol.NUMBER, "low", (raw, known) -> Numbers.parse(raw)
                        .map(percent -> percent < known.number(LOW).orElse(USUAL_LOW) ? "1" : "0"))
                .every(Cadence.QUICK));
        flag(rows, 4, 4, "OL");
        flag(rows, 4, 0, "OB");
        flag(rows, 1, 1, "CHRG");
        flag(rows, 2, 2, "DISCHRG");
        flag(rows, 32, 32, "OVER");
        rows.add(Row.<AnswerPart>flag(new AnswerPart(STATE, BickerProtocol.NUMBER), raw -> List.of("LB"))
                .when(Condition.is("low", "1")));
        rows.add(part(STATE, BickerProtocol.NUMBER, "battery.charger.status", (raw, known) -> Numbers.parse(raw)
                .map(Double::intValue)
                .map(bits -> (bits & 1) != 0 ? "charging" : (bits & 2) != 0 ? "discharging" : "resting")));
    }

    private static void flag(List<Row<AnswerPart>> rows, long mask, long value, String word) {
        rows.add(Row.flag(new AnswerPart(STATE, BickerProtocol.NUMBER), Words.bits(mask, value, word)));
    }

    private static Row.Field<AnswerPart> part(String question, String part, String name) {
        return part(question, part, name, Format.fixed(0));
    }

    private static Row.Field<AnswerPart> part(String question, String part, String name, Format format) {
        return Row.field(new AnswerPart(question, part), name, format);
    }
}
