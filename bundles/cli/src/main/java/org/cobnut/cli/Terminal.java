package org.cobnut.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a program has around it: its three streams, a console perhaps, and its environment. */
final class Terminal {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final @Nullable Console console;
    private final Map<String, String> environment;

    Terminal(InputStream in, PrintStream out, PrintStream err, @Nullable Console console, Map<String, String> env) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.console = console;
        this.environment = env;
    }

    static Terminal real() {
        return new Terminal(System.in, System.out, System.err, System.console(), System.getenv());
    }

    /** Writes a text as it is, in one go. */
    void out(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Writes a line to standard error. */
    void err(String line) {
        err.println(line);
        err.flush();
    }

    /** Writes a text to standard error as it is. */
    void errors(String text) {
        err.print(text);
        err.flush();
    }

    /** Whether standard output takes nothing more. */
    boolean broken() {
        return out.checkError();
    }

    /** Lets go of all three streams: of the real ones, Java then makes the null device. */
    void leave() {
        out.close();
        err.close();
    }

    /** The value of an environment variable; empty when it is not set. */
    String env(String name) {
        String value = environment.get(name);
        return value == null ? "" : value;
    }

    /** All environment variables. */
    Map<String, String> environment() {
        return environment;
    }

    /** NUT's configuration directory: NUT_CONFPATH, else that of the distribution. */
    Path confDir() {
        return place("NUT_CONFPATH", "etc");
    }

    /** Where sockets and the like are: NUT_STATEPATH, else that of the distribution. */
    Path stateDir() {
        return place("NUT_STATEPATH", "state");
    }

    private Path place(String variable, String folder) {
        String named = env(variable);
        return named.isEmpty() ? Path.of(System.getProperty("cobnut.home", ""), folder) : Path.of(named);
    }

    /** Asks for a line; nothing when standard input is over. */
    Optional<String> ask(String prompt) throws IOException {
        out(prompt);
        return line();
    }

    /** Asks for a line that a console does not show. */
    Optional<String> secret(String prompt) throws IOException {
        if (console != null) {
            char[] typed = console.readPassword("%s", prompt);
            return typed == null ? Optional.empty() : Optional.of(new String(typed));
        }
        err.print(prompt);
        err.flush();
        boolean hidden = echo("-echo");
        Optional<String> typed = line();
        if (hidden && echo("echo")) err.println();
        return typed;
    }

    /** There is no console when standard output goes elsewhere; standard input may be a terminal all the same. */
    private static boolean echo(String mode) throws IOException {
        try {
            return new ProcessBuilder("stty", mode)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The next line of standard input; nothing when it is over. */
    Optional<String> line() throws IOException {
        var line = new StringBuilder();
        int c = in.read();
        if (c < 0) return Optional.empty();
        for (; c >= 0 && c != '\n'; c = in.read()) line.append((char) c);
        return Optional.of(line.toString());
    }
}
