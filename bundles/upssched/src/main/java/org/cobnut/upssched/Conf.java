package org.cobnut.upssched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cobnut.conf.text.CommandCheck;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.command.Command;
import org.cobnut.wire.Lexer;
import org.jspecify.annotations.Nullable;

/**
 * upssched.conf as typed values.
 *
 * @param script CMDSCRIPT, program and arguments; none for no program
 * @param pipe PIPEFN
 * @param lock LOCKFN
 * @param rules in the order of the file, in which they act
 */
record Conf(List<String> script, Optional<Path> pipe, Optional<Path> lock, List<AtLine> rules) {
    static final Conf NONE = new Conf(List.of(), Optional.empty(), Optional.empty(), List.of());

    Conf {
        script = List.copyOf(script);
        rules = List.copyOf(rules);
    }

    /**
     * Reads a configuration of Configuration Admin; a faulty AT line is reported, and the others count.
     *
     * @throws IllegalArgumentException when nothing can be done with it
     */
    static Conf of(Map<String, ?> all, Consumer<String> faults) {
        var rules = new ArrayList<AtLine>();
        for (String line : texts(all.get("at"))) {
            List<List<String>> words = Lexer.lines(line);
            if (!words.isEmpty()) rule(words.get(0), fault -> faults.accept("AT " + line + ": " + fault), rules);
        }
        List<String> script = texts(all.get("cmdscript"));
        if (script.isEmpty() && !rules.isEmpty()) throw new IllegalArgumentException("AT lines want a CMDSCRIPT");
        return new Conf(script, path(texts(all.get("pipefn"))), path(texts(all.get("lockfn"))), rules);
    }

    /** Reads the file; a faulty line is reported, and the others count. */
    static Conf read(Path file, Consumer<String> faults) throws IOException {
        List<String> script = List.of();
        List<String> pipe = List.of();
        List<String> lock = List.of();
        var rules = new ArrayList<AtLine>();
        var lexer = new Lexer();
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i <= bytes.length; i++) {
            Lexer.Event event = i < bytes.length ? lexer.accept(bytes[i]) : lexer.end();
            if (event == Lexer.Event.ERROR) faults.accept(at(file, lexer, "a # between quotes wants a \\ before it"));
            if (event != Lexer.Event.LINE || lexer.words().isEmpty()) continue;
            List<String> words = lexer.words();
            List<String> behind = words.subList(1, words.size());
            switch (words.get(0)) {
                case "CMDSCRIPT" -> script = behind;
                case "PIPEFN" -> pipe = behind;
                case "LOCKFN" -> lock = behind;
                case "AT" -> rule(behind, fault -> faults.accept(at(file, lexer, fault)), rules);
                default -> {
                    if (!words.get(0).equalsIgnoreCase("DEBUG_MIN"))
                        faults.accept(at(file, lexer, "unknown directive '" + words.get(0) + "'"));
                }
            }
        }
        return new Conf(script, path(pipe), path(lock), rules);
    }

    /**
     * The faults of rules that would never apply and of a script that could not run, for these UPSes. Looks at files.
     */
    List<String> faults(Set<String> upses, Map<String, String> environment) {
        if (rules.isEmpty()) return List.of("there is no AT line, so NOTIFYCMD does nothing");
        var faults = new ArrayList<String>();
        for (AtLine rule : rules) {
            String at = "AT %s %s never acts: ".formatted(rule.type(), rule.ups());
            if (Stream.of(NoticeType.values()).noneMatch(type -> type.name().equalsIgnoreCase(rule.type())))
                faults.add(at + "there is no notice of this type");
            if (!rule.ups().equals("*") && !upses.contains(rule.ups()))
                faults.add(at + "no MONITOR line has this UPS; they have " + String.join(", ", new TreeSet<>(upses)));
        }
        if (!script.isEmpty())
            CommandCheck.own(Optional.ofNullable(environment.get("PATH")))
                    .program(Command.words(script).get(0))
                    .ifPresent(why -> faults.add("CMDSCRIPT " + why));
        return faults;
    }

    private static void rule(List<String> words, Consumer<String> faults, List<AtLine> rules) {
        try {
            AtLine rule = AtLine.of(words);
            rules.add(rule);
            if (rule.action() instanceof Action.Start start && !words.get(4).matches("[+-]?\\d+"))
                faults.accept("'%s' counts as %d seconds".formatted(words.get(4), start.seconds()));
        } catch (IllegalArgumentException wrong) {
            faults.accept(wrong.getMessage());
        }
    }

    private static String at(Path file, Lexer lexer, String fault) {
        return file + ":" + lexer.line() + ": " + fault;
    }

    private static Optional<Path> path(List<String> words) {
        return words.stream().findFirst().filter(word -> !word.isEmpty()).map(Path::of);
    }

    private static List<String> texts(@Nullable Object value) {
        if (value == null) return List.of();
        if (!(value instanceof Object[] all)) return List.of(String.valueOf(value));
        return List.of(all).stream().map(String::valueOf).toList();
    }
}
