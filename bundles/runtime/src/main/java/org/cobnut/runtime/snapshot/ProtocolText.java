package org.cobnut.runtime.snapshot;

/** What a driver said, made fit for one line of the protocol. */
public final class ProtocolText {
    /** The longest value that NUT's programs take whole. */
    static final int LONGEST = 511;

    private ProtocolText() {}

    /** Printable ASCII only, without blanks at the ends, not too long. */
    public static String value(String from) {
        String clean = (from.chars().allMatch(c -> c >= ' ' && c <= '~') ? from : from.replaceAll("[^ -~]", "")).trim();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST).trim();
    }

    /** A name without what no name can hold; empty when nothing is left. */
    static String name(String from) {
        boolean fit = from.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
        return fit ? from : from.replaceAll("[^!-~]|[\"\\\\]", "");
    }
}
