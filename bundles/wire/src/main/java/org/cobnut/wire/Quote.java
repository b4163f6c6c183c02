package org.cobnut.wire;

/** Text as the grammar writes it: only {@code #}, {@code \} and {@code "} need a backslash before them. */
public final class Quote {
    private Quote() {}

    /** The text with its special characters escaped, ready to stand between quotes. */
    public static String escape(String text) {
        if (text.indexOf('"') < 0 && text.indexOf('\\') < 0 && text.indexOf('#') < 0) return text;
        var out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '#') out.append('\\');
            out.append(c);
        }
        return out.toString();
    }

    /** The text escaped and between quotes: one word, whatever it holds. */
    public static String quote(String text) {
        return '"' + escape(text) + '"';
    }

    /** The text as one word, quoted only where it must be. */
    public static String word(String text) {
        boolean bare = !text.isEmpty();
        for (int i = 0; bare && i < text.length(); i++) {
            char c = text.charAt(i);
            bare = c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '#' && c != '=';
        }
        return bare ? text : quote(text);
    }
}
