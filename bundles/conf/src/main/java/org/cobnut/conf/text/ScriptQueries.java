package org.cobnut.conf.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Answers what the scripts of a distribution ask of NUT's files before they start a program: a shell cannot read them. Needs
 * no framework, and changes nothing.
 */
public final class ScriptQueries {
    private static final int FIRST_FREE_PORT = 1024;
    private static final List<String> NAMES =
            List.of("nut.conf", "ups.conf", "upsd.conf", "upsd.users", "upsmon.conf", "upssched.conf", "nutauth.conf");
    private static final Pattern BREAKS = Pattern.compile("[\\s=\"]+");

    private ScriptQueries() {}

    /** Prints the answer. The arguments are the question, the directory of the files, and for "user" the section. */
    public static void main(String[] args) {
        Path conf = Path.of(args[1]);
        List<String> answer =
                switch (args[0]) {
                    case "user" -> List.of(user(conf, args[2]));
                    case "low-port" -> List.of(lowPort(conf) ? "yes" : "no");
                    case "state-path" ->
                        StatePath.in(conf).map(Path::toString).map(List::of).orElse(List.of());
                    case "devices" -> devices(conf);
                    case "mode" -> List.of(nutConf(conf, "MODE"));
                    case "poweroff-wait" -> List.of(nutConf(conf, "POWEROFF_WAIT"));
                    case "words" -> List.copyOf(words(conf));
                    default -> throw new IllegalArgumentException("no question: " + args[0]);
                };
        answer.forEach(System.out::println);
    }

    /** The user that ups.conf names for the driver of a section, or else for all; empty when it names none. */
    static String user(Path conf, String ups) {
        NutFile file = NutFile.readIfThere(conf.resolve("ups.conf"), LineSyntax.SECTIONS);
        return file.section(ups)
                .flatMap(section -> section.value("user"))
                .or(() -> file.global().value("user"))
                .orElse("");
    }

    /** What nut.conf says for a key; empty when it says nothing. */
    static String nutConf(Path conf, String key) {
        return NutFile.readIfThere(conf.resolve("nut.conf"), LineSyntax.SHELL)
                .global()
                .value(key)
                .orElse("");
    }

    /** Tells whether a LISTEN of upsd.conf wants a port that only root may open. */
    static boolean lowPort(Path conf) {
        return NutFile.readIfThere(conf.resolve("upsd.conf"), LineSyntax.DIRECTIVES)
                .global()
                .directives("LISTEN")
                .stream()
                .filter(words -> words.size() > 1 && words.get(1).matches("\\d{1,5}"))
                .mapToInt(words -> Integer.parseInt(words.get(1)))
                .anyMatch(port -> port > 0 && port < FIRST_FREE_PORT);
    }

    /** The ports of ups.conf that are files in /dev. */
    private static List<String> devices(Path conf) {
        return NutFile.readIfThere(conf.resolve("ups.conf"), LineSyntax.SECTIONS).sections().stream()
                .flatMap(section -> section.value("port").stream())
                .filter(port -> port.startsWith("/dev/"))
                .distinct()
                .toList();
    }

    /** Every word of NUT's files, in order; of a word with {@code =} or quotes in it, each part as well. */
    static Set<String> words(Path conf) {
        var words = new TreeSet<String>();
        for (String name : NAMES) {
            LineSyntax syntax = name.equals("nut.conf") ? LineSyntax.SHELL : LineSyntax.SECTIONS;
            NutFile file = NutFile.readIfThere(conf.resolve(name), syntax);
            var sections = new ArrayList<>(file.sections());
            sections.add(file.global());
            for (NutFile.Section section : sections)
                for (List<String> line : section.lines())
                    for (String word : line) {
                        words.add(word);
                        words.addAll(List.of(BREAKS.split(word)));
                    }
        }
        words.remove("");
        return words;
    }
}
