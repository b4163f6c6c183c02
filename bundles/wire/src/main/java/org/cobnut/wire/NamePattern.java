package org.cobnut.wire;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Matches names of UPSes as upsmon.conf has them, {@code UPS@HOST}. In a pattern {@code *} stands for any text. A pattern
 * without {@code @} is for the UPS of that name on every host. Case does not count.
 */
public final class NamePattern {
    private final String text;
    private final Pattern pattern;

    private NamePattern(String text) {
        this.text = text;
        String host = text.contains("@") || text.equals("*") ? "" : "(@.*)?";
        pattern = Pattern.compile(Stream.of(text.toLowerCase(Locale.ROOT).split("\\*+", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))
                + host);
    }

    /** A pattern as it is written. */
    public static NamePattern of(String text) {
        return new NamePattern(text);
    }

    /** Tells whether a UPS is meant. */
    public boolean matches(String ups) {
        return pattern.matcher(ups.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
