package org.cobnut.conf.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.conf.text.FileStore;

/**
 * Adds a text to the end of a file, and leaves what stands there.
 *
 * @param file its name
 * @param before what it held when it was read; empty for a file that was not there
 * @param after what it is to hold
 * @param text what is added
 * @param secret what of the text is not shown; empty for nothing
 */
record Addition(String file, String before, String after, String text, String secret) {
    /** Reads the file, and adds to what it holds. */
    static Addition to(Path directory, String file, String text, String secret) throws IOException {
        return of(file, read(directory.resolve(file)), text, secret);
    }

    private static Addition of(String file, String before, String text, String secret) {
        String gap = before.isEmpty() ? "" : before.endsWith("\n") ? "\n" : "\n\n";
        return new Addition(file, before, before + gap + text, text, secret);
    }

    /** Another addition to the same file, on top of this one. */
    Addition followedBy(String more, String moreSecret) {
        return of(file, after, more, moreSecret);
    }

    /** The same in place of the lines of a file for a shell that give this key this value, if it has one. */
    Addition inPlaceOf(String key, String value) {
        Matcher old = Pattern.compile("(?m)^[ \\t]*" + key + "[ \\t]*=[ \\t]*[\"']?" + value + "[\"']?[ \\t]*$")
                .matcher(before);
        return old.find() ? new Addition(file, before, old.replaceAll(text.strip()), text, secret) : this;
    }

    private static String read(Path path) throws IOException {
        return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    }

    /** What a person is to see: the file, and what is added, without passwords. */
    String shown(Path directory) {
        String seen = secret.isEmpty() ? text : text.replace(secret, "********");
        return "--- " + directory.resolve(file) + (before.isEmpty() ? " (a new file)\n" : " (added)\n") + seen;
    }

    /** Makes sure that the file is as it was read. */
    void check(Path directory) throws IOException {
        Path path = directory.resolve(file);
        if (!read(path).equals(before))
            throw new IOException(path + " has changed meanwhile, and is left as it is; run nutctl setup again");
    }

    /** Writes the file; a new one is for its owner and the directory's group only. */
    void write(Path directory) throws IOException {
        check(directory);
        Path path = directory.resolve(file);
        byte[] bytes = after.getBytes(StandardCharsets.ISO_8859_1);
        if (Files.exists(path)) FileStore.replace(path, bytes);
        else FileStore.install(path, bytes, "rw-r-----", path.resolveSibling(""));
    }
}
