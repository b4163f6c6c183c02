package org.cobnut.drivers.optiups;

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
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** optiups: Opti-UPS PowerES and OptiSafe, and Zinto D of Online-USV. */
@Component(property = {Driver.NAME + "=optiups", Driver.VERSION + "=1.07"})
public final class OptiUps implements Driver {
    private static final String ZINTO = "ONLINE";
    private static final Duration POWER_UP = Duration.ofSeconds(15);
    private static final int ON_BATTERY = 32;

    /** Volts of a battery of 12 V, empty and full. */
    private static final double EMPTY = 10.4;

    private static final double FULL = 13;

    private static final Options OPTIONS = Options.of(
            Option.flag("status_only", "Ask for the status only"),
            Option.flag("fake_lowbatt", "Show a low battery, for tests"),
            Option.flag("nowarn_noimp", "Taken for the sake of old files; changes nothing"),
            Option.flag("powerup", "Switch a Zinto on that is off, and its load with it"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(2400));
        var line = new RequestLine(link);
        var protocol = new OptiProtocol(line);
        if (settings.flag("powerup")) powerUp(protocol, line);
        boolean zinto = protocol.ask(OptiProtocol.MAKER).equalsIgnoreCase(ZINTO);
        if (zinto) {
            protocol.zinto();
            protocol.give("Om11 Om21 ON", "");
        }
        String model = protocol.ask(OptiProtocol.MODEL);
        var wire = new LineWire<>("optiups", protocol, Set.of(OptiProtocol.STATUS));
        return new TableSession<>(wire, table(settings, zinto, model))
                .shutsDownBy((table, argument) -> shutDown(protocol, zinto));
    }

    /** A Zinto that is off answers nothing but a digit to the status, so that it cannot be known for one. */
    private static void powerUp(OptiProtocol protocol, RequestLine line) throws IOException {
        try {
            protocol.ask(OptiProtocol.STATUS);
        } catch (NoAnswerException | UnfitAnswerException off) {
            protocol.zinto();
            if (!protocol.ask(OptiProtocol.STATUS).equals(OptiProtocol.OFF)) return;
            protocol.give("Ct1 Cu0000000", "");
            line.rest(POWER_UP);
        }
    }

