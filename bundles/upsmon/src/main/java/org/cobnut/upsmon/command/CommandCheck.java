package org.cobnut.upsmon.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks beforehand whether a configured command can run. Looks at files. */
public final class CommandCheck {
    /** The first word of a shell command behind assignments, where it is not grammar of the shell itself. */
    private static final Pattern FIRST =
            Pattern.compile("\\s*(?:\\w+=\\S*\\s+)*([\\w./+@%-]+)(?=[\\s;&|<>]|$).*", Pattern.DOTALL);

    private static final Pattern SHELLS = Pattern.compile(
            "true|false|exec|echo|test|cd|eval|if|for|while|case|until|command|nohup|sleep|exit|trap|\\.");

    private CommandCheck() {}

    /** Why a program cannot run; empty when no reason is known. */
    public static Optional<String> program(List<String> program, Map<String, String> environment) {
        return fault(Command.words(program).get(0), environment);
    }

    /** Why the first command of a shell command line cannot run; empty when no reason is known. */
    public static Optional<String> shell(String line, Map<String, String> environment) {
        Matcher first = FIRST.matcher(line);
        if (!first.matches() || SHELLS.matcher(first.group(1)).matches()) return Optional.empty();
        return fault(first.group(1), environment);
    }

    private static Optional<String> fault(String word, Map<String, String> environment) {
        try {
            if (word.contains("/")) return fault(Path.of(word));
            boolean found = Stream.of(
                            environment.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                    .filter(directory -> !directory.isEmpty())
                    .anyMatch(directory -> fault(Path.of(directory, word)).isEmpty());
            return found ? Optional.empty() : Optional.of(word + " is in no directory of PATH");
        } catch (InvalidPathException wrong) {
            return Optional.of(word + " is no path");
        }
    }

    private static Optional<String> fault(Path file) {
        if (!Files.exists(file)) return Optional.of(file + " is not there");
        if (Files.isDirectory(file)) return Optional.of(file + " is a directory");
        return Files.isExecutable(file) ? Optional.empty() : Optional.of(file + " is not executable");
    }
}
