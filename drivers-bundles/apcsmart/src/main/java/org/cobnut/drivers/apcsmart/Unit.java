package org.cobnut.drivers.apcsmart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.line.RequestLine;

/**
 * Which letters a UPS knows, and which choices its settings have.
 *
 * @param choices by letter, as the UPS writes them
 */
record Unit(String letters, Map<Character, List<String>> choices) {
    /** What each UPS of the smart kind knows. */
    private static final String LEAST = "@789ABCFGKLMNOPQRSUVWXYZ";

    private static final String FIRST = "@789ABCDEFGKLMNOPQRSTUVWXYZcefgjklmnopqrsuwxz/<>\\^\f\u0016";
    private static final String SECOND = "@79ABCDEFGKLMNOPQRSUVWXYZcefgjklmnopqrsuxz/<>";
    private static final String THIRD = "@79ABCDEFGKLMNOPQRSUVWXYZcefgjklmnopqrsuxz";
    private static final String FOURTH = "@79ABCEFGKLMNOPQRSUVWXYZcfg";

    /** Letters by firmware, for UPSes of before the letter a. */
    private static final Map<String, String> BY_FIRMWARE = Map.ofEntries(
            Map.entry("0XI", FIRST),
            Map.entry("0XM", FIRST),
            Map.entry("0ZI", SECOND),
            Map.entry("5UI", SECOND),
            Map.entry("5ZM", SECOND),
            Map.entry("6QD", THIRD),
            Map.entry("6QI", THIRD),
            Map.entry("6TD", THIRD),
            Map.entry("6TI", THIRD),
            Map.entry("7QD", THIRD),
            Map.entry("7QI", THIRD),
            Map.entry("7TD", THIRD),
            Map.entry("7TI", THIRD),
            Map.entry("8QD", THIRD),
            Map.entry("8QI", THIRD),
            Map.entry("8TD", THIRD),
            Map.entry("8TI", THIRD),
            Map.entry("6JI", "@789ABCFGKLMNOPQSTUVWXYZfg"),
            Map.entry("7II", FOURTH),
            Map.entry("9II", FOURTH),
            Map.entry("9GI", FOURTH),
            Map.entry("8II", FOURTH),
            Map.entry("8GI", "@79ABCEFGKLMNOPQRSUVWXYZfg"),
            Map.entry("5.4.D", "@\u0001ABPQRSUYbdfgjmnx9"));

    /** Protocol, the alerts, and then the letters. */
    private static final Pattern LISTED = Pattern.compile("\\d\\.[^.]*\\.(.+)");

    private static final char CAPABILITIES = '\u001a';
    private static final char ANY = '4';

    Unit {
        choices = Map.copyOf(choices);
    }

    boolean knows(char letter) {
        return letters.indexOf(letter) >= 0;
    }

    /** Asks a UPS. */
    static Unit of(UpsLink line) throws IOException {
        line.enter();
        String letters = letters(line);
        if (letters.indexOf(CAPABILITIES) < 0) return new Unit(letters, Map.of());
        String firmware = letters.indexOf('b') < 0 ? "" : asked(line, 'b');
        char region = firmware.isEmpty() ? ANY : firmware.charAt(firmware.length() - 1);
        return new Unit(letters, choices(raw(line, CAPABILITIES).orElse(""), region));
    }

    private static String letters(UpsLink line) throws IOException {
        String firmware = asked(line, 'V');
        Optional<String> listed = raw(line, 'a').flatMap(Unit::listed);
        if (listed.isPresent()) return listed.get();
        String known = BY_FIRMWARE.getOrDefault(firmware, "");
        if (known.isEmpty()) known = BY_FIRMWARE.getOrDefault(asked(line, 'b'), LEAST);
        return known;
    }

    private static Optional<String> listed(String answer) {
        Matcher matcher = LISTED.matcher(answer);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Reads the capabilities: for each setting a letter, the region that it is for, how many choices it has and how long
     * each is, and the choices. A Matrix-UPS has two more '#' in front of each.
     */
    static Map<Character, List<String>> choices(String text, char region) {
        var choices = new TreeMap<Character, List<String>>();
        int at = text.indexOf('#');
        if (at < 0) return choices;
        boolean matrix = text.startsWith("##", at);
        if (!matrix) at++;
        while (true) {
            if (matrix) at += 2;
            if (at + 4 > text.length()) return choices;
            int count = text.charAt(at + 2) - '0';
            int length = text.charAt(at + 3) - '0';
            int end = at + 4 + count * length;
            if (count < 0 || length <= 0 || end > text.length()) return choices;
            if (text.charAt(at + 1) == ANY || text.charAt(at + 1) == region)
                choices.put(text.charAt(at), split(text.substring(at + 4, end), length));
            at = end;
        }
    }

    private static List<String> split(String text, int length) {
        var all = new LinkedHashMap<String, String>();
        for (int at = 0; at < text.length(); at += length) {
            String choice = text.substring(at, at + length);
            all.putIfAbsent(choice, choice);
        }
        return new ArrayList<>(all.values());
    }

    /** What it says to a letter; nothing for one that it does not know. */
    private static String asked(UpsLink line, char letter) throws IOException {
        try {
            String answer = line.ask(letter);
            return answer.equals("NA") ? "" : answer;
        } catch (NoAnswerException e) {
            return "";
        }
    }

    private static Optional<String> raw(UpsLink line, char letter) throws IOException {
        try {
            return Optional.of(RequestLine.repeat(2, () -> line.askRaw(letter)));
        } catch (NoAnswerException e) {
            return Optional.empty();
        }
    }
}
