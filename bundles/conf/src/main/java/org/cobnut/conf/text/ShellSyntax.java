package org.cobnut.conf.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the lines of nut.conf: {@code KEY=value} as a shell would read them, without expansion. */
public final class ShellSyntax {
    private static final String NAME = "([A-Za-z_][A-Za-z0-9_]*)";
    private static final String MARK = "(?:" + Tokens.MARK + ")?+";
    private static final Pattern IDLE =
            Pattern.compile(MARK + "\\s*(#.*)?|" + MARK + "\\s*export\\s+" + NAME + "\\s*(#.*)?");
    private static final String VALUE = "((?:'[^']*+'|\"(?:[^\"\\\\]++|\\\\.)*+\"|\\\\.|[^\\s'\"\\\\]++)*+)";
    private static final Pattern SETTING =
            Pattern.compile(MARK + "\\s*+(?:export\\s++)?" + NAME + "=" + VALUE + "\\s*+(?:(?<=\\s)#.*)?");
    private static final Pattern SPACED = Pattern.compile("\\s*(?:export\\s+)?" + NAME + "(\\s+=.*|=\\s+[^#\\s].*)");
    private static final Pattern PIECE =
            Pattern.compile("'([^']*)'|\"((?:[^\"\\\\]++|\\\\.)*+)\"|\\\\(.)|([^'\"\\\\]+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]*");

    private ShellSyntax() {}

    static List<LogicalLine> split(String file, String text) {
        var entries = new ArrayList<LogicalLine>();
        int line = 1;
        for (int start = 0; start < text.length(); line++) {
            int end = text.indexOf('\n', start) + 1;
            if (end == 0) end = text.length();
            entries.add(entry(file, line, text.substring(start, end)));
            start = end;
        }
        return entries;
    }

    static String line(String key, List<String> values) {
        return key + "=" + quote(String.join(" ", values));
    }

    static String rewrite(String raw, List<String> values) {
        Matcher setting = SETTING.matcher(raw.stripTrailing());
        if (!setting.matches()) throw new IllegalArgumentException("not a setting");
        return raw.substring(0, setting.start(2)) + quote(String.join(" ", values)) + raw.substring(setting.end(2));
    }

    private static LogicalLine entry(String file, int line, String raw) {
        String text = raw.stripTrailing();
        if (IDLE.matcher(text).matches()) return new LogicalLine(line, List.of(), raw, List.of());
        Matcher setting = SETTING.matcher(text);
        if (setting.matches())
            return new LogicalLine(line, List.of(setting.group(1), "=", unquote(setting.group(2))), raw, List.of());
        return new LogicalLine(line, List.of(), raw, List.of(Fault.error(file, line, complaint(text))));
    }

    private static String complaint(String text) {
        if (SPACED.matcher(text).matches()) return "no blank may stand beside the = of KEY=value";
        if (text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) return "a quote is not closed on its line";
        return "KEY=value is wanted, with quotes around a value that holds blanks";
    }

    private static String unquote(String value) {
        var text = new StringBuilder();
        Matcher piece = PIECE.matcher(value);
        while (piece.find()) {
            if (piece.group(1) != null) text.append(piece.group(1));
            else if (piece.group(2) != null) text.append(piece.group(2).replaceAll("\\\\([\"\\\\$`])", "$1"));
            else text.append(piece.group(3) != null ? piece.group(3) : piece.group(4));
        }
        return text.toString();
    }

    private static String quote(String value) {
        return PLAIN.matcher(value).matches() ? value : '"' + value.replaceAll("[\"\\\\$`]", "\\\\$0") + '"';
    }
}
