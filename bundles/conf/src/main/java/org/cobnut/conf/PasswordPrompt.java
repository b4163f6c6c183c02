package org.cobnut.conf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks whoever sits at standard input for something that no screen shows; a pipe is asked once only. */
final class PasswordPrompt {
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
    private @Nullable String piped;

    String ask(String prompt) throws IOException {
        // Java's own console is not there when standard output goes elsewhere, and yet somebody may sit there.
        if (stty("-g") != 0) {
            if (piped == null) piped = line();
            return piped;
        }
        System.err.print(prompt);
        var shown = new Thread(() -> stty("echo"), "echo"); // for who is interrupted in between
        Runtime.getRuntime().addShutdownHook(shown);
        try {
            stty("-echo");
            return line();
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(shown);
            System.err.println();
        }
    }

    private String line() throws IOException {
        String line = in.readLine();
        return line == null ? "" : line;
    }

    private static int stty(String how) {
        try {
            return new ProcessBuilder("stty", how)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (IOException none) {
            return 1; // no stty, no terminal
        }
    }
}
