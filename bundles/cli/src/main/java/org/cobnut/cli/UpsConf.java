package org.cobnut.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.wire.Lexer;

/** What upsdrvctl reads of ups.conf: the lines before the first section, and every section (ups.conf(5)). */
record UpsConf(Map<String, String> global, List<Section> sections) {
    /** A UPS, with the lines before the first section where its own say nothing. */
    record Section(String name, Map<String, String> own, Map<String, String> global) {
        /** NUT reads the digits with which a word begins. */
        private static final Pattern NUMBER = Pattern.compile("-?\\d{1,6}");

        Section {
            own = Map.copyOf(own);
            global = Map.copyOf(global);
        }

        Optional<String> driver() {
            return Optional.ofNullable(own.get("driver"));
        }

        /** The name of its socket, and of its PID file without an end. */
        String stem() {
            return driver().orElse("") + '-' + name;
        }

        int number(String key, int otherwise) {
            String text = own.getOrDefault(key, global.getOrDefault(key, ""));
            Matcher digits = NUMBER.matcher(text);
            return digits.lookingAt() ? Integer.parseInt(digits.group()) : otherwise;
        }
    }

    UpsConf {
        global = Map.copyOf(global);
        sections = List.copyOf(sections);
    }

    static UpsConf read(Path file) throws ProgramFailure {
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new ProgramFailure("Fatal error: Can't open " + file + ": "
                    + (Files.exists(file) ? "it cannot be read" : "No such file or directory"));
        }
    }

    static UpsConf parse(String text) {
        var global = new HashMap<String, String>();
        var found = new LinkedHashMap<String, Map<String, String>>();
        Map<String, String> lines = global;
        for (List<String> words : Lexer.lines(text)) {
            String first = words.isEmpty() ? "" : words.get(0);
            if (first.startsWith("[") && first.endsWith("]")) {
                // A section whose head stands twice goes on there.
                lines = found.computeIfAbsent(first.substring(1, first.length() - 1), name -> new HashMap<>());
            } else if (words.size() > 2 && words.get(1).equals("=")) lines.put(key(first), words.get(2));
            else if (words.size() == 1) lines.put(key(first), "");
        }
        found.remove("");
        return new UpsConf(
                global,
                found.entrySet().stream()
                        .map(section -> new Section(section.getKey(), section.getValue(), global))
                        .toList());
    }

    private static String key(String word) {
        return word.equalsIgnoreCase("statepath") ? "statepath" : word;
    }

    boolean flag(String key) {
        return global.containsKey(key);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(global.get(key)).filter(value -> !value.isEmpty());
    }
}
