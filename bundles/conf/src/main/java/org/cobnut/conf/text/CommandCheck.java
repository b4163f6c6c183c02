package org.cobnut.conf.text;

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
 * Checks beforehand whether a configured command can run, and whether others may change what it runs. Accepts
 * everything that it cannot judge. Looks at files. A fault is the end of a sentence that begins with the directive.
 *
 * @param path the folders in which a program without a path is looked for, in the form of PATH
 * @param own whether this process is what runs the command: then its own rights count and its working directory is
 *     known; else another account may run it, and only what nobody could run is a fault
 */
public record CommandCheck(String path, boolean own) {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*[A-Za-z_][A-Za-z0-9_]*=[^\\s'\"`$\\\\]*\\s+");
    private static final Pattern WORD = Pattern.compile("\\s*([^\\s;|&<>()]+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+:@%,-]+");
    private static final Set<String> OF_THE_SHELL = Set.of(
            (". : [ alias break bg case cd command continue do done echo else eval exec exit export false fg fi for getopts"
                            + " hash if in jobs kill local printf pwd read readonly return set shift test then time times"
                            + " trap true type ulimit umask unalias unset until wait while")
                    .split(" "));

    /** Checks commands that this process runs, with this PATH; none is that of a shell that has none. */
    public static CommandCheck own(Optional<String> path) {
        return new CommandCheck(path.orElse("/usr/bin:/bin"), true);
    }

    /** Checks commands that another process runs: its PATH is taken to be at least the usual one of a service. */
    public static CommandCheck foreign(String path) {
        return new CommandCheck(path + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", false);
    }

    /** What is wrong with a line for the shell, by its first word; empty when nothing is, or when that is unknown. */
    public Optional<String> shell(String line) {
        int from = 0;
        for (Matcher set = ASSIGNMENT.matcher(line);
                set.region(from, line.length()).lookingAt();
                from = set.end()) {}
        Matcher word = WORD.matcher(line).region(from, line.length());
        if (!word.lookingAt()) return Optional.empty();
        String program = word.group(1);
        // What the shell interprets, or does itself, is not for us to judge.
        if (!PLAIN.matcher(program).matches() || OF_THE_SHELL.contains(program)) return Optional.empty();
        return program(program);
    }

    /** What is wrong with a program, given by its path or its name; empty when nothing is, or when that is unknown. */
    public Optional<String> program(String program) {
        try {
            if (program.startsWith("/") || (own && program.contains("/"))) return fault(Path.of(program));
            if (program.contains("/")) return Optional.empty();
            return Stream.of(path.split(":"))
                    .filter(folder -> folder.startsWith("/"))
                    .map(folder -> Path.of(folder, program))
                    .filter(file -> broken(file).isEmpty())
                    .findFirst()
                    .map(CommandCheck::open)
                    .orElseGet(() -> Optional.of("cannot run: there is no program " + program + " in the PATH"));
        } catch (InvalidPathException wrong) {
            return own ? Optional.of("cannot run: " + program + " is no path") : Optional.empty();
        }
    }

    private Optional<String> fault(Path program) {
        return broken(program).map("cannot run: "::concat).or(() -> open(program));
    }

    private Optional<String> broken(Path program) {
        if (Files.notExists(program)) return Optional.of(program + " is not there");
        if (Files.isDirectory(program)) return Optional.of(program + " is a directory");
        if (!executable(program)) return Optional.of(program + " is not executable (chmod +x)");
        return own && !Files.isExecutable(program)
                ? Optional.of(program + " may not be executed by this account")
                : Optional.empty();
    }

    private static Optional<String> open(Path program) {
        return FileWriters.ofThisProcess().fault(program).map("is decided by others: "::concat);
    }

    /** Whether some account may execute a file; true where that cannot be told. */
    private static boolean executable(Path program) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(program);
            return mode.contains(PosixFilePermission.OWNER_EXECUTE)
                    || mode.contains(PosixFilePermission.GROUP_EXECUTE)
                    || mode.contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException | UnsupportedOperationException hidden) {
            return true;
        }
    }
}
