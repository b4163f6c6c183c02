package org.cobnut.drivers.microdowell;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** microdowell: the Enterprise units (N and B). */
@Component(property = {Driver.NAME + "=microdowell", Driver.VERSION + "=0.05"})
public final class Microdowell implements Driver {
    private static final String SHUTDOWN = "ups.delay.shutdown";
    private static final String START = "ups.delay.start";
    private static final long MOST_SHUTDOWN = 32_767;
    private static final long MOST_START = 999_999;

    /** What the unit needs at least before it goes off. */
    private static final long LEAST_SHUTDOWN = 6;

    private static final String STATUS = EnterpriseProtocol.STATUS;
    private static final String MEASURES = "01";
    private static final String BATTERY = "03";
    private static final String MODEL = "5080";
    private static final String SERIAL = "5098";
    private static final String MADE = "50a0";
    private static final String OPTION_BYTES = "5000";
    private static final String FAULT_POINTS = "5020";
    private static final String NUMBER = "number";
    private static final AnswerPart ONE_SHOT = AnswerPart.order("40");

    /** The units from this number on measure otherwise. */
    private static final int BIG = 20;

    private static final Options OPTIONS = Options.of(
            Option.number(SHUTDOWN, 120, "Seconds from a shutdown command until the load goes off, at least 6"),
            Option.number(START, 10, "Seconds from switching off until the load comes back"));

    private final Clock clock;

    @Activate
    public Microdowell() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    /** @param clock what the unit's clock is set to */
    Microdowell(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(
                ByteLink.class, settings.port(), SerialParameters.at(19_200).lines(false, false));
        var protocol = new EnterpriseProtocol(new RequestLine(link));
        protocol.ask(MODEL);
        LocalDateTime now = LocalDateTime.now(clock);
        protocol.give(
                "20",
                "%d,%d,%d,%d"
                        .formatted(now.getDayOfWeek().getValue() - 1, now.getHour(), now.getMinute(), now.getSecond()));
        return new TableSession<>(
                new LineWire<>("microdowell", protocol, Set.of(STATUS, MEASURES, BATTERY)), table(settings));
    }

    private static Table<AnswerPart> table(Settings settings) {
        var rows = new ArrayList<Row<AnswerPart>>();
        identity(rows);
        status(rows);
        measures(rows);
        rows.add(delay(SHUTDOWN, 5, settings.number(SHUTDOWN), MOST_SHUTDOWN));
        rows.add(delay(START, 6, settings.number(START), MOST_START));
        commands(rows);
        return Table.of("microdowell", rows);
    }

    private static void identity(List<Row<AnswerPart>> rows) {
        rows.add(once(
                MODEL, "3-7", NUMBER, (raw, known) -> Numbers.leading(raw).map(number -> Numbers.format(number, 0))));
        rows.add(once(MODEL, "3-7", "ups.model", (raw, known) -> Optional.of("Enterprise N" + raw.strip())));
        rows.add(once(MODEL, "3-7", "ups.power.nominal", power(100)));
        rows.add(once(MODEL, "3-7", "ups.realpower.nominal", power(60)));
        rows.add(once(MODEL, "0-7", "ups.mfr", (raw, known) -> Optional.of("Microdowell")));
        rows.add(once(MODEL, "0-7", "ups.type", (raw, known) -> Optional.of("online-interactive")));
        rows.add(once(SERIAL, "0-7", "ups.serial", Format.text()));
        rows.add(once(MADE, "0", "year", Format.fixed(0)));
        rows.add(once(MADE, "1", "month", Format.fixed(0)));
        rows.add(once(MADE, "2", "ups.mfr.date", Microdowell::date));
        rows.add(once(MADE, "3", "hardware", number(Microdowell::version)));
        rows.add(once(MADE, "4", "ups.firmware.aux", (raw, known) -> number(Microdowell::version)
                .value(raw, known)
                .map(board -> known.value("hardware").orElse("") + " " + board)));
        rows.add(once(MADE, "5", "firmware", number(Microdowell::version)));
        rows.add(once(MADE, "6", "ups.firmware", (raw, known) -> known.value("firmware")
                .map(version -> version + " (" + raw + ")")));
        rows.add(once(MADE, "7", "battery.packs", Format.fixed(0)));
        rows.add(once(OPTION_BYTES, "3", "input.voltage.nominal", number(bits -> (bits & 2) != 0 ? "110" : "230")));
        rows.add(once(OPTION_BYTES, "3", "input.frequency", number(bits -> (bits & 1) != 0 ? "60.0" : "50.0")));
        rows.add(once(FAULT_POINTS, "0", "input.sensitivity", number(points -> switch (points) {
            case 1 -> "H";
            case 2 -> "M";
            default -> "L";
        })));
    }

    /** Two halves of a byte. */
    private static String version(int value) {
        return (value >> 4) + "." + (value & 0xf);
    }

