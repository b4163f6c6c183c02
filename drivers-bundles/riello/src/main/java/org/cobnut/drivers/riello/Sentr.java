package org.cobnut.drivers.riello;

import static org.cobnut.drivers.riello.Quantity.APPARENT_POWER;
import static org.cobnut.drivers.riello.Quantity.BATTERY_CAPACITY;
import static org.cobnut.drivers.riello.Quantity.BATTERY_STATE;
import static org.cobnut.drivers.riello.Quantity.BATTERY_VOLTS;
import static org.cobnut.drivers.riello.Quantity.BYPASS_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.BYPASS_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.CHARGE;
import static org.cobnut.drivers.riello.Quantity.FIRMWARE;
import static org.cobnut.drivers.riello.Quantity.INPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.INPUT_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.LOAD_1;
import static org.cobnut.drivers.riello.Quantity.LOAD_STATE;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_CURRENT_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_STATE;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.PHASES;
import static org.cobnut.drivers.riello.Quantity.REAL_POWER;
import static org.cobnut.drivers.riello.Quantity.RUNTIME;
import static org.cobnut.drivers.riello.Quantity.STATE;
import static org.cobnut.drivers.riello.Quantity.TEMPERATURE;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * SENTR, the protocol of older three-phase units: one byte asks for everything, in one of three forms, and each answer says
 * which form to ask for next.
 */
final class Sentr implements LineProtocol<Map<Quantity, String>> {
    /** The only question. */
    static final String QUESTION = "status";

    /** Every unit answers the plain form. */
    private static final int PLAIN = 192;

    private static final int EXTENDED = 240;
    private static final int PRECISE = 176;
    private static final int LENGTH = 103;
    private static final int PRECISE_LENGTH = 164;
    private static final int ORDER = 0xB0;
    private static final int TRIES = 3;

    /** More noise in front of an answer is no line to a UPS. */
    private static final int MOST_NOISE = 512;

    private final RequestLine line;
    private final Duration wait;
    private int form = PLAIN;

    Sentr(RequestLine line, Duration wait) {
        this.line = line;
        this.wait = wait;
    }

