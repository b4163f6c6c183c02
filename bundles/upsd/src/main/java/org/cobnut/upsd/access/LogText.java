package org.cobnut.upsd.access;

/** Makes text from clients safe for the log. */
public final class LogText {
    private static final int LONGEST = 200;

    private LogText() {}

    /** Reduces a text to one line of printable characters of limited length. */
    public static String printable(String text) {
        var line = new StringBuilder(text.length());
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++)
            line.append(text.charAt(i) >= ' ' && text.charAt(i) < 0x7f ? text.charAt(i) : '?');
        return text.length() > LONGEST ? line.append("...").toString() : line.toString();
    }
}
