package org.cobnut.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.cobnut.cli.terminal.Terminal;

/** What became of one run of a program. */
public record Run(String out, String err, int status) {
    private static final Map<String, String> QUIET = Map.of("NUT_QUIET_OK_NOTRACKING", "true");

    public static Run of(String program, String... args) {
        return typing("", QUIET, program, args);
    }

    public static Run typing(String input, Map<String, String> environment, String program, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1));
        var terminal = new Terminal(in, stream(out), stream(err), environment);
        int status = Main.run(program, args, terminal);
        return new Run(out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1), status);
    }

    /** Output, errors and exit code, as the testkit shows those of a real program. */
    public String all() {
        return out + err + status;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.ISO_8859_1);
    }
}
