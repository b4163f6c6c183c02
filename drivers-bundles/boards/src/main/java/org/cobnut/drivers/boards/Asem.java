package org.cobnut.drivers.boards;

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
import org.cobnut.link.Links;
import org.cobnut.model.Outcome;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.osgi.service.component.annotations.Component;

/** asem: the UPS in ASEM's PB1300: a charger, and a BQ2060 that looks after the battery. */
@Component(property = {Driver.NAME + "=asem", Driver.VERSION + "=0.15"})
public final class Asem implements Driver {
    private static final int LOW = 25;
    private static final int HIGH = 75;
    private static final Options OPTIONS = Options.of(
            Option.number("lb", LOW, "Percent at which the battery is low"),
            Option.number("hb", HIGH, "Percent at which the battery is high"));

    private static final String GAUGE = "0b:";
    private static final String CHARGER = "09:13:2";
    private static final String STATE = GAUGE + "16:2";
    private static final String MODE = GAUGE + "03:";
    private static final int MODE_POWER = 0x8000;
    private static final int ON_LINE = 0x8000;
    private static final int BUSY_OR_WRONG = 0x0F;
    private static final int FULL = 0x20;
    private static final int DISCHARGING = 0x40;

    /** What a time that is not known is. */
    private static final int UNKNOWN_TIME = 65535;

    private static final double ZERO_CELSIUS = 273.15;

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        long low = settings.number("lb");
        long high = settings.number("hb");
        if (low > high || high > 100)
            throw new IOException(
                    "lb = %d and hb = %d do not go together: give lb below hb, and hb up to 100".formatted(low, high));
        var protocol = new I2cProtocol(DeviceFile.open(settings.port()));
        try {
            String maker = protocol.ask(GAUGE + "20:s");
            if (!maker.startsWith("ASEM SPA"))
                throw new IOException("the battery on this bus is '%s' and none of ASEM's".formatted(maker));
            tellCapacityInMilliampereHours(protocol);
        } catch (IOException e) {
            protocol.close();
            throw e;
        }
        var wire = new LineWire<>("ASEM", protocol, Set.of(CHARGER, STATE));
        return new TableSession<>(wire, Table.of("ASEM", rows(low, high)));
    }

    private static void tellCapacityInMilliampereHours(I2cProtocol protocol) throws IOException {
        String mode = protocol.ask(MODE + "2");
        int bits = (mode.charAt(0) | mode.charAt(1) << 8) & ~MODE_POWER;
        Outcome outcome = protocol.give(MODE + "%02x%02x".formatted(bits & 0xff, bits >> 8), "");
        if (outcome.code() != Outcome.Code.HANDLED)
            throw new IOException("the mode of the battery: " + outcome.reason());
    }

    private static List<Row<AnswerPart>> rows(long low, long high) {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(new AnswerPart(CHARGER, "U0"), raw -> List.of((number(raw) & ON_LINE) != 0 ? "OL" : "OB")));
        rows.add(Row.flag(new AnswerPart(STATE, "U0"), charging()));
        rows.add(Row.field(
                new AnswerPart(STATE, "U0"),
                "discharging",
                (raw, known) -> Optional.of((number(raw) & DISCHARGING) != 0 ? "1" : "0")));
        rows.add(Row.flag(word("0a", "I0"), raw -> number(raw) < 0 ? List.of("DISCHRG") : List.of())
                .when(Condition.is("discharging", "1")));
        rows.add(Row.flag(
                word("0d", "U0"),
                raw -> number(raw) >= high ? List.of("HB") : number(raw) <= low ? List.of("LB") : List.of()));
        rows.add(Row.field(new AnswerPart(STATE, "U0"), "ups.mfr", (raw, known) -> Optional.of("ASEM SPA"))
                .every(Cadence.ONCE));
        rows.add(once("21:s", "t", "ups.model", Format.text()));
        rows.add(once("22:s", "t", "battery.type", Format.text()));
        rows.add(once("1c:2", "U0", "ups.serial", Format.fixed(0)));
        rows.add(once(
                "1b:2",
                "U0",
                "ups.mfr.date",
                (raw, known) -> Optional.of("%d-%02d-%02d"
                        .formatted(1980 + (number(raw) >> 9), number(raw) >> 5 & 0xf, number(raw) & 0x1f))));
        rows.add(Row.field(word("0d", "U0"), "battery.charge", Format.fixed(0)));
        rows.add(Row.field(word("09", "U0"), "battery.voltage", Format.times(0.001, 3)));
        rows.add(Row.field(word("0a", "I0"), "battery.current", Format.times(0.001, 3)));
        rows.add(Row.field(word("0f", "U0"), "battery.capacity", Format.times(0.001, 3)));
        rows.add(Row.field(
                word("08", "U0"),
                "ups.temperature",
                (raw, known) -> Optional.of(Numbers.format(number(raw) / 10. - ZERO_CELSIUS, 1))));
        rows.add(Row.field(word("12", "U0"), "battery.runtime", (raw, known) -> Optional.of(number(raw))
                .filter(minutes -> minutes != UNKNOWN_TIME)
                .map(minutes -> Integer.toString(minutes * 60))));
        return rows;
    }

    /** A gauge that is busy, or says that it made a mistake, makes the reading fail. */
    private static Words charging() {
        return raw -> {
            int state = number(raw);
            if ((state & BUSY_OR_WRONG) != 0)
                throw new UnfitAnswerException("the battery's gauge is busy or wrong (%04x)".formatted(state));
            return (state & (DISCHARGING | FULL)) == 0 ? List.of("CHRG") : List.of();
        };
    }

    private static AnswerPart word(String register, String part) {
        return new AnswerPart(GAUGE + register + ":2", part);
    }

    private static Row<AnswerPart> once(String register, String part, String name, Format format) {
        return Row.field(new AnswerPart(GAUGE + register, part), name, format).every(Cadence.ONCE);
    }

    private static int number(String raw) {
        return Integer.parseInt(raw);
    }
}
