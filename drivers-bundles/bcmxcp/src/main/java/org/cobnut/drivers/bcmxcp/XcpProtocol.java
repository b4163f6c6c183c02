package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** Asks for blocks and gives orders, each of which a unit takes only after an authorisation. */
final class XcpProtocol implements LineProtocol<String> {
    static final int LOW_BATTERY = 56;
    static final int NEEDS_SERVICE = 149;
    static final int ON_BATTERY = 168;
    static final int TEST_FAILED = 191;

    /** Lets a unit take one order within the next 16 s. */
    static final String AUTHORISATION = "\u00cfi\u00e8\u00d5";

    /** A PW9120 needs more than a second. */
    private static final Duration AUTHORISING = Duration.ofSeconds(2);

    private static final int TRIES = 3;
    private static final int STRINGS = 18;
    private static final int TOPOLOGY_LOW_BATTERY = 0x20;

    private final XcpLine line;
    private final XcpIdentity identity;
    private final int topologyMask;
    private Set<Integer> active = Set.of();

    /** @param topologyMask the bits of the second byte of the status that this unit has */
    XcpProtocol(XcpLine line, XcpIdentity identity, int topologyMask) {
        this.line = line;
        this.identity = identity;
        this.topologyMask = topologyMask;
    }

    /** Asks for a block until it is answered, so often at most. */
    static String block(XcpLine line, Block block, int tries) throws IOException {
        return RequestLine.repeat(tries, () -> {
            line.send(XcpFrames.request(block.request()));
            return XcpFrames.answer(line, block.request());
        });
    }

    /** Gives an order of these bytes, once, and reads what the unit says to it. */
    static String order(XcpLine line, String bytes) throws IOException {
        line.send(XcpFrames.request(AUTHORISATION));
        line.rest(AUTHORISING);
        line.send(XcpFrames.request(bytes));
        return XcpFrames.answer(line, bytes);
    }

    @Override
    public String ask(String question) throws IOException {
        Block block = Block.valueOf(question);
        if (block == Block.IDENTITY) return "";
        String answer = block(line, block, TRIES);
        if (block == Block.ALARMS) active = active(answer);
        return answer;
    }

    @Override
    public Optional<String> part(String block, AnswerPart part) {
        String[] words = part.part().split(" ");
        int at = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        return switch (words[0]) {
            case "byte" -> XcpBytes.number(block, at, 1).map(String::valueOf);
            case "word" -> XcpBytes.number(block, at, 2).map(String::valueOf);
            case "signed" -> XcpBytes.number(block, at, 2).map(number -> String.valueOf(number.shortValue()));
            case "text" -> text(block, at);
            case "meter" -> meter(block, at);
            case "load" -> load(block);
            case "alarms" ->
                Optional.of(active.stream().sorted().map(XcpNames::alarm).collect(Collectors.joining(" ")));
            case "status" -> Optional.of(status(block));
            case "charger" ->
                XcpBytes.number(block, STRINGS, 1)
                        .flatMap(strings -> XcpBytes.number(block, STRINGS + strings.intValue() + 2, 1))
                        .map(String::valueOf);
            default -> Optional.of("");
        };
    }

    /** The order and its argument are bytes in hexadecimal. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        String bytes = new String(HexFormat.of().parseHex(order + argument), StandardCharsets.ISO_8859_1);
        try {
            return outcome(order(line, bytes).charAt(0));
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

    private static Outcome outcome(char code) {
        return switch (code) {
            case 0x31, 0x37 -> Outcome.handled();
            case 0x32 -> Outcome.invalid("the UPS does not have this command");
            case 0x33 -> Outcome.failed("the UPS is busy, or its front panel forbids it");
            case 0x35 -> Outcome.invalid("the UPS does not take this value: it is out of range");
            case 0x36 -> Outcome.invalid("the UPS does not take this value");
            case 0x38 -> Outcome.invalid("the UPS does not let this be changed");
            default -> Outcome.failed("the UPS did not understand it");
        };
    }

    private Set<Integer> active(String block) throws UnfitAnswerException {
        List<Integer> numbers = identity.alarms();
        if (block.length() < numbers.size()) throw new UnfitAnswerException("its answer is too short");
        return IntStream.range(0, numbers.size())
                .filter(place -> block.charAt(place) > 0)
                .mapToObj(numbers::get)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Optional<String> text(String block, int at) {
        if (at >= block.length()) return Optional.empty();
        String text = XcpBytes.text(block.substring(at, Math.min(block.length(), at + 16)));
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private Optional<String> meter(String block, int number) {
        int place = identity.place(number);
        return place < 0
                ? Optional.empty()
                : XcpBytes.meter(block, 4 * place, identity.meters().get(number));
    }

    /** Percent: of the power, or of the current, that the unit can give. */
    private Optional<String> load(String block) {
        return share(block, 23, 71).or(() -> share(block, 65, 68));
    }

    private Optional<String> share(String block, int meter, int most) {
        Optional<Double> now = meter(block, meter).flatMap(Numbers::parse);
        Optional<Double> full = meter(block, most).flatMap(Numbers::parse).filter(value -> value > 0);
        return now.flatMap(value -> full.map(whole -> Numbers.format(100 * value / whole, 1)));
    }

    /** Words of ups.status; what the alarms of this moment say of the battery counts before the rest. */
    private String status(String block) {
        String words =
                switch (block.charAt(0)) {
                    case 0xF0 -> "OB";
                    case 0xE0 -> "OL OVER";
                    case 0x63 -> "OL TRIM";
                    case 0x61, 0x62 -> "OL BOOST";
                    case 0x60 -> "OL BYPASS";
                    case 0x10 -> "OFF";
                    default -> "OL";
                };
        if (active.contains(ON_BATTERY)) words = words.startsWith("OL") ? "OB" + words.substring(2) : "OB " + words;
        boolean low = XcpBytes.number(block, 1, 1)
                .filter(bits -> (bits & topologyMask & TOPOLOGY_LOW_BATTERY) != 0)
                .isPresent();
        if (low || active.contains(LOW_BATTERY)) words += " LB";
        if (active.contains(NEEDS_SERVICE) || active.contains(TEST_FAILED)) words += " RB";
        return words;
    }
}
