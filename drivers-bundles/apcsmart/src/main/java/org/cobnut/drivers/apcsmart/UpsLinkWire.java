package org.cobnut.drivers.apcsmart;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.drivers.apcsmart.Address.Letter;
import org.cobnut.drivers.apcsmart.Address.Order;
import org.cobnut.drivers.apcsmart.Address.Text;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Wire;

/** Reads letters, steps settings through their choices, and gives orders. */
final class UpsLinkWire implements Wire<Address> {
    private static final char STATUS = 'Q';
    private static final String UNKNOWN = "NA";
    /** An answer of which no row makes anything. */
    private static final String NOTHING = "";

    private static final String REFUSED = "NO";
    private static final Outcome UNCLEAR = Outcome.failed("the UPS did not answer");
    private static final int TEXT_LENGTH = 8;
    /** More choices than a setting has. */
    private static final int MOST_STEPS = 16;

    private final UpsLink line;
    /** Between a simulated power failure and the order that needs it. */
    private final Duration forced;

    private final Set<Letter> answered = new HashSet<>();
    /** Letters that the UPS does not know, which are not asked again. */
    private final Set<Letter> unknown = new HashSet<>();

    UpsLinkWire(UpsLink line, Duration forced) {
        this.line = line;
        this.forced = forced;
    }

    @Override
    public Map<Address, String> read(List<Address> addresses) throws IOException {
        if (!(addresses.get(0) instanceof Letter letter)) return Map.of();
        if (unknown.contains(letter)) return Map.of(letter, NOTHING);
        boolean first = letter.letter() != STATUS && !answered.contains(letter);
        try {
            String answer = line.ask(letter.letter());
            if (answer.equals(UNKNOWN) && letter.letter() != STATUS) {
                if (first) unknown.add(letter);
                return Map.of(letter, NOTHING);
            }
            answered.add(letter);
            return Map.of(letter, answer);
        } catch (NoAnswerException | UnfitAnswerException e) {
            // An old UPS says nothing to a letter that it does not know; one that has answered it is lost now.
            if (e instanceof NoAnswerException && first) return Map.of();
            throw new IOException("letter " + letter + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Outcome write(Address address, String raw) throws IOException {
        try {
            if (address instanceof Letter letter) return step(letter.letter(), raw);
            if (address instanceof Text text) return type(text.letter(), raw);
            return give((Order) address, raw);
        } catch (NoAnswerException e) {
            return UNCLEAR;
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** Steps on until the wanted value shows, or the first one again. */
    private Outcome step(char letter, String wanted) throws IOException {
        String first = line.ask(letter);
        String now = first;
        for (int i = 0; i < MOST_STEPS && !now.strip().equals(wanted.strip()); i++) {
            String answer = line.order("-");
            if (!answer.equals("OK")) return Outcome.failed("the UPS answered '" + answer + "'");
            now = line.ask(letter);
            if (now.equals(first)) return Outcome.failed("the UPS does not offer " + wanted);
        }
        return Outcome.handled();
    }

    private Outcome type(char letter, String text) throws IOException {
        if (line.ask(letter).equals(text)) return Outcome.handled();
        return done(line.type(text + "\r".repeat(TEXT_LENGTH - text.length())));
    }

    private Outcome give(Order order, String text) throws IOException {
        return switch (order) {
            case ONCE -> done(line.order(text));
            case TWICE -> done(line.orderTwice(text));
            case TWICE_SILENT -> silent(text);
            case CALIBRATION_ON -> calibrate(text, true);
            case CALIBRATION_OFF -> calibrate(text, false);
            case BYPASS_ON -> bypass(text, "BYP");
            case BYPASS_OFF -> bypass(text, "INV");
            case SHUTDOWN -> shutdown(text);
        };
    }

    private Outcome silent(String text) throws IOException {
        try {
            return done(line.orderTwice(text));
        } catch (NoAnswerException e) {
            return Outcome.handled();
        }
    }

    private Outcome calibrate(String text, boolean on) throws IOException {
        if (status().contains("CAL") == on)
            return Outcome.failed(on ? "a calibration is running already" : "no calibration is running");
        return done(line.order(text));
    }

    private Outcome bypass(String text, String wanted) throws IOException {
        String answer = line.order(text);
        return answer.equals(wanted) ? Outcome.handled() : Outcome.failed("the UPS answered '" + answer + "'");
    }

    private Outcome shutdown(String text) throws IOException {
        if (text.equals(ShutdownReturn.FORCED)) {
            if (status().contains("OL")) {
                Outcome failure = done(line.order("U"));
                if (failure.code() != Outcome.Code.HANDLED) return failure;
                line.rest(forced);
            }
            return done(line.order(ShutdownReturn.SOFT));
        }
        String answer = line.order(text);
        boolean refused = answer.equals(REFUSED) || answer.equals(UNKNOWN);
        // Some take two digits only.
        if (refused && text.matches("@0\\d\\d")) answer = line.order("@" + text.substring(2));
        return done(answer);
    }

    /** The words of ups.status at this moment. */
    List<String> status() throws IOException {
        return Letters.status(line.ask(STATUS));
    }

    private static Outcome done(String answer) {
        return answer.equals("OK") || answer.equals("*")
                ? Outcome.handled()
                : Outcome.failed("the UPS answered '" + answer + "'");
    }
}
