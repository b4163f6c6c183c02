package org.cobnut.cli.log;

import java.io.IOException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.client.NutException;
import org.cobnut.client.Ups;
import org.jspecify.annotations.Nullable;

/**
 * Formats what upslog writes of a UPS (upslog(8)): a text with escapes {@code %WORD argument%}. Words count in any
 * case, and as the beginnings of longer words, as in NUT.
 */
public final class LogFormat {
    /** What NUT writes when nothing else is asked for. */
    static final String DEFAULT = "%TIME @Y@m@d @H@M@S% %VAR battery.charge% %VAR input.voltage% %VAR ups.load%"
            + " [%VAR ups.status%] %VAR ups.temperature% %VAR input.frequency%";

    /** What -N puts before it. */
    static final String WITH_NAME = "%UPSHOST%%t";

    private static final String INVALID = "INVALID";
    private static final String NOTHING = "NA";

    private enum Word {
        TEXT,
        HOST,
        UPSHOST,
        PID,
        TIME,
        VAR,
        ETIME
    }

    private record Part(Word word, String argument) {}

    private final List<Part> parts = new ArrayList<>();
    private final String host;
    private final Clock clock;

    LogFormat(String format, String host, Clock clock) {
        this.host = host;
        this.clock = clock;
        var text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            int end = format.indexOf('%', i + 1);
            if (format.charAt(i) != '%') text.append(format.charAt(i));
            else if (format.startsWith("%t", i) && !format.regionMatches(true, i, "%time ", 0, 6)) {
                text.append('\t');
                i++;
            } else if (end < 0) text.append(INVALID);
            else {
                parts.add(new Part(Word.TEXT, text.toString()));
                text.setLength(0);
                parts.add(end == i + 1 ? new Part(Word.TEXT, "%") : part(format.substring(i + 1, end)));
                i = end;
            }
        }
        parts.add(new Part(Word.TEXT, text.toString()));
    }

    private static Part part(String escape) {
        int blank = escape.indexOf(' ');
        String name = blank < 0 ? escape : escape.substring(0, blank);
        String argument = blank < 0 ? "" : escape.substring(blank + 1);
        for (Word word : Word.values()) {
            String known = word.name();
            if (word == Word.TEXT || !name.regionMatches(true, 0, known, 0, known.length())) continue;
            boolean bad = word == Word.VAR ? argument.indexOf('.') < 0 : word == Word.TIME && argument.isEmpty();
            return bad ? new Part(Word.TEXT, INVALID) : new Part(word, argument);
        }
        return new Part(Word.TEXT, INVALID);
    }

    /**
     * One line, without its end.
     *
     * @param name of the UPS as it was given
     * @param ups to ask; null when its server cannot be reached
     */
    String line(String name, @Nullable Ups ups) {
        var line = new StringBuilder();
        boolean lost = false;
        for (Part part : parts) {
            switch (part.word) {
                case TEXT -> line.append(part.argument);
                case HOST -> line.append(host);
                case UPSHOST -> line.append(name);
                case PID -> line.append(ProcessHandle.current().pid());
                case ETIME -> line.append(clock.instant().getEpochSecond());
                case TIME -> line.append(Strftime.format(part.argument.replace('@', '%'), ZonedDateTime.now(clock)));
                case VAR -> {
                    // A server that has gone is not asked for each variable anew.
                    try {
                        line.append(ups == null || lost ? NOTHING : ups.get(part.argument));
                    } catch (NutException answer) {
                        line.append(NOTHING);
                    } catch (IOException gone) {
                        lost = true;
                        line.append(NOTHING);
                    }
                }
            }
        }
        return line.toString();
    }
}
