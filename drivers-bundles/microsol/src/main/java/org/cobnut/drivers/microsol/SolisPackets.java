package org.cobnut.drivers.microsol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Numbers;

/**
 * Packets of 25 bytes: A0 to BF for the model, measures, clock and flags, a sum, and FE. What a number means depends on the
 * model; both families of models share the rest.
 */
abstract class SolisPackets implements Packets {
    static final String GO_OFF = "\u00dd";
    static final String GO_OFF_AND_RETURN = "\u00de";

    private static final int LENGTH = 25;
    private static final int FLAGS = 20;

    /** The flags, bit by bit. */
    record Flags(int bits) {
        boolean output220() {
            return (bits & 0x01) != 0;
        }

        boolean charging() {
            return (bits & 0x02) != 0;
        }

        boolean critical() {
            return (bits & 0x04) != 0;
        }

        boolean inverter() {
            return (bits & 0x08) != 0;
        }

        boolean overheated() {
            return (bits & 0x10) != 0;
        }

        boolean failed() {
            return (bits & 0x20) != 0;
        }

        boolean input220() {
            return (bits & 0x40) != 0;
        }

        boolean overloaded() {
            return (bits & 0x80) != 0;
        }
    }

    /** What a model makes of a packet. */
    record Measures(
            String maker,
            String model,
            double input,
            double output,
            double current,
            double battery,
            double charge,
            double load,
            double frequency,
            boolean low) {}

    /** The measures of a model; nothing for one that is not known. */
    abstract Optional<Measures> measures(String packet, Flags flags);

    /** Whether this kind tells more than the voltages in ups.status, as NUT's driver for it does. */
    abstract boolean detailed();

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public boolean fits(String packet) {
        return packet.charAt(0) >= 0xA0
                && packet.charAt(0) <= 0xBF
                && packet.charAt(LENGTH - 1) == 0xFE
                && packet.charAt(LENGTH - 2) == Packets.sum(packet.substring(0, LENGTH - 2));
    }

    @Override
    public String wake() {
        return "\u00cc\r";
    }

    @Override
    public List<String> names() {
        return List.of(
                "ups.mfr",
                "ups.model",
                "ups.temperature",
                "ups.load",
                "input.voltage",
                "input.frequency",
                "input.transfer.low",
                "input.transfer.high",
                "output.voltage",
                "output.current",
                "battery.voltage",
                "battery.charge");
    }

    @Override
    public Map<String, String> values(String packet) {
        var flags = new Flags(packet.charAt(FLAGS));
        var values = new HashMap<String, String>();
        Optional<Measures> measures = measures(packet, flags);
        measures.ifPresent(all -> {
            values.put("ups.mfr", all.maker());
            values.put("ups.model", all.model());
            values.put("ups.load", Numbers.format(all.load(), 1));
            values.put("input.voltage", Numbers.format(Math.max(0, all.input()), 1));
            values.put("input.frequency", Numbers.format(all.frequency(), 1));
            values.put("output.voltage", Numbers.format(flags.inverter() ? all.output() : 0, 1));
            values.put("output.current", Numbers.format(all.current(), 1));
            values.put("battery.voltage", Numbers.format(all.battery(), 1));
            values.put("battery.charge", Numbers.format(Math.max(0, Math.min(100, all.charge())), 1));
        });
        int temperature = packet.charAt(4) < 0x80 ? packet.charAt(4) : packet.charAt(4) - 0x100;
        values.put("ups.temperature", Numbers.format(temperature, 2));
        values.put("input.transfer.low", flags.input220() ? "150.0" : "75.0");
        values.put("input.transfer.high", flags.input220() ? "300.0" : "150.0");
        values.put(ALARM, flags.overheated() ? "OVERHEAT" : "");
        values.put(STATUS, status(flags, measures.filter(Measures::low).isPresent()));
        return values;
    }

    private String status(Flags flags, boolean low) {
        var words = new ArrayList<>(List.of(flags.failed() ? "OB" : "OL"));
        if (low || flags.critical()) words.add("LB");
        if (flags.overloaded()) words.add("OVER");
        if (detailed() && flags.charging() && !flags.failed()) words.add("CHRG");
        return String.join(" ", words);
    }

    static int word(String packet, int at) {
        return packet.charAt(at) + 256 * packet.charAt(at + 1);
    }

    /** A factor and what is added then. */
    record Line(double factor, double offset) {
        double at(double raw) {
            return factor * raw + offset;
        }
    }
}
