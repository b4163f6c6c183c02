package org.cobnut.drivers.tripplite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.cobnut.link.usb.UsbIdentity;
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

/** The rows of one unit on USB, by its protocol. */
final class UsbTable {
    private static final String DELAY = "ups.delay.shutdown";
    private static final long MOST_SECONDS = 999;
    private static final int MOST_OUTLETS = 10;

    /** What the volts in answers are multiplied by, and divided by {@link #BASE}; no variable. */
    private static final String SCALE = "scale";

    private static final double BASE = 120;

    /** Outlets that can be switched; no variable. */
    private static final String SWITCHED = "switched";

    /** These and the one that cannot; no variable. */
    private static final String OUTLETS = "outlets";

    private final List<Row<AnswerPart>> rows = new ArrayList<>();
    private final UsbProtocol protocol;
    private final ChargeEstimate charge;

    private UsbTable(UsbProtocol protocol, ChargeEstimate charge) {
        this.protocol = protocol;
        this.charge = charge;
    }

    /** @throws IllegalArgumentException when the delay is more than a unit takes */
    static Table<AnswerPart> of(UsbProtocol protocol, UsbIdentity identity, ChargeEstimate charge, long delay) {
        var table = new UsbTable(protocol, charge);
        table.identity(identity);
        table.configuration();
        table.outlets();
        table.status();
        if (protocol.smart()) table.smart();
        else table.online();
        table.load();
        table.commands(delay);
        return Table.of("tripplite_usb", table.rows);
    }

    private void identity(UsbIdentity identity) {
        constant("ups.mfr", "Tripp Lite");
        constant("ups.model", model(identity));
        constant("ups.vendorid", "%04x".formatted(identity.vendorId()));
        constant("ups.productid", "%04x".formatted(identity.productId()));
        constant("ups.firmware.aux", "protocol " + protocol);
        int factor = protocol == UsbProtocol.SMART ? 10 : 1;
        once("P", "text 1-7", "ups.power.nominal", (raw, known) -> Numbers.leading(raw)
                .map(power -> Numbers.format(power * factor, 0)));
        once("F", "text 1-6", "ups.firmware", (raw, known) -> Optional.of("F" + raw.replaceAll("[^A-Za-z0-9]", ".")));
        if (!protocol.hasUnitId()) return;
        rows.add(Row.field(part("U", "bytes 1-2"), "ups.id", Format.whole()).every(Cadence.CHANGE));
        rows.add(Row.setting(
                "ups.id",
                AnswerPart.order(ReportProtocol.UNIT_ID),
                known -> known.has("ups.id") ? Optional.of(VarType.text(5)) : Optional.empty(),
                (text, known) -> Long.toString(limited("ups.id", Numbers.whole(text), 0xffff))));
    }

    /** The product's name without the maker's, which most units put in front of it. */
    private static String model(UsbIdentity identity) {
        String name = identity.product().orElse("unknown");
        String maker = identity.vendor().orElse("");
        return (name.startsWith(maker) ? name.substring(maker.length()) : name).strip();
    }

    private void configuration() {
        Map<String, String> nominal =
                protocol.binary() ? Map.of("2", "120") : Map.of("0", "100", "1", "120", "2", "230", "3", "208");
        once("V", digit(1), "input.voltage.nominal", Format.lookup(nominal));
        once("V", digit(1), SCALE, (raw, known) -> Optional.ofNullable(nominal.get(raw))
                .map(volts -> volts.equals("208") ? "230" : volts)
                .or(() -> Optional.of("120")));
        once("V", number(2, 3), "battery.voltage.nominal", Format.times(protocol.binary() ? 1 : 6, 0));
        once("V", digit(4), SWITCHED, Format.whole().orElse("0"));
        once("V", digit(4), OUTLETS, (raw, known) -> known.number(SWITCHED)
                .map(count -> Numbers.format(count > 0 ? count + 1 : 0, 0)));
    }

    private void outlets() {
        rows.add(Row.loop(OUTLETS, MOST_OUTLETS, outlet -> {
            String name = "outlet." + outlet + ".";
            return List.of(
                    row("V", digit(4), name + "id", (raw, known) -> Optional.of("" + outlet)),
                    row("V", digit(4), name + "desc", (raw, known) -> Optional.of("Load " + outlet)),
                    row("V", digit(4), name + "switchable", (raw, known) -> known.number(SWITCHED)
                            .map(count -> outlet <= count ? "1" : "0")));
        }));
        rows.add(Row.loop(SWITCHED, MOST_OUTLETS, outlet -> {
            String name = "outlet." + outlet + ".switch";
            return List.of(
                    Row.field(new AnswerPart(ReportProtocol.OUTLET + outlet, "bytes 1-1"), name, Format.whole()),
                    Row.setting(
                            name,
                            AnswerPart.order(ReportProtocol.OUTLET + outlet),
                            known -> protocol.smart() ? Optional.of(VarType.text(3)) : Optional.empty(),
                            (text, known) -> state(text)));
        }));
    }

