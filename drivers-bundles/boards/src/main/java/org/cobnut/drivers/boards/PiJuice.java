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
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.osgi.service.component.annotations.Component;

/** pijuice: the PiJuice HAT of a Raspberry Pi. */
@Component(property = {Driver.NAME + "=pijuice", Driver.VERSION + "=0.9"})
public final class PiJuice implements Driver {
    private static final String ADDRESS = "i2c_address";
    private static final int USUAL_ADDRESS = 0x14;
    private static final Options OPTIONS =
            Options.of(Option.text(ADDRESS, "Address on the bus, such as 20 or 0x14, which it is unless given"));
    private static final double LOW = 25;
    private static final double HIGH = 75;
    private static final int NO_BATTERY = 3;

    /** Seconds from the order until the power goes. */
    private static final String SHUTDOWN = ":62:1e";

    private final String prefix;

    /** The driver. */
    public PiJuice() {
        this(USUAL_ADDRESS);
    }

    private PiJuice(int address) {
        prefix = "%02x".formatted(address);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        int address = address(settings.text(ADDRESS).orElse(""));
        var protocol = new I2cProtocol(DeviceFile.open(settings.port()));
        try {
            return new PiJuice(address).open(protocol, address);
        } catch (IOException e) {
            protocol.close();
            throw e;
        }
    }

    private static int address(String text) throws IOException {
        try {
            return text.isBlank() ? USUAL_ADDRESS : Integer.decode(text.strip()) & 0x7f;
        } catch (NumberFormatException e) {
            throw new IOException("option '%s' is no address: '%s'; give one such as 0x14".formatted(ADDRESS, text), e);
        }
    }

    private Session open(I2cProtocol protocol, int address) throws IOException {
        if (protocol.ask(prefix + ":7c:1").charAt(0) != address)
            throw new IOException("what answers at the address %s of the bus is no PiJuice".formatted(prefix));
        String status = prefix + ":40:1";
        var wire = new LineWire<>("PiJuice", protocol, Set.of(status));
        return new TableSession<>(wire, Table.of("PiJuice", rows()))
                .shutsDownBy((table, argument) -> protocol.give(prefix + SHUTDOWN, ""));
    }

    private List<Row<AnswerPart>> rows() {
        AnswerPart status = part("40:1", "u0");
        var rows = new ArrayList<Row<AnswerPart>>();
        constant(rows, "ups.mfr", "PiJuice");
        constant(rows, "ups.type", "HAT");
        constant(rows, "battery.charge.low", Numbers.format(LOW, 0));
        constant(rows, "battery.voltage.nominal", "4.180");
        rows.add(once(
                "fd:2",
                "u0",
                "ups.firmware",
                (raw, known) -> Optional.of((number(raw) >> 4) + "." + (number(raw) & 0xf))));
        rows.add(once("53:14", "U0", "battery.capacity", Format.times(0.001, 3)));
        rows.add(once(
                "54:17",
                "u0",
                "battery.type",
                Format.nth(List.of("LiPO", "LiFePO4")).orElse("UNKNOWN")));
        rows.add(Row.field(status, "battery.packs", (raw, known) -> Optional.of(battery(raw) ? "1" : "0")));
        rows.add(Row.field(status, "battery.packs.bad", (raw, known) -> Optional.of(battery(raw) ? "0" : "1")));
        rows.add(Row.flag(status, PiJuice::words));
        rows.add(Row.field(status, "battery.charger.status", (raw, known) -> charger(raw)));
        rows.add(Row.field(part("42:2", "U0"), "charge", Format.fixed(0))); // is always read, so that a word of it goes
        rows.add(Row.flag(part("42:2", "U0"), raw -> charge(number(raw) / 10.))
                .when(Condition.is("battery.packs", "1")));
        rows.add(Row.field(part("42:2", "U0"), "battery.charge", Format.times(0.1, 1))
                .when(Condition.is("battery.packs", "1")));
        rows.add(Row.field(part("47:2", "i0"), "battery.temperature", Format.fixed(0)));
        rows.add(Row.field(part("49:2", "U0"), "battery.voltage", Format.times(0.001, 3)));
        rows.add(Row.field(part("4b:2", "I0"), "battery.current", Format.times(0.001, 3)));
        rows.add(Row.field(part("4d:2", "U0"), "input.voltage", Format.times(0.001, 3)));
        rows.add(Row.field(part("4f:2", "I0"), "input.current", Format.times(0.001, 3)));
        rows.add(Row.field(part("b0:9", "t"), "ups.time", PiJuice::time));
        rows.add(Row.field(part("b0:9", "t"), "ups.date", PiJuice::date));
        return rows;
    }

    private void constant(List<Row<AnswerPart>> rows, String name, String value) {
        rows.add(once("40:1", "u0", name, (raw, known) -> Optional.of(value)));
    }

    private Row<AnswerPart> once(String register, String part, String name, Format format) {
        return Row.field(part(register, part), name, format).every(Cadence.ONCE);
    }

    private AnswerPart part(String register, String part) {
        return new AnswerPart(prefix + ":" + register, part);
    }

    private static boolean battery(String raw) {
        return (number(raw) >> 2 & 3) != NO_BATTERY;
    }

    private static boolean mains(String raw) {
        return number(raw) >> 4 != 0;
    }

    private static boolean charges(String raw) {
        return battery(raw) && (number(raw) >> 2 & 3) != 0;
    }

    /** Bits 4 and 5 tell of the plug on the HAT, 6 and 7 of the pins of the board: 0 for no power. */
    private static List<String> words(String raw) {
        var words = new ArrayList<String>();
        if (!battery(raw)) words.add("RB");
        words.add(mains(raw) ? "OL" : "OB");
        if (mains(raw) && charges(raw)) words.add("CHRG");
        if (!mains(raw)) words.add("DISCHRG");
        return words;
    }

    private static Optional<String> charger(String raw) {
        if (!battery(raw)) return Optional.empty();
        return Optional.of(!mains(raw) ? "discharging" : charges(raw) ? "charging" : "resting");
    }

    private static List<String> charge(double percent) {
        return percent <= LOW ? List.of("LB") : percent > HIGH ? List.of("HB") : List.of();
    }

    private static Optional<String> time(String clock, Known known) {
        if (clock.length() < 8) return Optional.empty();
        return Optional.of("%s:%s:%s.%02d"
                .formatted(
                        digits(clock, 2, 0x3),
                        digits(clock, 1, 0x7),
                        digits(clock, 0, 0x7),
                        clock.charAt(7) * 100 / 256));
    }

    private static Optional<String> date(String clock, Known known) {
        if (clock.length() < 7) return Optional.empty();
        return Optional.of("20%s-%s-%s".formatted(digits(clock, 6, 0xf), digits(clock, 5, 0x1), digits(clock, 4, 0x3)));
    }

    /** Two digits, four bits each. */
    private static String digits(String clock, int at, int tens) {
        return "%02d".formatted((clock.charAt(at) >> 4 & tens) * 10 + (clock.charAt(at) & 0xf));
    }

    private static int number(String raw) {
        return Integer.parseInt(raw);
    }
}
