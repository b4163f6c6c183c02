package org.cobnut.proof;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in session files beside plain characters: escapes and repetitions in requests, patterns in replies. */
final class Text {
    private static final Pattern REPEAT = Pattern.compile("\\{([^{}]*)\\*(\\d+)\\}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(n|r|t|\\\\|x[0-9a-fA-F]{2})");
    private static final Pattern NAMED = Pattern.compile("\\{(\\w+)\\}");
    private static final Map<String, String> PATTERNS = Map.of(
            "version",
            "2\\.8\\.\\d[^\"\\n]*?",
            "server",
            "Network UPS Tools upsd 2\\.8\\.\\d - https?://www\\.networkupstools\\.org/(?: - Cobnut [^\"\\n]+)?",
            "uuid",
            "[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}",
            "text",
            "(?!Description unavailable)(?:[^\"\\\\\\n]|\\\\.)+");

    /** A line of this alone stands for any number of lines about {@code driver.*}, which are each implementation's own. */
    private static final Pattern DRIVER = Pattern.compile("(?m)^\\{driver\\}\\n");

    private static final String DRIVER_LINES = "(?:(?:VAR|RW) \\S+ driver\\.[^\\n]*\\n)*";

    private Text() {}

    /** {@code {x*3}} is {@code xxx}. */
    static String repeat(String text) {
        return REPEAT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
    }

    /** {@code \n \r \t \\ \xHH} become the byte that they name; any other backslash stays as it is. */
    static String unescape(String text) {
        return ESCAPE.matcher(repeat(text)).replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
    }

    /** A request with the id of the last tracked request in its place. */
    static String withId(String request, String uuid) {
        return request.replace("{uuid}", uuid).replace("{lower:uuid}", uuid.toLowerCase(Locale.ROOT));
    }

    /** What matches the expected reply, its patterns aside byte for byte. */
    static Pattern pattern(String expected) {
        var regex = new StringBuilder();
        int from = 0;
        for (Matcher driver = DRIVER.matcher(expected); driver.find(); from = driver.end())
            regex.append(named(expected.substring(from, driver.start()))).append(DRIVER_LINES);
        return Pattern.compile(regex.append(named(expected.substring(from))).toString());
    }

    /** The last id in a reply, or the one from before. */
    static String id(String reply, String before) {
        Matcher id = Pattern.compile(PATTERNS.get("uuid")).matcher(reply);
        String last = before;
        while (id.find()) last = id.group();
        return last;
    }

    private static String named(String text) {
        var regex = new StringBuilder();
        int from = 0;
        for (Matcher name = NAMED.matcher(text); name.find(); from = name.end()) {
            String pattern = PATTERNS.get(name.group(1));
            if (pattern == null) throw new IllegalArgumentException("no pattern is called " + name.group());
            regex.append(Pattern.quote(text.substring(from, name.start()))).append(pattern);
        }
        return regex.append(Pattern.quote(text.substring(from))).toString();
    }

    private static String character(String escape) {
        return switch (escape.charAt(0)) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '\\' -> "\\";
            default -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
        };
    }
}
