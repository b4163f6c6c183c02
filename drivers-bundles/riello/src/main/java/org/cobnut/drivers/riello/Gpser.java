package org.cobnut.drivers.riello;

import static org.cobnut.drivers.riello.Quantity.APPARENT_POWER;
import static org.cobnut.drivers.riello.Quantity.BATTERY_CAPACITY;
import static org.cobnut.drivers.riello.Quantity.BATTERY_STATE;
import static org.cobnut.drivers.riello.Quantity.BATTERY_VOLTS;
import static org.cobnut.drivers.riello.Quantity.BYPASS_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.BYPASS_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.BYPASS_VOLTS_2;
import static org.cobnut.drivers.riello.Quantity.BYPASS_VOLTS_3;
import static org.cobnut.drivers.riello.Quantity.CHARGE;
import static org.cobnut.drivers.riello.Quantity.FIRMWARE;
import static org.cobnut.drivers.riello.Quantity.INPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.INPUT_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.INPUT_VOLTS_2;
import static org.cobnut.drivers.riello.Quantity.INPUT_VOLTS_3;
import static org.cobnut.drivers.riello.Quantity.LOAD_1;
import static org.cobnut.drivers.riello.Quantity.LOAD_2;
import static org.cobnut.drivers.riello.Quantity.LOAD_3;
import static org.cobnut.drivers.riello.Quantity.LOAD_STATE;
import static org.cobnut.drivers.riello.Quantity.MODEL;
import static org.cobnut.drivers.riello.Quantity.NOMINAL_BATTERY_VOLTS;
import static org.cobnut.drivers.riello.Quantity.NOMINAL_OUTPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.NOMINAL_OUTPUT_VOLTS;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_CURRENT_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_CURRENT_2;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_CURRENT_3;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_FREQUENCY;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_STATE;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VA_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VA_2;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VA_3;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VOLTS_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VOLTS_2;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_VOLTS_3;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_WATTS_1;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_WATTS_2;
import static org.cobnut.drivers.riello.Quantity.OUTPUT_WATTS_3;
import static org.cobnut.drivers.riello.Quantity.PHASES;
import static org.cobnut.drivers.riello.Quantity.REAL_POWER;
import static org.cobnut.drivers.riello.Quantity.RUNTIME;
import static org.cobnut.drivers.riello.Quantity.SERIAL;
import static org.cobnut.drivers.riello.Quantity.SPARE_STATE;
import static org.cobnut.drivers.riello.Quantity.STATE;
import static org.cobnut.drivers.riello.Quantity.TEMPERATURE;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * GPSER, the protocol of the newer units. The first answer, to GI, is checked by a sum; it says whether the others have a
 * CRC. Works on any link that carries bytes.
 */
final class Gpser implements LineProtocol<Map<Quantity, String>> {
    private static final int TRIES = 3;
    private static final int DATA = 7;

    /** Where the type, and how answers are checked, stand in the answer to GI. */
    private static final int TYPE = 51;

    private static final int CHECKED_BY = 55;

    /** Quantities of which all digits F mean that the unit does not know them. */
    private static final Set<Quantity> MAY_BE_UNKNOWN =
            Set.of(CHARGE, RUNTIME, TEMPERATURE, BYPASS_FREQUENCY, BYPASS_VOLTS_1, BYPASS_VOLTS_2, BYPASS_VOLTS_3);

    /** A number in an answer, so many digits behind the one before. */
    private record Digits(Quantity quantity, int count) {}

    private static final List<Digits> RATINGS = List.of(
            new Digits(APPARENT_POWER, 5),
            new Digits(REAL_POWER, 5),
            new Digits(NOMINAL_BATTERY_VOLTS, 3),
            new Digits(BATTERY_CAPACITY, 3),
            new Digits(NOMINAL_OUTPUT_VOLTS, 3),
            new Digits(NOMINAL_OUTPUT_FREQUENCY, 3));

    private static final List<Digits> STATUS = List.of(
            new Digits(STATE, 1),
            new Digits(OUTPUT_STATE, 1),
            new Digits(BATTERY_STATE, 1),
            new Digits(SPARE_STATE, 1),
            new Digits(LOAD_STATE, 1),
            new Digits(INPUT_FREQUENCY, 3),
            new Digits(INPUT_VOLTS_1, 3),
            new Digits(OUTPUT_FREQUENCY, 3),
            new Digits(OUTPUT_VOLTS_1, 3),
            new Digits(LOAD_1, 2),
            new Digits(BYPASS_FREQUENCY, 3),
            new Digits(BYPASS_VOLTS_1, 3),
            new Digits(BATTERY_VOLTS, 4),
            new Digits(CHARGE, 2),
            new Digits(RUNTIME, 3),
            new Digits(TEMPERATURE, 2),
            new Digits(INPUT_VOLTS_2, 3),
            new Digits(INPUT_VOLTS_3, 3),
            new Digits(OUTPUT_VOLTS_2, 3),
            new Digits(LOAD_2, 2),
            new Digits(BYPASS_VOLTS_2, 3),
            new Digits(OUTPUT_VOLTS_3, 3),
            new Digits(LOAD_3, 2),
            new Digits(BYPASS_VOLTS_3, 3));

