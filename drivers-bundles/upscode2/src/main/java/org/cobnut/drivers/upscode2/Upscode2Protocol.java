package org.cobnut.drivers.upscode2;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * Commands of four letters, each with its parameter on a line of its own. An answer is mnemonics and values by turns, a line
 * each, and ends with a mnemonic that every unit has.
 */
final class Upscode2Protocol implements LineProtocol<List<Upscode2Protocol.Pair>> {
    static final String STATE = "UPDS";
    static final String NOMINAL = "UPDV";
    static final String BATTERIES = "UPBS";

    /** Parts of the answer about the state that several mnemonics make. */
    static final String STATUS = "status";

    static final String ALARMS = "alarms";

    private static final int LONGEST = 256;
    private static final int MOST_PAIRS = 100;
    private static final int MOST_COMMANDS = 60;
    private static final int MOST_EMPTY = 20;
    private static final int TRIES = 2;
    private static final String LIST = "UPCL";

    /** A line of a mnemonic and the one behind it. */
    record Pair(String mnemonic, String value) {}

    /** What ends the answer to a question, and what may stand in it. */
    private record Form(String last, String mnemonics) {}

    private static final Map<String, Form> FORMS = Map.of(
            STATE, new Form("MOFFF", "ST[A-Z]{2}|BTIME|M[A-Z0-9]{4}"),
            NOMINAL, new Form("NOFLL", "N[A-Z0-9]{4}"),
            BATTERIES, new Form("BDAT8", "MB(TE|IN)\\d|BDAT\\d"));

    private final RequestLine line;
    private final String begin;
    private final String end;
    private final Duration wait;

    Upscode2Protocol(RequestLine line, String begin, String end, Duration wait) {
        this.line = line;
        this.begin = begin;
        this.end = end;
        this.wait = wait;
    }

    /** The commands that the unit has. */
    Set<String> commands() throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.discard();
            send(LIST);
            var commands = new LinkedHashSet<String>();
            for (int i = 0; i < MOST_COMMANDS; i++) {
                String command = next();
                if (!command.matches("[A-Z]{4}"))
                    throw new UnfitAnswerException("what it sends is no list of commands");
                if (command.equals(LIST)) return commands;
                commands.add(command);
            }
            throw new UnfitAnswerException("its list of commands does not end");
        });
    }

    @Override
    public List<Pair> ask(String question) throws IOException {
        Form form = FORMS.get(question);
        return RequestLine.repeat(TRIES, () -> form == null ? single(question) : all(question, form));
    }

    /** A question about one thing: the command, its parameter, and the mnemonic of the answer, with blanks between. */
    private List<Pair> single(String question) throws IOException {
        String[] words = question.split(" ");
        line.discard();
        send(words[0]);
        if (words.length > 2) send(words[1]);
        String mnemonic = next();
        if (!mnemonic.equals(words[words.length - 1]))
            throw new UnfitAnswerException("it answers " + mnemonic + " instead");
        return List.of(new Pair(mnemonic, next()));
    }

    private List<Pair> all(String question, Form form) throws IOException {
        line.discard();
        send(question);
        var pairs = new ArrayList<Pair>();
        while (pairs.size() < MOST_PAIRS) {
            String mnemonic = next();
            if (!mnemonic.matches(form.mnemonics()))
                throw new UnfitAnswerException("'" + mnemonic + "' stands where a mnemonic should");
            pairs.add(new Pair(mnemonic, next()));
            if (mnemonic.equals(form.last())) return pairs;
        }
        throw new UnfitAnswerException("its answer does not end");
    }

    /** A part is a mnemonic, or the words or sentences that all of them make. */
    @Override
    public Optional<String> part(List<Pair> answer, AnswerPart part) {
        return switch (part.part()) {
            case STATUS -> Optional.of(String.join(" ", status(answer)));
            case ALARMS ->
                Optional.of(attention(answer)
                        .flatMap(code -> Codes.alarm(code).stream())
                        .distinct()
                        .collect(Collectors.joining(",")));
            default -> values(answer, part.part()).findFirst();
        };
    }

    private static Stream<String> values(List<Pair> answer, String mnemonic) {
        return answer.stream().filter(pair -> pair.mnemonic().equals(mnemonic)).map(Pair::value);
    }

    /** What the unit draws attention to. */
    private static Stream<String> attention(List<Pair> answer) {
        return Stream.concat(values(answer, "STAT"), values(answer, "STMF"));
    }

    private static Set<String> status(List<Pair> answer) {
        var words = new LinkedHashSet<String>();
        words.add(active(answer, "STBO") || active(answer, "STUF") ? "OB" : "OL");
        if (active(answer, "STBL")) words.add("LB");
        if (active(answer, "STBP")) words.add("BYPASS");
        attention(answer).forEach(code -> {
            switch (code) {
                case "BL" -> words.add("LB");
                case "OL" -> words.add("OVER");
                case "OD" -> words.add("OFF");
                default -> {}
            }
        });
        return words;
    }

    private static boolean active(List<Pair> answer, String mnemonic) {
        return values(answer, mnemonic).anyMatch("11"::equals);
    }

    /** The order is a command; a blank divides it from a parameter. A setting is acknowledged, anything else is not. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        String[] words = order.split(" ");
        line.discard();
        send(words[0]);
        if (words.length > 1) send(words[1]);
        if (argument.isEmpty()) return Outcome.handled();
        send(argument);
        try {
            String mnemonic = next();
            next();
            return mnemonic.startsWith("AC") ? Outcome.handled() : Outcome.failed("the UPS answered " + mnemonic);
        } catch (NoAnswerException | UnfitAnswerException silent) {
            return Outcome.failed("the UPS did not acknowledge");
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private void send(String text) throws IOException {
        line.append(begin + text + end);
    }

    /** The next line that says something. */
    private String next() throws IOException {
        for (int i = 0; i < MOST_EMPTY; i++) {
            String text = line.line('\n', LONGEST, wait).replace("\r", "").strip();
            if (!text.chars().allMatch(one -> one >= ' ' && one < 127))
                throw new UnfitAnswerException("what it sends is no answer");
            if (!text.isEmpty()) return text;
        }
        throw new UnfitAnswerException("what it sends is no answer");
    }
}
