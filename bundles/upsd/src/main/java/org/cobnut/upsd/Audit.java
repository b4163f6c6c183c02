package org.cobnut.upsd;

/** Makes what clients send fit for the log. */
final class Audit {
    private static final int LONGEST = 200;

    private Audit() {}

    /** A client's text as a log may hold it: one line of printable characters, not too long. */
    static String shown(String text) {
        var line = new StringBuilder(text.length());
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++)
            line.append(text.charAt(i) >= ' ' && text.charAt(i) < 0x7f ? text.charAt(i) : '?');
        return text.length() > LONGEST ? line.append("...").toString() : line.toString();
    }
}