    private static final List<Digits> EXTENDED = List.of(
            new Digits(OUTPUT_CURRENT_1, 4),
            new Digits(OUTPUT_CURRENT_2, 4),
            new Digits(OUTPUT_CURRENT_3, 4),
            new Digits(OUTPUT_WATTS_1, 5),
            new Digits(OUTPUT_WATTS_2, 5),
            new Digits(OUTPUT_WATTS_3, 5),
            new Digits(OUTPUT_VA_1, 5),
            new Digits(OUTPUT_VA_2, 5),
            new Digits(OUTPUT_VA_3, 5));

    private final RequestLine line;
    private final Duration wait;
    private boolean crc;

    Gpser(RequestLine line, Duration wait) {
        this.line = line;
        this.wait = wait;
    }

    @Override
    public Map<Quantity, String> ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> askOnce(question));
    }

    /** Asks without a second try, to find out whether there is such a unit. */
    Map<Quantity, String> askOnce(String question) throws IOException {
        boolean identity = question.equals("GI");
        GpserFrame answer = exchange(question, "", crc && !identity);
        return switch (question) {
            case "GI" -> identity(answer);
            case "GN" -> numbers(answer, RATINGS, DATA, RATINGS.size());
            case "RS" -> status(answer);
            case "RE" -> numbers(answer, EXTENDED, 23, EXTENDED.size());
            default -> throw new IllegalArgumentException(question);
        };
    }

    @Override
    public Optional<String> part(Map<Quantity, String> answer, AnswerPart part) {
        return Optional.ofNullable(answer.get(Quantity.valueOf(part.part())));
    }

    /** The argument is the data, in digits of this protocol. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        try {
            exchange(order, argument, crc);
            return Outcome.handled();
        } catch (NoAnswerException silent) {
            return Outcome.failed("the UPS did not acknowledge");
        } catch (UnfitAnswerException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private GpserFrame exchange(String letters, String data, boolean checkedByCrc) throws IOException {
        line.send(GpserFrame.request(letters, data, checkedByCrc));
        return GpserFrame.read(line, wait, letters, checkedByCrc);
    }

    private Map<Quantity, String> identity(GpserFrame answer) throws UnfitAnswerException {
        if (!answer.holds(TYPE, 12)) throw new UnfitAnswerException("its answer is too short");
        crc = answer.number(CHECKED_BY, 1) != 0;
        var values = new EnumMap<Quantity, String>(Quantity.class);
        values.put(SERIAL, answer.text(DATA, 16).replace('\0', ' '));
        values.put(MODEL, answer.text(23, 15).replace('\0', ' '));
        values.put(FIRMWARE, answer.text(39, 12).replace('\0', ' '));
        values.put(PHASES, answer.text(TYPE, 1));
        return values;
    }

    /** Single-phase units stop before the second phase. A unit that is off tells a frequency that is none. */
    private static Map<Quantity, String> status(GpserFrame answer) throws UnfitAnswerException {
        Map<Quantity, String> values = numbers(answer, STATUS, DATA, STATUS.indexOf(new Digits(INPUT_VOLTS_2, 3)));
        if ((Integer.parseInt(values.getOrDefault(STATE, "0")) & 8) == 0) values.put(OUTPUT_FREQUENCY, "0");
        return values;
    }

    /** @param least how many of these numbers every unit tells */
    private static Map<Quantity, String> numbers(GpserFrame answer, List<Digits> layout, int from, int least)
            throws UnfitAnswerException {
        var values = new EnumMap<Quantity, String>(Quantity.class);
        int at = from;
        for (int i = 0; i < layout.size(); i++) {
            Digits digits = layout.get(i);
            if (!answer.holds(at, digits.count())) {
                if (i < least) throw new UnfitAnswerException("its answer is too short");
                break;
            }
            long number = answer.number(at, digits.count());
            boolean unknown = MAY_BE_UNKNOWN.contains(digits.quantity()) && number == (1L << (4 * digits.count())) - 1;
            if (!unknown) values.put(digits.quantity(), Long.toString(number));
            at += digits.count();
        }
        return values;
    }
}
