package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.UnfitAnswerException;

/** Lines of text of the UPSes that PowerMaster+ knows: each answer begins with '#'. */
final class HashProtocol implements Protocol {
    private static final String READINGS = "B";
    /** A name for a session, and what the UPS makes of it. */
    private static final String SESSION = "OoNUTisAMAZINGoO";

    private static final String HASH = "#74279F35A48F5F13";
    private static final String DONE = "#0";
    private static final String NOT_UNDERSTOOD = "#-1";

    private static final int LEAST_FLAGS = 5;
    private static final int TEST = 0x08;
    private static final int CRITICAL = 0x20;
    private static final int ON_LINE = 0x04;
    private static final int RESTING = 0x50;
    private static final int LOW = 0x20;
    private static final int OFF = 0x40;

    @Override
    public String name() {
        return "hashx";
    }

    @Override
    public int speed() {
        return 2400;
    }

    @Override
    public String status() {
        return READINGS;
    }

    @Override
    public String identify(Exchange line) throws IOException {
        expect(NOT_UNDERSTOOD, line.line("\r"));
        expect(DONE, line.line("K19:" + SESSION + "\r"));
        expect(HASH, line.line("X19\r"));
        String answer = line.line("X41\r");
        TextProtocol.list(answer);
        return answer;
    }

    private static void expect(String wanted, String answer) throws UnfitAnswerException {
        if (!answer.equals(wanted)) throw new UnfitAnswerException("'" + answer.strip() + "' is not " + wanted);
    }

    @Override
    public List<Row<Part>> rows(String identity, Delays delays) {
        String[] texts = identity.substring(1).split(",", -1);
        var rows = new ArrayList<Row<Part>>();
        rows.add(Row.flag(new Part(READINGS, StatusLine.FLAGS), HashProtocol::words));
        rows.add(Row.alarm(new Part(READINGS, StatusLine.FLAGS), HashProtocol::alarms));
        if (!texts[0].isBlank()) rows.add(TextProtocol.constant("ups.model", texts[0].strip()));
        if (texts.length > 1 && !texts[1].isBlank()) rows.add(TextProtocol.constant("ups.firmware", texts[1].strip()));
        rows.addAll(List.of(
                TextProtocol.once("X27", 0, "input.voltage.nominal", TextProtocol.number(0)),
                TextProtocol.once("X27", 1, "input.voltage.high.critical", TextProtocol.number(0)),
                TextProtocol.once("X27", 2, "input.voltage.low.critical", TextProtocol.number(0)),
                TextProtocol.once("X72", 0, "ups.power.nominal", TextProtocol.number(0)),
                TextProtocol.once("X72", 1, "ups.realpower.nominal", TextProtocol.number(0)),
                TextProtocol.once("X72", 2, "input.voltage.nominal", TextProtocol.number(0)),
                TextProtocol.once("X72", 3, "input.frequency.low", TextProtocol.number(1)),
                TextProtocol.once("X72", 4, "input.frequency.high", TextProtocol.number(1)),
                TextProtocol.once("X72", 5, "output.current.nominal", TextProtocol.number(1)),
                reading("I", "input.voltage", Format.fixed(1)),
                reading("O", "output.voltage", Format.fixed(1)),
                reading("V", "battery.voltage", Format.fixed(1)),
                reading("F", "input.frequency", Format.fixed(1)),
                reading("H", "output.frequency", Format.fixed(1)),
                reading("L", "ups.load", Format.fixed(0)),
                reading("B", "battery.charge", Format.fixed(0)),
                reading("R", "battery.runtime", Format.times(60, 0)),
                reading(StatusLine.FLAGS, "battery.charger.status", (raw, known) -> Optional.of(charger(raw))),
                TextProtocol.command("beeper.enable", "K60:1"),
                TextProtocol.command("beeper.disable", "K60:0"),
                TextProtocol.command("experimental.test.beeper.start", "AU"),
                TextProtocol.command("experimental.test.beeper.stop", "KA"),
                TextProtocol.command("test.battery.start.deep", "AH"),
                TextProtocol.command("test.battery.start.quick", "A"),
                TextProtocol.command("test.battery.stop", "KA"),
                TextProtocol.command("calibrate.start", "AH"),
                TextProtocol.command("calibrate.stop", "KA")));
        return rows;
    }

    private static Row<Part> reading(String letter, String name, Format format) {
        return Row.field(new Part(READINGS, letter), name, format);
    }

    /** Words of the flags, whose highest bit says nothing. */
    private static List<String> words(String flags) {
        var words = new ArrayList<String>();
        if ((flags.charAt(0) & TEST) != 0) words.add("CAL");
        words.add((flags.charAt(1) & ON_LINE) != 0 ? "OL" : "OB");
        words.add((flags.charAt(4) & LOW) != 0 ? "LB" : "HB");
        if ((flags.charAt(4) & OFF) != 0) words.add("OFF");
        return words;
    }

    private static List<String> alarms(String flags) {
        if ((flags.charAt(0) & CRITICAL) == 0) return List.of();
        return List.of(
                (flags.charAt(0) & TEST) != 0
                        ? "TEST MODE: Battery is critically low!"
                        : "Battery is critically low, UPS is about to turn off!");
    }

    private static String charger(String flags) {
        if ((flags.charAt(1) & ON_LINE) == 0) return "discharging";
        return (flags.charAt(2) & RESTING) == RESTING ? "resting" : "charging";
    }

    @Override
    public Map<String, String> ask(Exchange line, String request) throws IOException {
        String answer = line.line(request + "\r");
        if (!request.equals(READINGS)) return TextProtocol.list(answer);
        Map<String, String> parts = StatusLine.parts(answer);
        if (parts.getOrDefault(StatusLine.FLAGS, "").length() < LEAST_FLAGS)
            throw new UnfitAnswerException("'" + answer.strip() + "' has too few flags");
        return parts;
    }

    @Override
    public boolean order(Exchange line, String text) throws IOException {
        return line.line(text + "\r").equals(DONE);
    }

    @Override
    public List<String> shutdowns(boolean onBattery) {
        return List.of();
    }
}
