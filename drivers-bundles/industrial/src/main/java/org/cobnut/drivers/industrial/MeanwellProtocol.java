package org.cobnut.drivers.industrial;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** Asks with one letter; an answer is a line of fields, without a checksum. An order is not answered. */
final class MeanwellProtocol implements LineProtocol<MatchResult> {
    /** The question for the measures and the nineteen bits. */
    static final String STATUS = "Q";

    /** The question for the limits, the maker, the serial number, the firmware and the model. */
    static final String IDENTITY = "I";

    private static final Pattern STATUS_LINE = Pattern.compile("\\(\\s*(\\d+)\\s+(\\d+)\\s+(\\d+\\.?\\d*)\\s+(\\d+)"
            + "\\s+(-?\\d+\\.?\\d*)\\s+(\\d+)\\s+(\\d+\\.?\\d*)\\s+\\S+\\s+(\\d+)\\s+([01]{19})\\)?");
    private static final Pattern IDENTITY_LINE =
            Pattern.compile("#(?:\\s*[\\d.]+\\s+){2}(\\d+\\.?\\d*)\\s+(\\d+\\.?\\d*)\\s+[\\d.]+"
                    + "(?:\\s+(\\S+)\\s+(\\S+)\\s+REV:(\\S+)\\s+(\\S+))?.*");
    private static final int LONGEST = 256;
    private static final int TRIES = 2;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final RequestLine line;

    MeanwellProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public MatchResult ask(String question) throws IOException {
        boolean status = question.equals(STATUS);
        return RequestLine.repeat(TRIES, () -> {
            line.send(question + "\r");
            String text = line.line('\r', LONGEST, WAIT);
            if (text.strip().equals(question)) text = line.line('\r', LONGEST, WAIT); // our own question came back
            String answer = text.substring(Math.max(0, text.indexOf(status ? '(' : '#')));
            Matcher matcher = (status ? STATUS_LINE : IDENTITY_LINE).matcher(answer.strip());
            if (!matcher.matches()) throw new UnfitAnswerException("what it sends is no answer");
            return matcher.toMatchResult();
        });
    }

    /** A part is the number of a field, from 1. */
    @Override
    public Optional<String> part(MatchResult answer, AnswerPart part) {
        return Optional.ofNullable(answer.group(Integer.parseInt(part.part())));
    }

    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.send(order + "\r");
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }
}
