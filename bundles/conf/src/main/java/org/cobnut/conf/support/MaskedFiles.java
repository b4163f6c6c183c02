package org.cobnut.conf.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SecretValues;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;
import org.cobnut.driver.Secrets;

/**
 * Shows NUT's files without passwords, and without comments and lines that cannot be read, for they may hold one, too; and
 * takes what it found out of other texts. One thread.
 */
final class MaskedFiles {
    private static final String MASK = "********";
    /** Shorter texts stand in others by chance. */
    private static final int SHORTEST = 4;

    private final Path directory;
    private final Set<String> secrets =
            new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    MaskedFiles(Path directory) {
        this.directory = directory;
    }

    /** The lines of a file with their numbers; says so when there is none. */
    String text(Schema schema) throws IOException {
        Path file = directory.resolve(schema.file());
        if (!Files.exists(file)) return "there is no " + file + '\n';
        var text = new StringBuilder();
        for (LogicalLine line : schema.style().split(schema.file(), Files.readAllBytes(file))) {
            if (!line.faults().isEmpty()) text.append(line.line()).append(": (cannot be read, and is left out)\n");
            else if (!line.words().isEmpty())
                text.append(line.line())
                        .append(": ")
                        .append(shown(schema.style(), line))
                        .append('\n');
        }
        return text.toString();
    }

    private String shown(LineSyntax style, LogicalLine line) {
        if (line.header()) return String.join(" ", line.words());
        List<String> values = new ArrayList<>(SecretValues.values(style, line));
        for (int i = 0; i < values.size(); i++)
            if (SecretValues.secret(line, i)) {
                secrets.add(values.get(i));
                values.set(i, MASK);
            }
        // NUT writes "upsmon primary" without a sign.
        boolean bare = style == LineSyntax.SECTIONS
                && line.values().size() == line.words().size() - 1;
        return (bare ? LineSyntax.DIRECTIVES : style).line(line.key(), values);
    }

    /** A text without the secrets of the files that were shown, and without variables that hold one. */
    String without(String text) {
        String clean = text;
        for (String secret : secrets) if (secret.length() >= SHORTEST) clean = clean.replace(secret, MASK);
        var lines = new StringBuilder();
        clean.lines().forEach(line -> {
            int value = line.indexOf(": ");
            boolean hidden = value > 0 && line.startsWith("driver.") && Secrets.holds(line.substring(0, value));
            lines.append(hidden ? line.substring(0, value + 2) + MASK : line).append('\n');
        });
        return lines.toString();
    }
}
