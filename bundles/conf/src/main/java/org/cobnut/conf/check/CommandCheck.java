package org.cobnut.conf.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks whether a command for the shell can run. Looks at its first word, and only where the shell is not needed to
 * interpret it; accepts everything that it cannot judge.
 */
public final class CommandCheck {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*[A-Za-z_][A-Za-z0-9_]*=[^\\s'\"`$\\\\]*\\s+");
    private static final Pattern WORD = Pattern.compile("\\s*([^\\s;|&<>()]+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+:@%,-]+");
    private static final String USUAL = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Set<String> OF_THE_SHELL = Set.of(
            (". : [ alias break bg case cd command continue do done echo else eval exec exit export false fg fi for getopts"
                            + " hash if in jobs kill local printf pwd read readonly return set shift test then time times"
                            + " trap true type ulimit umask unalias unset until wait while")
                    .split(" "));

    private CommandCheck() {}

    /** Returns why the command cannot run; empty when it can, or when that is unknown. */
    static Optional<String> fault(String command, String path) {
        int from = 0;
        for (Matcher set = ASSIGNMENT.matcher(command);
                set.region(from, command.length()).lookingAt();
                from = set.end()) {}
        Matcher word = WORD.matcher(command).region(from, command.length());
        if (!word.lookingAt()) return Optional.empty();
        String program = word.group(1);
        if (!PLAIN.matcher(program).matches() || OF_THE_SHELL.contains(program)) return Optional.empty();
        try {
            if (program.startsWith("/")) return fault(Path.of(program));
            // A path from somewhere else cannot be judged from here.
            if (program.contains("/")) return Optional.empty();
            boolean found = Stream.of((path + ':' + USUAL).split(":"))
                    .filter(folder -> folder.startsWith("/"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            return found ? Optional.empty() : Optional.of("there is no program " + program + " in the PATH");
        } catch (InvalidPathException wrong) {
            return Optional.empty();
        }
    }

    private static Optional<String> fault(Path program) {
        if (Files.notExists(program)) return Optional.of(program + " is not there");
        if (Files.isDirectory(program)) return Optional.of(program + " is a directory");
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(program);
            boolean executable = mode.contains(PosixFilePermission.OWNER_EXECUTE)
                    || mode.contains(PosixFilePermission.GROUP_EXECUTE)
                    || mode.contains(PosixFilePermission.OTHERS_EXECUTE);
            return executable ? Optional.empty() : Optional.of(program + " is not executable (chmod +x)");
        } catch (IOException | UnsupportedOperationException hidden) {
            return Optional.empty();
        }
    }
}
