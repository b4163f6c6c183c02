package org.cobnut.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The results, a row each, as Markdown: on the screen and in a file, as they come. */
final class Table {
    private final Path file;

    Table(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "");
    }

    void head() {
        line("| work | aim | C upsd | ours | came to |");
        line("|---|---|---|---|---|");
    }

    void row(String work, String aim, String theirs, String ours, String cameTo) {
        line("| " + String.join(" | ", work, aim, theirs, ours, cameTo) + " |");
    }

    void line(String text) {
        System.out.println(text);
        try {
            Files.writeString(file, text + '\n', StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