    private static Table<AnswerPart> table(Settings settings, boolean zinto, String model) {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(all(OptiProtocol.STATUS), raw -> words(raw, settings.flag("fake_lowbatt"))));
        rows.add(once(
                OptiProtocol.MAKER, "ups.mfr", (raw, known) -> Optional.of(zinto ? "ONLINE USV-Systeme AG" : raw)));
        rows.add(once(OptiProtocol.MODEL, "ups.model", (raw, known) -> Optional.of(name(model, zinto))));
        rows.add(once("IZ", "ups.serial", Format.text()));
        rows.add(once("IS", "ups.firmware", Format.text()));
        if (!settings.flag("status_only")) measures(rows, zinto);
        if (zinto) outlets(rows);
        commands(rows, zinto);
        return Table.of("optiups", rows);
    }

    private static String name(String model, boolean zinto) {
        if (zinto) return model.startsWith("D") ? "Zinto " + model : model;
        char last = model.isEmpty() ? ' ' : model.charAt(model.length() - 1);
        return "EPV".indexOf(last) >= 0 ? "Power" + last + "S " + model : model;
    }

    private static List<String> words(String raw, boolean fakeLow) throws UnfitAnswerException {
        if (raw.equals(OptiProtocol.OFF)) return List.of("OFF");
        int bits = bits(raw);
        var words = new ArrayList<String>();
        if ((bits & 8) != 0) words.add("OVER");
        if ((bits & 16) != 0) words.add("RB");
        words.add((bits & ON_BATTERY) != 0 ? "OB" : "OL");
        if ((bits & 2) != 0) words.add("OFF");
        if ((bits & 64) != 0 || fakeLow) words.add("LB");
        return words;
    }

    private static int bits(String raw) throws UnfitAnswerException {
        if (!raw.strip().matches("[0-9A-Fa-f]{1,4}"))
            throw new UnfitAnswerException("'" + raw + "' stands where a hexadecimal number should");
        return Integer.parseInt(raw.strip(), 16);
    }

    private static void measures(List<Row<AnswerPart>> rows, boolean zinto) {
        Format volts = zinto ? scaled(2) : Format.text();
        rows.add(field("NV", "input.voltage", volts));
        rows.add(field("OL", "ups.load", scaled(1)));
        rows.add(field("OV", "output.voltage", volts));
        if (zinto) rows.add(field("OF", "output.frequency", scaled(0.1)));
        rows.add(field(zinto ? "NF" : "FF", "input.frequency", scaled(0.1)));
        rows.add(field("BT", "ups.temperature", Format.text()));
        rows.add(field("BV", "battery.voltage", scaled(0.1)));
        rows.add(field("BV", "battery.charge", (raw, known) -> Numbers.leading(raw)
                .map(tenths -> Math.min(100, (tenths / 10 - EMPTY) / (FULL - EMPTY) * 100))
                .map(percent -> Numbers.format(percent, 1))));
    }

    private static void outlets(List<Row<AnswerPart>> rows) {
        rows.add(constant("outlet.desc", "Main Outlet 1+2"));
        rows.add(constant("outlet.1.desc", "Switchable Outlet 3+4"));
        rows.add(constant("outlet.id", "1"));
        rows.add(constant("outlet.1.id", "2"));
        rows.add(constant("outlet.switchable", "0"));
        rows.add(constant("outlet.1.switchable", "1"));
        rows.add(constant("outlet.1.switch", "1"));
        rows.add(Row.setting(
                "outlet.1.switch",
                AnswerPart.order("Oi1"),
                known -> Optional.of(VarType.text(1)),
                (value, known) -> value.equals("1") ? "1" : "0"));
    }

    private static void commands(List<Row<AnswerPart>> rows, boolean zinto) {
        rows.add(command("test.failure.start", "Ts"));
        rows.add(command("load.off", zinto ? "Ct1 Cs0000000" : "Ct0 Cs00000000"));
        rows.add(command("load.on", zinto ? "Ct1 Cu0000000" : "Ct0 Cu00000000"));
        rows.add(command("shutdown.return", zinto ? "Ct1 Cu0000010 Cs0000001" : "Ct1 Cs00000010"));
        rows.add(command("shutdown.stayoff", zinto ? "Ct1 Cs0000001" : "Ct0 Cs00000010"));
        if (!zinto) rows.add(command("shutdown.stop", "Cs-0000001"));
    }

    private static Row<AnswerPart> command(String name, String orders) {
        return Row.command(name, AnswerPart.order(orders), (argument, known) -> "");
    }

    private static Format scaled(double factor) {
        return (raw, known) -> Numbers.leading(raw).map(number -> Numbers.format(number * factor, 1));
    }

    private static Row<AnswerPart> constant(String name, String value) {
        return once(OptiProtocol.MODEL, name, (raw, known) -> Optional.of(value));
    }

    private static Row<AnswerPart> once(String question, String name, Format format) {
        return field(question, name, format).every(Cadence.ONCE);
    }

    private static Row.Field<AnswerPart> field(String question, String name, Format format) {
        return Row.field(all(question), name, format);
    }

    private static AnswerPart all(String question) {
        return new AnswerPart(question, "all");
    }

    /** Switches the unit off, which on line would not come back by itself. */
    private static Outcome shutDown(OptiProtocol protocol, boolean zinto) throws IOException {
        if (zinto) return protocol.give("Ct1 Cu0000060 Cs0000030", "");
        return protocol.give(onBattery(protocol) ? "Ct1 Cs00000080" : "Ct1 Cu00000600 Cs00000080", "");
    }

    /** A unit that does not say is taken for one on battery. */
    private static boolean onBattery(OptiProtocol protocol) throws IOException {
        try {
            return (bits(protocol.ask(OptiProtocol.STATUS)) & ON_BATTERY) != 0;
        } catch (NoAnswerException | UnfitAnswerException unknown) {
            return true;
        }
    }
}
