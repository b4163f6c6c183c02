package org.cobnut.drivers.industrial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** meanwell_ntu: inverters of Mean Well's series NTU, 1200 to 3200 W. */
@Component(property = {Driver.NAME + "=meanwell_ntu", Driver.VERSION + "=1.60", Driver.EXPERIMENTAL + "=true"})
public final class MeanwellNtu implements Driver {
    private static final int INVERTER = 0;
    private static final int BYPASS = 1;
    private static final int MAINS = 2;
    private static final int CHARGES_FROM_MAINS = 3;
    private static final int CHARGES_FROM_SUN = 4;
    private static final int BATTERY_LOW = 6;
    private static final int OVERLOAD = 10;
    private static final int LAST_OVERLOAD = 12;

    private static final AnswerPart BITS = status(9);

    /** The bits, in the order of the answer. */
    private static final List<String> NAMES = List.of(
            "inverter.mode",
            "bypass.mode",
            "utility.present",
            "charge.utility",
            "charge.solar",
            "saving.mode",
            "battery.low",
            "shutdown.mode",
            "battery.ovp",
            "remote.shutdown",
            "overload.level1",
            "overload.level2",
            "overload.level3",
            "overtemp",
            "inverter.uvp",
            "inverter.ovp",
            "inverter.fault",
            "eeprom.error",
            "system.shutdown");

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(9600));
        var protocol = new MeanwellProtocol(new RequestLine(link));
        var wire = new LineWire<>("meanwell_ntu", protocol, Set.of(MeanwellProtocol.STATUS));
        return new TableSession<>(wire, Table.of("meanwell_ntu", rows())).shutsDownBy("load.off");
    }

    private static List<Row<AnswerPart>> rows() {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(BITS, MeanwellNtu::words));
        rows.add(Row.alarm(BITS, MeanwellNtu::alarms));
        for (int i = 0; i < NAMES.size(); i++) {
            int bit = i;
            rows.add(Row.field(
                    BITS, "experimental." + NAMES.get(i), (bits, known) -> Optional.of(bits.substring(bit, bit + 1))));
        }
        rows.add(Row.field(
                BITS, "ups.mode", (bits, known) -> Optional.of(has(bits, BYPASS) ? "bypass" : "line-interactive")));
        rows.add(Row.field(
                status(6),
                "input.voltage",
                (raw, known) -> Optional.of(mains(known) ? Numbers.format(volts(raw), 0) : "0")));
        rows.add(Row.field(status(1), "inverter", Format.fixed(0)));
        rows.add(Row.field(status(1), "output.voltage", (raw, known) -> Optional.of(Numbers.format(volts(raw), 1))));
        rows.add(Row.field(status(6), "output.voltage", MeanwellNtu::throughBypass));
        rows.add(Row.field(status(3), "battery.voltage", Format.fixed(2)));
        rows.add(Row.field(status(4), "battery.charge", Format.fixed(0)));
        rows.add(Row.field(status(5), "ups.temperature", Format.fixed(1)));
        rows.add(Row.field(status(7), "output.frequency", Format.fixed(1).from(0.1)));
        rows.add(Row.field(status(2), "ups.load", Format.fixed(0)));
        rows.add(Row.field(status(8), "ups.load", Format.fixed(0).from(1)));
        identity(rows);
        rows.add(Row.command("load.off", AnswerPart.order("C100000000000000"), (argument, known) -> ""));
        rows.add(Row.command("load.on", AnswerPart.order("C010000000000000"), (argument, known) -> ""));
        return rows;
    }

    private static void identity(List<Row<AnswerPart>> rows) {
        rows.add(once(1, "battery.alarm.voltage", Format.fixed(1)));
        rows.add(once(2, "battery.shutdown.voltage", Format.fixed(1)));
        rows.add(once(3, "ups.mfr", Format.text()));
        rows.add(once(4, "ups.serial", Format.text()));
        rows.add(once(5, "ups.firmware", Format.text()));
        rows.add(once(5, "device.firmware", Format.text()));
        rows.add(once(6, "ups.model", Format.text()));
    }

    private static Row<AnswerPart> once(int field, String name, Format format) {
        return Row.field(new AnswerPart(MeanwellProtocol.IDENTITY, Integer.toString(field)), name, format)
                .every(Cadence.ONCE);
    }

    private static AnswerPart status(int field) {
        return new AnswerPart(MeanwellProtocol.STATUS, Integer.toString(field));
    }

    private static double volts(String raw) {
        return Double.parseDouble(raw);
    }

    private static boolean has(String bits, int bit) {
        return bits.charAt(bit) == '1';
    }

    private static boolean mains(Known known) {
        return known.is("experimental.utility.present", "1");
    }

    /** The inverter, which is idle then, tells 0 V. */
    private static Optional<String> throughBypass(String raw, Known known) {
        return Optional.of(raw)
                .filter(volts ->
                        known.is("experimental.bypass.mode", "1") && known.is("inverter", "0") && volts(volts) > 0)
                .map(volts -> Numbers.format(volts(volts), 1));
    }

    private static List<String> words(String bits) {
        boolean inverter = has(bits, INVERTER);
        boolean mains = has(bits, MAINS) || has(bits, BYPASS);
        boolean charges = has(bits, CHARGES_FROM_MAINS) || has(bits, CHARGES_FROM_SUN);
        var words = new ArrayList<>(List.of(mains ? "OL" : inverter ? "OB" : "OFF"));
        if (has(bits, BATTERY_LOW)) words.add("LB");
        if (has(bits, BYPASS)) words.add("BYPASS");
        if (bits.substring(OVERLOAD, LAST_OVERLOAD + 1).contains("1")) words.add("OVER");
        if (charges) words.add("CHRG");
        else if (inverter && !mains) words.add("DISCHRG");
        return words;
    }

    private static List<String> alarms(String bits) {
        var alarms = new ArrayList<String>();
        if (has(bits, 8)) alarms.add("Battery voltage too high");
        if (has(bits, 13)) alarms.add("Overtemperature");
        if (has(bits, 14)) alarms.add("Inverter voltage too low");
        if (has(bits, 15)) alarms.add("Inverter voltage too high");
        if (has(bits, 16)) alarms.add("Inverter fault");
        if (has(bits, 17)) alarms.add("Memory fault");
        return alarms;
    }
}
