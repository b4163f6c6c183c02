package org.cobnut.drivers.powerman;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.link.ByteLink;

/** A powerman daemon at the far end of a link in memory. */
final class FakePowerman implements ByteLink {
    static final String PROMPT = "powerman> ";

    private final Map<String, String> states = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> instead = new LinkedHashMap<>();
    private String out = "001 2.3.27\r\n" + PROMPT;
    private boolean expand;

    FakePowerman() {
        states.put("other", "on");
        states.put("rack1", "off");
        states.put("rack2", "unknown");
    }

    /** Greets in another way. */
    FakePowerman greeting(String text) {
        out = text;
        return this;
    }

    /** Answers this request otherwise; with nothing for silence. */
    FakePowerman answering(String request, String text) {
        instead.put(request, text);
        return this;
    }

    void remove(String node) {
        states.remove(node);
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void write(byte[] bytes) {
        String request = new String(bytes, StandardCharsets.UTF_8).strip();
        asked.add(request);
        String[] words = request.split(" ");
        String answer = instead.containsKey(request)
                ? instead.get(request)
                : switch (words[0]) {
                    case "exprange" -> {
                        expand = !expand;
                        yield "105 Hostrange expansion " + (expand ? "ON" : "OFF") + "\r\n";
                    }
                    case "nodes" -> listed("307 ", states.keySet().stream().toList());
                    case "status" ->
                        listed(
                                "303 ",
                                states.entrySet().stream()
                                        .map(state -> state.getKey() + ": " + state.getValue())
                                        .toList());
                    case "on", "off", "cycle" -> {
                        if (!states.containsKey(words[1])) yield "209 No such nodes: " + words[1] + "\r\n";
                        states.put(words[1], words[0].equals("off") ? "off" : "on");
                        yield "102 Command completed successfully\r\n";
                    }
                    default -> "201 Unknown command\r\n";
                };
        if (!answer.isEmpty()) out += answer + PROMPT;
    }

    private static String listed(String code, List<String> lines) {
        var text = new StringBuilder();
        for (String line : lines) text.append(code).append(line).append("\r\n");
        return text + "103 Query complete\r\n";
    }

    @Override
    public int read(byte[] into, Duration wait) {
        byte[] all = out.getBytes(StandardCharsets.UTF_8);
        int count = Math.min(into.length, all.length);
        System.arraycopy(all, 0, into, 0, count);
        out = new String(all, count, all.length - count, StandardCharsets.UTF_8);
        return count;
    }

    @Override
    public void discard() {
        out = "";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
