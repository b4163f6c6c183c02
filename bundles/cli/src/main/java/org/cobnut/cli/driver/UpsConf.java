package org.cobnut.cli.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.NutFile;
import org.cobnut.program.ProgramFailure;

/**
 * Reads the part of ups.conf that upsdrvctl needs: the lines before the first section, and every section (ups.conf(5)).
 */
public record UpsConf(Map<String, String> global, List<Section> sections) {
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

    public UpsConf {
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
        NutFile file = NutFile.parse(text, LineSyntax.SECTIONS);
        Map<String, String> global = settings(file.global());
        return new UpsConf(
                global,
                file.sections().stream()
                        .map(section -> new Section(section.name(), settings(section), global))
                        .toList());
    }

    private static Map<String, String> settings(NutFile.Section section) {
        var settings = new HashMap<String, String>();
        for (List<String> words : section.lines()) {
            if (words.size() > 2 && words.get(1).equals("=")) settings.put(key(words.get(0)), words.get(2));
            else if (words.size() == 1) settings.put(key(words.get(0)), "");
        }
        return settings;
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
