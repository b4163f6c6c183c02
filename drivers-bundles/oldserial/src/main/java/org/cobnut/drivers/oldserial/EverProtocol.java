package org.cobnut.drivers.oldserial;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * Ever: one byte opens an exchange and is answered by itself; the next asks, and is answered by a byte or two. Nothing tells
 * what an answer belongs to, so that all values are read in one go, which counts only when each answer stood alone and the
 * exchange behind the last one opens.
 */
final class EverProtocol implements LineProtocol<Map<String, String>> {
    /** The only question. */
    static final String STATE = "state";

    /** Switches the load off. */
    static final String SHUTDOWN = "shutdown";

    private static final char OPENER = 208;
    private static final char TYPE = 173;
    private static final char STATUS = 175;
    private static final char BATTERY = 189;
    private static final char LINE_VOLTAGE = 245;
    private static final int OFF_LINE = 0x05;
    private static final int ON_BATTERY = 0x04;

    /** Volts times 10. */
    private static final int LOW = 105;

    private static final double EMPTY = 9.5;
    private static final double FULL_ON_BATTERY = 12.45;
    private static final double FULL_ON_LINE = 13.55;
    private static final List<String> SHUTDOWN_ORDERS = List.of("\u001c\u0001", "\r\b");

    private static final Map<Integer, String> MODELS = Map.ofEntries(
            Map.entry(67, "NET 500-DPC"),
            Map.entry(68, "NET 700-DPC"),
            Map.entry(69, "NET 1000-DPC"),
            Map.entry(70, "NET 1400-DPC"),
            Map.entry(71, "NET 2200-DPC"),
            Map.entry(73, "NET 700-DPC (new)"),
            Map.entry(74, "NET 1000-DPC (new)"),
            Map.entry(75, "NET 1400-DPC (new)"),
            Map.entry(76, "NET 500-DPC (new)"),
            Map.entry(81, "AP 450-PRO"),
            Map.entry(82, "AP 650-PRO"));

    private static final Duration WAIT = Duration.ofSeconds(1);

    /** A byte takes 33 ms. */
    private static final Duration QUIET = Duration.ofMillis(70);

    private final RequestLine line;

    EverProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public Map<String, String> ask(String question) throws IOException {
        var values = new HashMap<String, String>();
        int type = exchange(TYPE, 1).charAt(0);
        values.put("model", MODELS.getOrDefault(type, "Unknown"));
        int status = exchange(STATUS, 1).charAt(0);
        int tenths = exchange(BATTERY, 1).charAt(0) * 150 / 255;
        boolean onBattery = (status & OFF_LINE) == ON_BATTERY;
        values.put("status", onBattery ? tenths < LOW ? "OB LB" : "OB" : "OL");
        values.put("battery", Double.toString(tenths / 10.));
        double full = onBattery ? FULL_ON_BATTERY : FULL_ON_LINE;
        double charge = (tenths / 10. - EMPTY) / (full - EMPTY) * 100;
        values.put("charge", Double.toString(Math.max(0, Math.min(100, charge))));
        String volts = exchange(LINE_VOLTAGE, 2);
        boolean renewed = type >= 73 && type <= 76;
        int line = (volts.charAt(0) * 100 + volts.charAt(1) * 25600) / (renewed ? 352 : 372);
        values.put("line", Integer.toString(line));
        openExchange();
        return values;
    }

    @Override
    public Optional<String> part(Map<String, String> answer, AnswerPart part) {
        return Optional.ofNullable(answer.get(part.part()));
    }

    /** No order is acknowledged, only the byte that opens the exchange. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        try {
            for (String bytes : SHUTDOWN_ORDERS) {
                openExchange();
                line.send(bytes);
            }
            return Outcome.handled();
        } catch (NoAnswerException | UnfitAnswerException e) {
            return Outcome.failed("the UPS did not answer: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private String exchange(char code, int length) throws IOException {
        openExchange();
        line.send(Character.toString(code));
        return alone(length);
    }

    private void openExchange() throws IOException {
        line.send(Character.toString(OPENER));
        if (alone(1).charAt(0) != OPENER) throw new UnfitAnswerException("it does not open an exchange");
    }

    private String alone(int length) throws IOException {
        String answer = line.block(length, WAIT);
        try {
            line.block(1, QUIET);
        } catch (NoAnswerException quiet) {
            return answer;
        }
        throw new UnfitAnswerException("its answer is too long");
    }
}
