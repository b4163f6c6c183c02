package org.cobnut.link.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cobnut.link.Link;

/**
 * What passed between a driver and its device, as text: a line for each thing, its first character says what it is.
 *
 * <pre>
 * cobnut transcript 1
 * driver nutdrv_qx                  the driver that spoke
 * port /dev/ttyS0                   its port
 * option offdelay 30                each of its options; a secret stands as (hidden)
 * link org.cobnut.link.ByteLink /dev/ttyS0
 * # a comment
 * &gt; Q1\r                            sent; nothing behind it for what comes by itself
 * &lt; (230.0 ...\r                    received; nothing behind it for silence
 * + more                            the rest of a long line
 * ! the line is gone                the link failed
 * = cts true                        a state that was read
 * </pre>
 *
 * A backslash begins {@code \r \n \t \\}, {@code \xHH} or {@code \}{@code uHHHH}. Lines before the first {@code >} or {@code <} may
 * be absent; there is one link then, of any kind and port.
 */
public final class Transcript {
    /** The first line of a file. */
    public static final String HEADER = "cobnut transcript 1";
    /** The longest text that one line holds. */
    public static final int LONGEST = 1000;

    private static final String ANY = "";

    private final String name;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, Conversation> links = new HashMap<>();
    private String driver = "";
    private String port = "";
    private String link = ANY;

    private Transcript(String name) {
        this.name = name;
    }

    /** Reads a file. */
    public static Transcript read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** Reads text, as a test has it. */
    public static Transcript of(String text) {
        try {
            return parse("transcript", text);
        } catch (IOException fault) {
            throw new IllegalArgumentException(fault.getMessage(), fault);
        }
    }

    /** The driver that spoke; empty when it is not said. */
    public String driver() {
        return driver;
    }

    /** The port of its section; empty when it is not said. */
    public String port() {
        return port;
    }

    /** The options of its section; a flag's value is empty. */
    public Map<String, String> options() {
        return Map.copyOf(options);
    }

    /** The conversation over the link of this kind and port. */
    public Conversation conversation(Class<? extends Link> kind, String at) throws IOException {
        Conversation found = links.getOrDefault(kind.getName() + " " + at, links.get(ANY));
        if (found == null) throw new IOException(name + " holds no " + kind.getSimpleName() + " to " + at);
        return found;
    }

    /** The one conversation, of whatever link. */
    public Conversation conversation() {
        return links.size() == 1 ? links.values().iterator().next() : conversation(ANY);
    }

    private Conversation conversation(String key) {
        return links.computeIfAbsent(key, same -> new Conversation());
    }

    private static Transcript parse(String name, String text) throws IOException {
        var transcript = new Transcript(name);
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            try {
                if (!line.isBlank() && !line.startsWith("#") && !line.equals(HEADER)) transcript.take(line);
            } catch (IllegalArgumentException fault) {
                throw new IOException(name + ":" + number + ": " + fault.getMessage(), fault);
            }
        }
        return transcript;
    }

    private void take(String line) {
        String text = unescape(line.substring(Math.min(2, line.length())));
        switch (line.charAt(0)) {
            case '>' -> conversation(link).addQuestion(text);
            case '<' -> conversation(link).addAnswer(text);
            case '!' -> conversation(link).addFailure(text);
            case '=' -> {
                String[] words = text.split(" ", 2);
                conversation(link).addState(words[0], words.length > 1 ? words[1] : "");
            }
            case '+' -> {
                if (!conversation(link).extend(text))
                    throw new IllegalArgumentException("'+' without a line before it");
            }
            default -> takeHeader(line);
        }
    }

    private void takeHeader(String line) {
        String[] words = line.split(" ", 3);
        String rest = words.length > 1 ? unescape(line.substring(words[0].length() + 1)) : "";
        switch (words[0]) {
            case "driver" -> driver = rest;
            case "port" -> port = rest;
            case "option" -> {
                if (words.length == 1) throw new IllegalArgumentException("'option' without a name");
                options.put(unescape(words[1]), words.length > 2 ? unescape(words[2]) : "");
            }
            case "link" -> {
                link = rest;
                conversation(link);
            }
            case "cobnut" -> throw new IllegalArgumentException("this is '" + line + "', and not '" + HEADER + "'");
            default -> throw new IllegalArgumentException("'" + words[0] + "' begins no line of a transcript");
        }
    }

    /** Text as it stands in a line: printable ASCII, no blank at the end. */
    public static String escape(String text) {
        var line = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lastBlank = c == ' ' && i == text.length() - 1;
            if (c == '\r') line.append("\\r");
            else if (c == '\n') line.append("\\n");
            else if (c == '\t') line.append("\\t");
            else if (c == '\\') line.append("\\\\");
            else if (c > 0xff) line.append("\\u%04x".formatted((int) c));
            else if (c < ' ' || c > '~' || lastBlank) line.append("\\x%02x".formatted((int) c));
            else line.append(c);
        }
        return line.toString();
    }

    private static String unescape(String line) {
        if (line.indexOf('\\') < 0) return line;
        var text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char kind = ++i < line.length() ? line.charAt(i) : ' ';
            switch (kind) {
                case 'r' -> text.append('\r');
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case '\\' -> text.append('\\');
                case 'x', 'u' -> {
                    int digits = kind == 'x' ? 2 : 4;
                    text.append(code(line, i + 1, digits));
                    i += digits;
                }
                default ->
                    throw new IllegalArgumentException("'\\" + kind + "' is no escape; a backslash is written \\\\");
            }
        }
        return text.toString();
    }

    private static char code(String line, int from, int digits) {
        String hex = line.substring(Math.min(from, line.length()), Math.min(from + digits, line.length()));
        if (!hex.matches("[0-9a-fA-F]{" + digits + "}"))
            throw new IllegalArgumentException("'" + hex + "' is not " + digits + " hexadecimal digits");
        return (char) Integer.parseInt(hex, 16);
    }
}