    private static String state(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "on" -> "1";
            case "0", "off" -> "0";
            default -> throw new IllegalArgumentException("an outlet is 1 or on, 0 or off, and not '" + text + "'");
        };
    }

    private void status() {
        rows.add(Row.flag(
                part("S", digit(1)),
                protocol == UsbProtocol.SMARTPRO || protocol == UsbProtocol.SMX
                        ? Words.lookup(Map.of("0", List.of("LB"), "2", List.of("RB")))
                                .only("0", "1", "2")
                        : Words.lookup(Map.of("0", List.of("LB"))).only("0", "1")));
        if (protocol == UsbProtocol.OMNIVS) {
            rows.add(Row.flag(
                    part("S", digit(2)),
                    Words.lookup(Map.of("0", List.of("OL"), "1", List.of("OB"), "2", List.of("BYPASS")))
                            .only("0", "1", "2", "3")));
            return;
        }
        rows.add(Row.flag(
                part("S", digit(2)),
                Words.lookup(Map.of("2", List.of("CAL"), "3", List.of("OVER"), "5", List.of("OVER")))
                        .only("0", "1", "2", "3", "4", "5")));
        rows.add(Row.flag(part("S", "bytes 4-4"), Words.bits(4, 4, "OFF")));
        rows.add(Row.flag(part("S", "bytes 4-4"), Words.bits(5, 1, "OB")));
        rows.add(Row.flag(part("S", "bytes 4-4"), Words.bits(5, 0, "OL")));
        field(
                "S",
                digit(2),
                "battery.test.status",
                Format.lookup(Map.of(
                        "0", "Battery OK",
                        "1", "Battery bad - replace",
                        "3", "Overcurrent?",
                        "5", "Battery fail - overcurrent?")));
    }

    /** The quantities of line-interactive units. */
    private void smart() {
        field("D", number(1, 2), "input.voltage", UsbTable::scaled);
        field("D", number(3, 4), "battery.voltage", (raw, known) -> known.number("battery.voltage.nominal")
                .flatMap(nominal -> Numbers.parse(raw).map(tenths -> Numbers.format(tenths / 10 * nominal / 12, 2))));
        field("D", number(3, 4), "battery.charge", value(tenths -> charge.percent(tenths / 10)));
        field("M", number(1, 2), "input.voltage.minimum", UsbTable::scaled);
        field("M", number(3, 4), "input.voltage.maximum", UsbTable::scaled);
        field(
                "T",
                protocol == UsbProtocol.SMART ? number(3, 6) : number(3, protocol.binary() ? 4 : 5),
                "input.frequency",
                Format.times(0.1, 1));
        if (protocol != UsbProtocol.SMART)
            field(
                    "T",
                    digit(protocol.binary() ? 5 : 6),
                    "input.frequency.nominal",
                    Format.lookup(Map.of("0", "50", "1", "60")));
        if (protocol.binary()) field("T", "bytes 1-1", "ups.temperature", Format.whole());
        else field("T", "hex 1-2", "ups.temperature", value(raw -> Numbers.format(raw * 0.3636 - 21, 1)));
    }

    /** The quantities of the other units. */
    private void online() {
        field("B", "hex 1-4", "input.voltage", share(3600, 2));
        field("B", "hex 5-6", "battery.voltage", Format.times(1 / 16., 2));
        field("B", "hex 5-6", "battery.charge", value(raw -> charge.percent(raw / 16)));
        field("L", "hex 1-4", "output.voltage", share(240, 1));
    }

    private void load() {
        if (protocol.smart()) field("L", protocol.binary() ? "bytes 1-1" : "hex 1-2", "ups.load", Format.whole());
    }

    private void commands(long delay) {
        limited("option 'offdelay'", delay, MOST_SECONDS);
        rows.add(Row.parameter(
                DELAY,
                VarType.text(3),
                Long.toString(delay),
                (text, known) -> Long.toString(limited(DELAY, Numbers.whole(text), MOST_SECONDS))));
        for (String name : List.of("shutdown.return", "shutdown.default"))
            rows.add(Row.command(name, AnswerPart.order(ReportProtocol.SHUTDOWN), (text, known) -> known.value(DELAY)
                    .orElseThrow()));
        if (!protocol.smart()) return;
        rows.add(Row.command("test.battery.start", AnswerPart.order("A"), (text, known) -> ""));
        rows.add(Row.command("reset.input.minmax", AnswerPart.order("Z"), (text, known) -> ""));
        Condition switchable = Condition.of(known -> known.number(SWITCHED).orElse(0.) > 0);
        AnswerPart relay = AnswerPart.order(ReportProtocol.OUTLET + "0");
        rows.add(Row.command("load.off", relay, (text, known) -> "0").when(switchable));
        rows.add(Row.command("load.on", relay, (text, known) -> "1").when(switchable));
    }

    private static long limited(String name, long number, long most) {
        if (number < 0 || number > most)
            throw new IllegalArgumentException(name + " of " + number + " is not between 0 and " + most);
        return number;
    }

    private static Optional<String> scaled(String raw, Known known) {
        return Numbers.parse(raw)
                .map(volts -> Long.toString((long) (volts * known.number(SCALE).orElse(BASE) / BASE)));
    }

    /** A part of the nominal voltage. */
    private static Format share(double whole, int decimals) {
        return (raw, known) -> Numbers.parse(raw)
                .map(part -> Numbers.format(part / whole * known.number(SCALE).orElse(BASE), decimals));
    }

    private static Format value(DoubleFunction<String> value) {
        return (raw, known) -> Numbers.parse(raw).map(value::apply);
    }

    private String digit(int at) {
        return (protocol.binary() ? "bytes " : "text ") + at + "-" + at;
    }

    private String number(int first, int last) {
        return (protocol.binary() ? "bytes " : "hex ") + first + "-" + last;
    }

    private void constant(String name, String value) {
        once("S", "bytes 1-1", name, (raw, known) -> Optional.of(value));
    }

    private void once(String question, String part, String name, Format format) {
        rows.add(row(question, part, name, format));
    }

    private void field(String question, String part, String name, Format format) {
        rows.add(Row.field(part(question, part), name, format));
    }

    private static Row<AnswerPart> row(String question, String part, String name, Format format) {
        return Row.field(part(question, part), name, format).every(Cadence.ONCE);
    }

    private static AnswerPart part(String question, String part) {
        return new AnswerPart(question, part);
    }
}
