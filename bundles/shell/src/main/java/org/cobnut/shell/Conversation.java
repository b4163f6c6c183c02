package org.cobnut.shell;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * One guest's lines, each a Gogo command. A reply is its text, then a line that holds only {@value #DONE} or {@value
 * #FAILED}, so that a program knows where it ends and how.
 */
final class Conversation {
    /** Ends the reply to a command that worked. */
    static final String DONE = "\u0004ok";

    /** Ends the reply to a command that did not. */
    static final String FAILED = "\u0004failed";

    private final CommandProcessor commands;
    private final BufferedReader in;
    private final PrintStream out;

    Conversation(CommandProcessor commands, InputStream in, OutputStream out) {
        this.commands = commands;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    /** Answers until the guest goes. */
    void run() throws IOException {
        // Gogo gives the session's error stream to all that its thread writes: the log must not go to the guest.
        var log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try (CommandSession session = commands.createSession(InputStream.nullInputStream(), out, log)) {
            session.put("SCOPE", "nut:*");
            for (String line = in.readLine(); line != null; line = in.readLine()) answer(session, line);
        }
    }

    private void answer(CommandSession session, String line) {
        try {
            Object result = session.execute(line);
            if (result != null) out.println(session.format(result, Converter.INSPECT));
            out.println(DONE);
        } catch (Exception refused) { // Gogo's execute throws whatever the command did; it is for the guest to read
            out.println(refused.getMessage() == null ? refused.toString() : refused.getMessage());
            out.println(FAILED);
        }
        out.flush();
    }
}
