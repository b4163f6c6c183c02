package org.cobnut.drivers.powerman;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;

/** Asks a powerman daemon: a line for each request, and lines with a number in front as its reply. */
final class PowermanClient implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(10);

    /** A cycle lasts as long as the unit waits between off and on. */
    private static final Duration SWITCHING = Duration.ofSeconds(25);

    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 5000;
    private static final String PROMPT = "powerman> ";
    private static final Pattern GREETING = Pattern.compile("001 .+");
    private static final Pattern LINE = Pattern.compile("(\\d{3}) (.*)");
    private static final Pattern STATE = Pattern.compile("(\\S+): +(\\w+)");

    private final ByteLink link;

    /** @throws IOException when the server at the far end is no powerman */
    PowermanClient(ByteLink link) throws IOException {
        this.link = link;
        String greeting = line(WAIT);
        if (!GREETING.matcher(greeting).matches())
            throw new IOException("the server greets with '%s', so it is no powerman; correct 'port'"
                    .formatted(greeting.substring(0, Math.min(40, greeting.length()))));
        // Nodes one by one, instead of rack[1-9].
        if (!ask("exprange", WAIT).text().endsWith("ON")) ask("exprange", WAIT);
    }

    /** A reply: what it lists, and its last line. */
    private record Reply(List<String> lines, int code, String text) {
        boolean failed() {
            return code >= 200;
        }
    }

    /** The states of all nodes, {@code on}, {@code off} or {@code unknown}, in the order in which the server lists them. */
    Map<String, String> states() throws IOException {
        var states = new LinkedHashMap<String, String>();
        for (String node : list("nodes")) states.put(node, "unknown");
        for (String line : list("status")) {
            Matcher state = STATE.matcher(line);
            if (state.matches()) states.replace(state.group(1), state.group(2));
        }
        return states;
    }

    private List<String> list(String request) throws IOException {
        Reply reply = ask(request, WAIT);
        if (reply.failed()) throw new IOException("powerman refuses '%s': %s".formatted(request, reply.text()));
        return reply.lines();
    }

    /** Switches a node: {@code on}, {@code off} or {@code cycle}. It is asked once; silence may mean that it was done. */
    Outcome switchNode(String action, String node) throws IOException {
        Reply reply;
        try {
            reply = ask(action + " " + node, SWITCHING);
        } catch (NoAnswerException silence) {
            return Outcome.failed("powerman did not answer; it may have obeyed");
        }
        return reply.failed() ? Outcome.failed("powerman says: " + reply.text()) : Outcome.handled();
    }

    private Reply ask(String request, Duration wait) throws IOException {
        link.discard();
        link.write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
        var lines = new ArrayList<String>();
        long end = System.nanoTime() + wait.toNanos();
        while (lines.size() < MOST_LINES) {
            String line = line(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) throw new IOException("powerman sends a line without a number: " + shortened(line));
            int code = Integer.parseInt(parts.group(1));
            if (code < 300) return new Reply(lines, code, parts.group(2));
            lines.add(parts.group(2).strip());
        }
        throw new IOException("powerman lists more than " + MOST_LINES + " nodes");
    }

    /** The next line without the prompt that stands in front of a reply. */
    private String line(Duration wait) throws IOException {
        String text = new String(link.readUntil('\n', LONGEST_LINE, wait), StandardCharsets.UTF_8).strip();
        while (text.startsWith(PROMPT)) text = text.substring(PROMPT.length());
        return text;
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(60, text.length()));
    }

    @Override
    public void close() {
        link.close();
    }
}
