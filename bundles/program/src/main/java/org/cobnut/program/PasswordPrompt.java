package org.cobnut.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Asks for a password that no screen shows. Java's own console serves only while standard output is a terminal; this looks
 * at standard input, for the output often goes elsewhere. One thread.
 */
public final class PasswordPrompt {
    private final InputStream in;
    private final PrintStream err;

    /** Reads what is typed from the one stream, and writes prompts to the other. */
    public PasswordPrompt(InputStream in, PrintStream err) {
        this.in = in;
        this.err = err;
    }

    /** Tells whether standard input is a terminal. */
    public static boolean terminal() {
        return stty("-g");
    }

    /** Writes the prompt and reads a line, hidden where it is typed at a terminal; empty when the input is over. */
    public Optional<String> ask(String prompt) throws IOException {
        err.print(prompt);
        err.flush();
        if (!terminal()) return line();
        var shown = new Thread(() -> stty("echo"), "echo"); // for whoever interrupts the program meanwhile
        Runtime.getRuntime().addShutdownHook(shown);
        try {
            stty("-echo");
            return line();
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(shown);
            err.println();
        }
    }

    /** Reads a line, each byte as a character; empty when the input is over. */
    public Optional<String> line() throws IOException {
        var line = new StringBuilder();
        int c = in.read();
        if (c < 0) return Optional.empty();
        for (; c >= 0 && c != '\n'; c = in.read()) line.append((char) c);
        return Optional.of(line.toString());
    }

    private static boolean stty(String how) {
        try {
            return new ProcessBuilder("stty", how)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException none) {
            return false; // a system without stty has no terminal either
        }
    }
}
