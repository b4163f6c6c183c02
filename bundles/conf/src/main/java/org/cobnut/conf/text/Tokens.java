package org.cobnut.conf.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Quote;

/**
 * Finds where the words of a raw line stand, so that one value can be replaced and nothing else. Agrees with {@link
 * Lexer}.
 */
public final class Tokens {
    /** With these three bytes some editors begin a file (a byte order mark); they say nothing. */
    static final String MARK = "\u00ef\u00bb\u00bf";

    /** As UTF-8 writes them: two double ones and two single ones. */
    private static final Pattern TYPOGRAPHIC = Pattern.compile("\u00e2\u0080[\u009c\u009d\u0098\u0099]");

    private static final String GAP = "(?:[ \\t\\r\\x0b\\f]|\\\\\\n)*+";
    private static final String QUOTED = "\"(?:[^\"\\\\]++|\\\\.)*+\"";
    private static final String BARE = "(?:[^\\s\"#=\\\\]|\\\\[^\\n])(?:[^\\s#=\\\\]++|\\\\.)*+";
    private static final Pattern WORD = Pattern.compile(GAP + "(" + QUOTED + "|=|" + BARE + ")", Pattern.DOTALL);

    private record Token(int start, int end) {}

    private Tokens() {}

    /** The words of a line as they stand in it, quotes and backslashes included. */
    public static List<String> of(String raw) {
        return find(raw).stream()
                .map(token -> raw.substring(token.start, token.end))
                .toList();
    }

    /** A new line, without its end. */
    static String line(String key, String sign, List<String> values) {
        if (values.isEmpty()) return key;
        return key + sign + " " + values.stream().map(Quote::word).collect(Collectors.joining(" "));
    }

    /** The line with other values behind its keyword; a value that was quoted stays quoted. */
    static String rewrite(String raw, String sign, List<String> values) {
        List<Token> tokens = find(raw);
        Token last = tokens.get(tokens.size() - 1);
        boolean signed = tokens.size() > 1 && raw.startsWith("=", tokens.get(1).start);
        int first = signed ? 2 : 1;
        String head = signed || first < tokens.size() ? "" : sign;
        int from = first < tokens.size() ? tokens.get(first).start : last.end;
        if (values.isEmpty()) return raw.substring(0, tokens.get(0).end) + raw.substring(last.end);
        var text = new StringBuilder(raw.substring(0, from)).append(head);
        if (first >= tokens.size()) text.append(' ');
        for (int i = 0; i < values.size(); i++) {
            int at = Math.min(first + i, tokens.size() - 1);
            boolean quoted = at >= first && raw.charAt(tokens.get(at).start) == '"';
            if (i > 0) text.append(' ');
            text.append(quoted ? Quote.quote(values.get(i)) : Quote.word(values.get(i)));
        }
        return text.append(raw.substring(last.end)).toString();
    }

    /** What the grammar quietly drops from a line. */
    static List<Fault> limits(String file, int line, String raw) {
        List<String> words = of(raw);
        var faults = new ArrayList<Fault>();
        if (words.size() > Lexer.MAX_WORDS)
            faults.add(Fault.warning(
                    file, line, "a line has at most %d words; the rest is ignored".formatted(Lexer.MAX_WORDS)));
        if (words.stream().anyMatch(word -> word.length() > Lexer.MAX_LENGTH + 2))
            faults.add(Fault.warning(
                    file, line, "a word has at most %d characters; the rest is ignored".formatted(Lexer.MAX_LENGTH)));
        if (words.stream().anyMatch(word -> TYPOGRAPHIC.matcher(word).find()))
            faults.add(Fault.warning(file, line, "typographic quotes are no quotes and are left out; write \""));
        else if (words.stream().anyMatch(word -> word.chars().anyMatch(c -> c > 0x7f)))
            faults.add(Fault.warning(file, line, "characters outside ASCII are left out"));
        return faults;
    }

    /** Counts how many bytes of a file's beginning are a byte order mark. */
    static int mark(byte[] bytes) {
        boolean marked = bytes.length >= MARK.length();
        for (int i = 0; marked && i < MARK.length(); i++) marked = (bytes[i] & 0xff) == MARK.charAt(i);
        return marked ? MARK.length() : 0;
    }

    private static List<Token> find(String raw) {
        var tokens = new ArrayList<Token>();
        Matcher matcher = WORD.matcher(raw);
        for (int at = raw.startsWith(MARK) ? MARK.length() : 0;
                matcher.region(at, raw.length()).lookingAt();
                at = matcher.end()) tokens.add(new Token(matcher.start(1), matcher.end(1)));
        return tokens;
    }
}
