package org.cobnut.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The state path as ups.conf says it, else upsd.conf. Read here because the framework itself lives in it. */
final class StatePath {
    private static final Pattern SECTION = Pattern.compile("(?m)^\\s*\\[");
    private static final Pattern KEY =
            Pattern.compile("(?mi)^[ \\t]*statepath[ \\t]*=[ \\t]*(?:\"([^\"\\n]+)\"|([^\\s\"#]+))");
    private static final Pattern DIRECTIVE =
            Pattern.compile("(?m)^[ \\t]*STATEPATH[ \\t]+(?:\"([^\"\\n]+)\"|([^\\s\"#]+))");

    private StatePath() {}

    static Optional<Path> told(Path conf) {
        var drivers = SECTION.split(read(conf.resolve("ups.conf")), 2)[0];
        return find(KEY, drivers).or(() -> find(DIRECTIVE, read(conf.resolve("upsd.conf"))));
    }

    private static Optional<Path> find(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) return Optional.empty();
        return Optional.of(Path.of(found.group(1) == null ? found.group(2) : found.group(1)));
    }

    /** A file that cannot be read says nothing; whoever needs it says why. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
