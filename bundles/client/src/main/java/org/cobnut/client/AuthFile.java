package org.cobnut.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Lexer;

/** Reads nutauth.conf and what it includes (nutauth.conf(5)). An IOException says file, line and reason, never a value. */
final class AuthFile {
    private static final Set<String> WORDS = Set.of(
            "USER", "PASS", "CERTPATH", "CERTFILE", "CERTIDENT_NAME", "CERTIDENT_PASS", "SSLBACKEND", "CERTHOST");
    private static final Set<String> SWITCHES = Set.of("CERTVERIFY", "FORCESSL");
    private static final Map<String, String> LONG = Map.of("USERNAME", "USER", "PASSWORD", "PASS");
    private static final Map<String, String> TRUTH =
            Map.of("on", "1", "yes", "1", "true", "1", "1", "1", "off", "0", "no", "0", "false", "0", "0", "0");
    private static final int DEPTH = 16;
    private static final long LONGEST = 1 << 20;

    private final Consumer<String> warnings;
    private final Map<AuthScope, Map<String, String>> sections = new LinkedHashMap<>();

    private AuthFile(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** The sections in the order of the files: keys in capitals, switches as 1 or 0. */
    static Map<AuthScope, Map<String, String>> read(Path path, Consumer<String> warnings) throws IOException {
        var file = new AuthFile(warnings);
        file.read(path, AuthScope.GLOBAL, 1);
        return file.sections;
    }

    /** Reads a file whose first lines belong to a section of the file that includes it. */
    private void read(Path path, AuthScope parent, int depth) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(path) > LONGEST) throw new IOException("too long");
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IOException(path + ": cannot be read: " + ErrorText.of(e), e);
        }
        if (NutAuth.open(path)) warnings.accept("WARNING: " + path + NutAuth.OPEN);
        var lexer = new Lexer();
        AuthScope section = parent;
        for (int i = 0; i <= bytes.length; i++) {
            Lexer.Event event = i < bytes.length ? lexer.accept(bytes[i]) : lexer.end();
            if (event == Lexer.Event.ERROR) throw wrong(path, lexer, "a # between quotes needs a backslash before it");
            if (event == Lexer.Event.LINE && !lexer.words().isEmpty())
                section = line(path, lexer, parent, section, depth);
        }
    }

    /** Takes a line, and says in which section the next one stands. */
    private AuthScope line(Path path, Lexer lexer, AuthScope parent, AuthScope section, int depth) throws IOException {
        List<String> words = lexer.words();
        String first = words.get(0);
        if (first.startsWith("[")) {
            if (!first.endsWith("]")) throw wrong(path, lexer, "a section begins with [NAME] as one word");
            try {
                return AuthScope.of(first.substring(1, first.length() - 1));
            } catch (IllegalArgumentException e) {
                throw wrong(path, lexer, "not a section: " + e.getMessage());
            }
        }
        // Of a file within a section, only that section counts.
        boolean counts = parent.equals(AuthScope.GLOBAL) || section.equals(parent);
        if (first.equalsIgnoreCase("INCLUDE") || first.equalsIgnoreCase("INCLUDE_REQUIRED")) {
            if (counts) include(path, lexer, section, depth);
            return section;
        }
        if (words.size() != 3 || !words.get(1).equals("="))
            throw wrong(path, lexer, "KEY = VALUE is wanted, with quotes around a value that holds blanks");
        put(path, lexer, counts ? sections.computeIfAbsent(section, any -> new HashMap<>()) : new HashMap<>());
        return section;
    }

    private static void put(Path path, Lexer lexer, Map<String, String> values) throws IOException {
        String word = lexer.words().get(0);
        String value = lexer.words().get(2);
        String key = word.toUpperCase(Locale.ROOT);
        key = LONG.getOrDefault(key, key);
        if (SWITCHES.contains(key)) {
            String truth = TRUTH.getOrDefault(value.toLowerCase(Locale.ROOT), "");
            if (value.equals("-1")) {
                values.remove(key); // as if nothing were said here, so that what is said less specifically counts
                return;
            }
            if (truth.isEmpty())
                throw wrong(path, lexer, key + " wants on, yes or 1, off, no or 0, or -1 for what is said of all");
            values.put(key, truth);
        } else if (WORDS.contains(key)) values.put(key, value);
        else throw wrong(path, lexer, "unknown key '" + word + "'");
    }

    private void include(Path path, Lexer lexer, AuthScope section, int depth) throws IOException {
        List<String> words = lexer.words();
        int from = words.size() > 1 && words.get(1).equals("=") ? 2 : 1;
        if (words.size() != from + 1) throw wrong(path, lexer, words.get(0) + " wants one file");
        if (depth == DEPTH) throw wrong(path, lexer, "files include each other");
        Path other = path.resolveSibling(words.get(from));
        boolean required = words.get(0).equalsIgnoreCase("INCLUDE_REQUIRED");
        if (!Files.exists(other) && !required) return;
        if (!Files.isReadable(other)) throw wrong(path, lexer, other + " cannot be read");
        read(other, section, depth + 1);
    }

    private static IOException wrong(Path path, Lexer lexer, String reason) {
        return new IOException(path + ":" + lexer.line() + ": " + reason);
    }
}
