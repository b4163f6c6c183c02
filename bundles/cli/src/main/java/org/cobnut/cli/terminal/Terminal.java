package org.cobnut.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.cobnut.program.PasswordPrompt;

/** Holds a program's surroundings: its three streams and its environment. */
public final class Terminal {
    private final PasswordPrompt input;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    public Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> env) {
        input = new PasswordPrompt(in, err);
        this.out = out;
        this.err = err;
        this.environment = env;
    }

    public static Terminal real() {
        return new Terminal(System.in, System.out, System.err, System.getenv());
    }

    /** Writes a text as it is, in one go. */
    public void out(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Writes a line to standard error. */
    public void err(String line) {
        err.println(line);
        err.flush();
    }

    /** Writes a text to standard error as it is. */
    void errors(String text) {
        err.print(text);
        err.flush();
    }

    /** Tells whether standard output takes nothing more. */
    public boolean broken() {
        return out.checkError();
    }

    /** Lets go of all three streams: of the real ones, Java then makes the null device. */
    void leave() {
        out.close();
        err.close();
    }

    /** The value of an environment variable; empty when it is not set. */
    public String env(String name) {
        String value = environment.get(name);
        return value == null ? "" : value;
    }

    /** All environment variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** NUT's configuration directory: NUT_CONFPATH, else that of the distribution. */
    public Path confDir() {
        return place("NUT_CONFPATH", "etc");
    }

    /** Where sockets and the like are: NUT_STATEPATH, else that of the distribution. */
    public Path stateDir() {
        return place("NUT_STATEPATH", "state");
    }

    private Path place(String variable, String folder) {
        String named = env(variable);
        return named.isEmpty() ? Path.of(System.getProperty("cobnut.home", ""), folder) : Path.of(named);
    }

    /** Asks for a line; nothing when standard input is over. */
    public Optional<String> ask(String prompt) throws IOException {
        out(prompt);
        return line();
    }

    /** Asks for a line that no terminal shows. */
    public Optional<String> secret(String prompt) throws IOException {
        return input.ask(prompt);
    }

    /** The next line of standard input; nothing when it is over. */
    public Optional<String> line() throws IOException {
        return input.line();
    }
}