    @Override
    public Map<Quantity, String> ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, this::askOnce);
    }

    /** Asks without a second try. */
    Map<Quantity, String> askOnce() throws IOException {
        line.send(form == PRECISE ? text(PRECISE, 103, 1, 0, 24) : text(form));
        var answer = new Answer(frame());
        form = answer.next();
        return answer.values();
    }

    @Override
    public Optional<String> part(Map<Quantity, String> answer, AnswerPart part) {
        return Optional.ofNullable(answer.get(Quantity.valueOf(part.part())));
    }

    /** The order is a number, the argument seconds. A unit answers with its status, or not at all: both are good. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        int seconds = (int) Numbers.whole(argument);
        int number = Integer.parseInt(order);
        line.send(text(ORDER, number, seconds % 256, seconds / 256, ORDER + number + seconds % 256 + seconds / 256));
        try {
            frame();
        } catch (NoAnswerException | UnfitAnswerException silent) {
            return Outcome.handled();
        }
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }

    private static String text(int... bytes) {
        var text = new StringBuilder();
        for (int one : bytes) text.append((char) (one & 0xff));
        return text.toString();
    }

    /** The answer begins with its form and its length; two bytes at its end are the sum of those before. */
    private int[] frame() throws IOException {
        String head = line.block(2, wait);
        for (int noise = 0; !begins(head); noise++) {
            if (noise == MOST_NOISE) throw new UnfitAnswerException("what it sends is no answer");
            head = head.charAt(1) + line.block(1, wait);
        }
        int length = head.charAt(1);
        int[] frame = (head + line.block(length - 2, wait)).chars().toArray();
        int sum = 0;
        for (int i = 0; i < (length == LENGTH ? 100 : length - 2); i++) sum += frame[i];
        if (sum % 65536 != frame[length - 2] + 256 * frame[length - 1])
            throw new UnfitAnswerException("the sum of its answer is wrong");
        return frame;
    }

    private static boolean begins(String head) {
        int length = head.charAt(1);
        return (head.charAt(0) >= PLAIN && length == LENGTH) || (head.charAt(0) == PRECISE && length == PRECISE_LENGTH);
    }

    /** A checked answer; the numbers are places in it. */
    private static final class Answer {
        private final int[] frame;
        private final int model;
        private final boolean threePhase;

        Answer(int[] frame) {
            this.frame = frame;
            this.threePhase = word(2) >= 3000;
            this.model = threePhase ? word(2) - 3000 : word(2);
        }

        /** The form in which this unit tells most. */
        int next() {
            if (model % 10 < 4) return PLAIN;
            return (frame[100] & 1) != 0 ? PRECISE : EXTENDED;
        }

        Map<Quantity, String> values() {
            var values = new EnumMap<Quantity, Long>(Quantity.class);
            long kilo = model / 10;
            values.put(APPARENT_POWER, kilo * 1000);
            values.put(REAL_POWER, kilo * 1000 * ((frame[76] & 8) != 0 ? 9 : 8) / 10 / 1000 * 1000);
            values.put(BATTERY_CAPACITY, (long) word(74));
            values.put(PHASES, threePhase ? 4L : 3L);
            values.put(RUNTIME, (long) word(6));
            values.put(CHARGE, (long) frame[8]);
            values.put(TEMPERATURE, (long) frame[48]);
            values.put(INPUT_FREQUENCY, (long) word(41));
            values.put(BYPASS_FREQUENCY, (long) word(57));
            values.put(OUTPUT_FREQUENCY, (long) word(68));
            values.put(BATTERY_VOLTS, 10L * batteryVolts());
            for (int i = 0; i < 3; i++) {
                values.put(LOAD_1.phase(i + 1), (long) frame[62 + i]);
                values.put(INPUT_VOLTS_1.phase(i + 1), (long) inputVolts(i));
                values.put(BYPASS_VOLTS_1.phase(i + 1), (long) bypassVolts(i));
                values.put(OUTPUT_VOLTS_1.phase(i + 1), (long) outputVolts(i));
                values.put(OUTPUT_CURRENT_1.phase(i + 1), (long) outputCurrent(i));
            }
            state(values);
            var texts = new EnumMap<Quantity, String>(Quantity.class);
            values.forEach((quantity, number) -> texts.put(quantity, Long.toString(number)));
            int version = word(4);
            texts.put(FIRMWARE, "%02d.%02d".formatted(version / 100 % 100, version % 100));
            return texts;
        }

        private int word(int at) {
            return frame[at] + 256 * frame[at + 1];
        }

        private boolean precise() {
            return frame[0] == PRECISE;
        }

        private int batteryVolts() {
            if ((frame[0] != EXTENDED && !precise()) || (frame[100] & 0x80) != 0) return word(43);
            return 2 * Math.min(frame[43], frame[44]);
        }

        private int inputVolts(int phase) {
            return precise() ? word(117 + 2 * phase) / 10 : frame[35 + phase] * 230 / 100;
        }

        private int bypassVolts(int phase) {
            if (precise()) return word(129 + 2 * phase) / 10;
            return frame[0] == EXTENDED ? 2 * frame[51 + 2 * phase] : word(51 + 2 * phase);
        }

        private int outputVolts(int phase) {
            if (precise()) return word(135 + 2 * phase) / 10;
            return (frame[79] & 0x80) != 0 ? 2 * frame[59 + phase] : frame[59 + phase];
        }

        /** Amperes; the plain forms tell a share of what the unit can give at its nominal voltage. */
        private int outputCurrent(int phase) {
            if (precise()) return word(141 + 2 * phase) / 10;
            int volts = frame[73] > 0 && frame[73] < 100 ? frame[73] + 256 : frame[73];
            if (volts == 0) return 0;
            int current = model * 100 / volts * frame[62 + phase] / 100;
            if (phase > 0 || threePhase) current /= 3;
            return (word(2) & 7) < 4 ? current * 9 / 10 : current;
        }

        private void state(Map<Quantity, Long> values) {
            int status = frame[31];
            boolean failed = (status & 8) != 0;
            boolean off = (frame[22] & 2) != 0 || (frame[34] & 12) != 0;
            boolean bypass = (status & 2) != 0 || (frame[32] & 1) != 0 || (frame[33] & 0x70) != 0;
            long state = (off ? 0L : 8L) + (failed ? 2 : 0) + (failed && (status & 16) != 0 ? 1 : 0);
            values.put(STATE, state);
            values.put(OUTPUT_STATE, bypass && (frame[34] & 8) == 0 ? 8L : 0L);
            values.put(BATTERY_STATE, (status & 0x40) != 0 ? 1L : 0L);
            values.put(LOAD_STATE, (status & 0x80) != 0 ? 4L : 0L);
        }
    }
}
