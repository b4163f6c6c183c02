package org.cobnut.drivers.bcmxcp;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.table.UnfitAnswerException;

/**
 * What a unit says of itself at first, and how its other blocks are laid out.
 *
 * @param meters the format of each meter, in the order of their numbers; 0 for one that the unit does not have
 * @param alarms the numbers of the alarms that it has, in the order of its block of alarms
 * @param topology whether it has a block of that name; the same for the two behind it
 */
record XcpIdentity(
        String firmware,
        int power,
        int phases,
        String model,
        List<Integer> meters,
        List<Integer> alarms,
        boolean topology,
        int commands,
        boolean outlets) {
    private static final List<String> PROCESSORS = List.of("Cont:", "Inve:", "Rect:", "Netw:", "Disp:");

    /** A shorter block is one of a unit with a single outlet, which cannot be switched. */
    private static final int ONE_OUTLET = 8;

    XcpIdentity {
        meters = List.copyOf(meters);
        alarms = List.copyOf(alarms);
    }

    static XcpIdentity parse(String block) throws UnfitAnswerException {
        var in = new Cursor(block);
        String firmware = firmware(in);
        int kilo = in.next();
        int power = kilo > 0 ? kilo * 1000 : in.word() * 50;
        int phases = in.next();
        in.skip(1);
        String model = model(in.text(in.next()), power);
        var meters = new ArrayList<Integer>();
        for (char format : in.text(in.next()).toCharArray()) meters.add((int) format);
        List<Integer> alarms = alarms(in.text(in.next()));
        in.skip(in.has(2) ? 2 : 0);
        in.skip(in.has(1) ? in.next() : 0);
        in.skip(in.has(4) ? 4 : 0);
        int topology = in.has(2) ? in.word() : 0;
        in.skip(in.has(1) ? 1 : 0);
        int commands = in.has(2) ? in.word() : 0;
        int outlets = in.has(2) ? in.word() : 0;
        return new XcpIdentity(
                firmware, power, phases, model, meters, alarms, topology > 0, commands, outlets > ONE_OUTLET);
    }

    private static String firmware(Cursor in) throws UnfitAnswerException {
        var text = new StringBuilder();
        for (int i = 0, count = in.next(); i < count; i++) {
            int minor = in.next();
            int major = in.next();
            if ((minor | major) != 0 && i < PROCESSORS.size())
                text.append("%s%02x.%02x ".formatted(PROCESSORS.get(i), major, minor));
        }
        return text.toString().strip();
    }

    /** Ends with the power, as in "PW5115 1500i". */
    private static String model(String text, int power) {
        int end = text.indexOf('\0');
        String name = end < 0 ? text : text.substring(0, end);
        String rating = power + "i";
        return (name.contains(rating) ? name : name + " " + rating).strip();
    }

    private static List<Integer> alarms(String map) {
        var numbers = new ArrayList<Integer>();
        for (int bit = 0; bit < map.length() * 8; bit++)
            if ((map.charAt(bit / 8) >> (bit % 8) & 1) != 0) numbers.add(bit);
        return numbers;
    }

    /** Where the meter of this number stands among those that the unit has; -1 for one that it does not have. */
    int place(int meter) {
        if (meter >= meters.size() || meters.get(meter) == 0) return -1;
        return (int)
                meters.subList(0, meter).stream().filter(format -> format != 0).count();
    }

    /** A place in a block. */
    private static final class Cursor {
        private final String block;
        private int at;

        Cursor(String block) {
            this.block = block;
        }

        boolean has(int count) {
            return at + count <= block.length();
        }

        int next() throws UnfitAnswerException {
            return text(1).charAt(0);
        }

        int word() throws UnfitAnswerException {
            return next() + 256 * next();
        }

        void skip(int count) throws UnfitAnswerException {
            text(count);
        }

        String text(int count) throws UnfitAnswerException {
            if (!has(count)) throw new UnfitAnswerException("its answer is too short");
            at += count;
            return block.substring(at - count, at);
        }
    }
}
