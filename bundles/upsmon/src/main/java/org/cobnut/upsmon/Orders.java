package org.cobnut.upsmon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.wire.Lexer;

/**
 * Prints what upsmon.conf says to root before upsmon becomes another user, a line each: RUN_AS_USER, POWERDOWNFLAG, and what
 * a shell is given for SHUTDOWNCMD. Takes an old flag away, which that user could not. No framework.
 */
public final class Orders {
    private Orders() {}

    /** The argument is the file. */
    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        try {
            List<List<String>> lines = Lexer.lines(Files.readString(file, StandardCharsets.ISO_8859_1));
            Optional<String> flag = first(lines, "POWERDOWNFLAG");
            System.out.println(first(lines, "RUN_AS_USER").orElse(""));
            System.out.println(flag.orElse(""));
            System.out.println(last(lines, "SHUTDOWNCMD").map(Departure::line).orElse(""));
            if (flag.isPresent()) clear(Path.of(flag.get()));
        } catch (IOException unreadable) {
            System.err.println("upsmon: cannot read " + file);
            System.exit(1);
        }
    }

    private static void clear(Path flag) {
        try {
            Flag.clear(flag);
        } catch (IOException foreign) {
            System.err.println("upsmon: POWERDOWNFLAG %s is not ours: %s".formatted(flag, foreign.getMessage()));
        }
    }

    private static Optional<String> first(List<List<String>> lines, String directive) {
        return last(lines, directive).map(words -> words.get(0));
    }

    /** The words behind a directive where it stands last, which counts. */
    static Optional<List<String>> last(List<List<String>> lines, String directive) {
        return lines.stream()
                .filter(words -> words.size() > 1 && words.get(0).equals(directive))
                .map(words -> words.subList(1, words.size()))
                .reduce((earlier, later) -> later);
    }
}
