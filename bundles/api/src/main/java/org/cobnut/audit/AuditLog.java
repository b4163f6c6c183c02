package org.cobnut.audit;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Writes the lines of the audit, to the logger {@value #LOGGER} and with the marker {@value #MARKER}; where they are kept
 * is said by etc/logback.xml. All that comes from outside is quoted and escaped, so that nobody can end a field or a line,
 * or begin one. May be called on any thread, and does not block.
 */
public final class AuditLog {
    /** The logger of all lines. */
    public static final String LOGGER = "org.cobnut.audit";

    /** The marker of all lines. */
    public static final String MARKER = "AUDIT";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final Marker AUDIT = MarkerFactory.getMarker(MARKER);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/%+-]{1,200}");
    private static final int LONGEST = 400;

    private AuditLog() {}

    /**
     * Writes one line.
     *
     * @param action what was done or tried, without any secret
     * @param result what came of it, the reason of a refusal included
     */
    public static void record(Actor actor, String action, String result) {
        LOG.info(AUDIT, "{}", line(actor, action, result));
    }

    static String line(Actor actor, String action, String result) {
        String from = actor.from();
        return "user=" + quoted(actor.user())
                + (actor.certified() ? " by certificate" : "")
                + " from=" + (PLAIN.matcher(from).matches() ? from : quoted(from))
                + " did=" + quoted(action)
                + " result=" + quoted(result);
    }

    /**
     * The text between quotes. What is no printable ASCII is escaped as in Java, and so are quotes, backslashes and what
     * would look like the name of a field; then whoever splits at quotes, or looks for {@code from=}, is not misled either.
     */
    private static String quoted(String text) {
        var line = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            boolean field = c == '=' && i > 0 && text.charAt(i - 1) != ' ';
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\' || field) line.append("\\u%04x".formatted((int) c));
            else line.append(c);
        }
        return line.append(text.length() > LONGEST ? "...\"" : "\"").toString();
    }
}