    private static Optional<String> date(String raw, Known known) {
        return known.number("year").flatMap(year -> known.number("month").flatMap(month -> Numbers.parse(raw)
                .map(day -> "%04d/%02d/%02d".formatted(2000 + year.intValue(), month.intValue(), day.intValue()))));
    }

    private static Format power(int factor) {
        return (raw, known) -> Numbers.leading(raw).map(number -> Numbers.format(number * factor, 0));
    }

    private static void status(List<Row<AnswerPart>> rows) {
        rows.add(flag("0", 0x01, "OB"));
        rows.add(flag("0", 0x02, "LB"));
        rows.add(flag("0", 0x08, "OL"));
        rows.add(flag("1", 0xC0, "OVER"));
        rows.add(flag("0", 0xE0, "OFF"));
        rows.add(flag("4", 0x04, "BOOST"));
        rows.add(flag("4", 0x08, "TRIM"));
        rows.add(field(STATUS, "6", "hour", Format.fixed(0)));
        rows.add(field(STATUS, "7", "minute", Format.fixed(0)));
        rows.add(field(
                STATUS, "8", "ups.time", (raw, known) -> Numbers.parse(raw).map(second -> "%02d:%02d:%02d"
                        .formatted(part(known, "hour"), part(known, "minute"), second.intValue()))));
    }

    private static int part(Known known, String name) {
        return known.number(name).map(Double::intValue).orElse(0);
    }

    /** Any of these bits. */
    private static Row<AnswerPart> flag(String place, int mask, String word) {
        Words words = raw ->
                Numbers.parse(raw).filter(bits -> (bits.intValue() & mask) != 0).isPresent()
                        ? List.of(word)
                        : List.of();
        return Row.flag(new AnswerPart(STATUS, place), words);
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        rows.add(field(MEASURES, "w2", "input.voltage", divided(36.4, 36.4, 0)));
        rows.add(field(MEASURES, "w6", "output.voltage", divided(36.4, 63.8, 0)));
        rows.add(field(MEASURES, "w8", "output.current", (raw, known) -> Numbers.parse(raw)
                .map(value -> Numbers.format(value / (big(known) ? 635 : 1350), 0))));
        rows.add(field(MEASURES, "w4", "battery.voltage", divided(585, 329, 1)));
        rows.add(field(MEASURES, "w10", "ups.temperature", (raw, known) -> Numbers.parse(raw)
                .map(value -> Integer.toString((int) ((value - 202.97) / 1.424051)))));
        rows.add(field(BATTERY, "0", "battery.charge", Format.fixed(0)));
        rows.add(field(BATTERY, "w4", "ups.power", Format.fixed(0)));
        rows.add(field(BATTERY, "6", "ups.load", Format.fixed(0)));
    }

    /** Whole volts are cut, not rounded. */
    private static Format divided(double small, double large, int decimals) {
        return (raw, known) -> Numbers.parse(raw).map(value -> {
            double volts = value / (big(known) ? large : small);
            return Numbers.format(decimals == 0 ? Math.floor(volts) : volts, decimals);
        });
    }

    private static boolean big(Known known) {
        return known.number(NUMBER).filter(number -> number >= BIG).isPresent();
    }

    private static void commands(List<Row<AnswerPart>> rows) {
        rows.add(Row.command("load.on", ONE_SHOT, (argument, known) -> "255,8,0,0,0,0,0"));
        rows.add(Row.command("load.off", ONE_SHOT, (argument, known) -> "255,4,0,0,0,0,0"));
        for (String name : List.of("shutdown.return", "shutdown.default"))
            rows.add(Row.command(name, ONE_SHOT, (argument, known) -> shutdown(known, seconds(known, START))));
        rows.add(Row.command("shutdown.stayoff", ONE_SHOT, (argument, known) -> shutdown(known, 0)));
    }

    private static String shutdown(Known known, long start) {
        long off = Math.max(LEAST_SHUTDOWN, seconds(known, SHUTDOWN));
        return "255,%s,%d,%d,%d,%d,%d"
                .formatted(EnterpriseProtocol.MODE, off >> 8, off & 0xff, start >> 16, start >> 8 & 0xff, start & 0xff);
    }

    private static long seconds(Known known, String delay) {
        return known.number(delay).map(Double::longValue).orElse(0L);
    }

    /** What is out of bounds counts as the bound. */
    private static Row<AnswerPart> delay(String name, int length, long initial, long most) {
        return Row.parameter(name, VarType.text(length), Long.toString(initial), (text, known) -> {
            double seconds = Numbers.leading(text)
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no number of seconds"));
            return Long.toString(Math.max(0, Math.min(most, (long) seconds)));
        });
    }

    private static Format number(IntFunction<String> text) {
        return (raw, known) -> Numbers.parse(raw).map(value -> text.apply(value.intValue()));
    }

    private static Row.Field<AnswerPart> once(String question, String part, String name, Format format) {
        return field(question, part, name, format).every(Cadence.ONCE);
    }

    private static Row.Field<AnswerPart> field(String question, String part, String name, Format format) {
        return Row.field(new AnswerPart(question, part), name, format);
    }
}
