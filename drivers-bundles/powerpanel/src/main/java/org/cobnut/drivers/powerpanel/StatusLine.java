package org.cobnut.drivers.powerpanel;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.table.UnfitAnswerException;

/** The status of UPSes that speak text: readings behind letters, and flags as bytes behind an S. Pure. */
final class StatusLine {
    /** The part that holds the flags, a character a byte. */
    static final String FLAGS = "S";

    // #I119.0O119.0L000B100T027F060.0S..
    // #I118.1O118.1L13B100V27.5F60.0HF60.0R65Q1.4S.....W
    private static final Pattern LINE =
            Pattern.compile("#(I\\d+(?:\\.\\d+)?O\\d+(?:\\.\\d+)?(?:[A-Z]+\\d+(?:\\.\\d+)?)+)S(.+)", Pattern.DOTALL);
    private static final Pattern READING = Pattern.compile("([A-Z])(\\d+(?:\\.\\d+)?)?");

    private StatusLine() {}

    /**
     * Reads an answer.
     *
     * @return readings by letter, and the flags; the second F is H, the frequency that comes out
     */
    static Map<String, String> parts(String answer) throws UnfitAnswerException {
        Matcher line = LINE.matcher(answer);
        if (!line.matches()) throw new UnfitAnswerException("'" + answer.strip() + "' is no status");
        var parts = new TreeMap<String, String>();
        Matcher reading = READING.matcher(line.group(1));
        while (reading.find()) {
            if (reading.group(2) == null) continue;
            String letter = reading.group(1).equals("F") && parts.containsKey("F") ? "H" : reading.group(1);
            parts.put(letter, reading.group(2));
        }
        parts.put(FLAGS, line.group(2));
        return parts;
    }
}
