package org.cobnut.upsmon.shutdown;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.NutFile;
import org.cobnut.wire.ErrorText;

/**
 * Prints what root needs of upsmon.conf before upsmon runs as another user, a line each: RUN_AS_USER, POWERDOWNFLAG,
 * and the command line of SHUTDOWNCMD for a shell. Deletes an old flag, which that user could not. Runs without a
 * framework.
 */
public final class RootDirectives {
    private RootDirectives() {}

    /** The argument is the file. */
    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        try {
            NutFile.Section lines = read(file);
            Optional<String> flag = first(lines, "POWERDOWNFLAG");
            System.out.println(first(lines, "RUN_AS_USER").orElse(""));
            System.out.println(flag.orElse(""));
            System.out.println(
                    last(lines, "SHUTDOWNCMD").map(ShutdownExecutor::line).orElse(""));
            if (flag.isPresent()) clear(Path.of(flag.get()));
        } catch (IOException unreadable) {
            System.err.println("upsmon: cannot read " + file);
            System.exit(1);
        }
    }

    /** @throws IOException when upsmon.conf cannot be read */
    static NutFile.Section read(Path file) throws IOException {
        return NutFile.parse(Files.readString(file, StandardCharsets.ISO_8859_1), LineSyntax.DIRECTIVES)
                .global();
    }

    private static void clear(Path flag) {
        try {
            PowerdownFlag.clear(flag);
        } catch (IOException foreign) {
            System.err.println("upsmon: POWERDOWNFLAG %s is not deleted: %s; look at the file and delete it"
                    .formatted(flag, ErrorText.of(foreign)));
        }
    }

    /** The first word behind the last line with a directive. */
    static Optional<String> first(NutFile.Section lines, String directive) {
        return last(lines, directive).map(words -> words.get(0));
    }

    /** The arguments of the last line with a directive, which counts. */
    private static Optional<List<String>> last(NutFile.Section lines, String directive) {
        return lines.directives(directive).stream()
                .filter(words -> !words.isEmpty())
                .reduce((earlier, later) -> later);
    }
}
