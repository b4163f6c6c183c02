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
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.cobnut.audit.Actor;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * Serves one client of the command socket: each line is a Gogo command. A reply is its text and then a line that holds
 * only {@value #DONE}, or lines that begin with {@value #ERROR} and then one that holds only {@value #FAILED}, so that
 * a program sees where the reply ends and whether the command worked. The text is JSON when {@value #JSON} stands before the
 * command.
 */
final class ClientSession {
    /** Ends the reply to a command that worked. */
    static final String DONE = "\u0004ok";

    /** Ends the reply to a command that did not. */
    static final String FAILED = "\u0004failed";

    /** Begins a line that says why a command failed. */
    static final String ERROR = "\u0004error ";

    /** Begins a command whose result is to be JSON. */
    static final String JSON = "\u0004json ";

    /** The variable of a session by which a command that prints as it goes learns that it must not: its result counts. */
    private static final String JSON_WANTED = "nut.json";

    /** The variable of a session that holds the {@link Actor} in whose name its commands run; without it, whoever owns the socket. */
    static final String ACTOR = "nut.actor";

    private static final Pattern WRONG_WORDS =
            Pattern.compile("Cannot coerce (\\w+)\\((.*?)\\) to any of .*", Pattern.DOTALL);
    private static final Pattern HELP = Pattern.compile("help +\"?([^ \"]+)\"?");
    private static final String UNKNOWN = "Command not found: ";

    private final CommandProcessor commands;
    private final DriverProcesses processes;
    private final BufferedReader in;
    private final PrintStream out;
    private @Nullable Actor actor;

    ClientSession(CommandProcessor commands, DriverProcesses processes, InputStream in, OutputStream out) {
        this.commands = commands;
        this.processes = processes;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    /** Has the commands run in this one's name. */
    ClientSession as(Actor one) {
        actor = one;
        return this;
    }

    /** Answers until the guest goes. */
    void run() throws IOException {
        // Gogo gives the session's error stream to all that its thread writes: the log must not go to the guest.
        var log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try (CommandSession session = commands.createSession(InputStream.nullInputStream(), out, log)) {
            session.put("SCOPE", "nut:*");
            if (actor != null) session.put(ACTOR, actor);
            for (String line = in.readLine(); line != null; line = in.readLine()) answer(session, line);
        }
    }

    private void answer(CommandSession session, String line) {
        boolean json = line.startsWith(JSON);
        session.put(JSON_WANTED, json);
        try {
            if (processes.forward(line, out::println)) {
                out.flush();
                return;
            }
            Optional<String> unknown = unknownToHelp(session, line);
            if (unknown.isPresent()) throw new IllegalArgumentException(UNKNOWN + unknown.get());
            Object result = session.execute(json ? line.substring(JSON.length()) : line);
            if (json) printJson(result);
            // A command that has nothing to tell prints nothing, and no empty line.
            else if (result != null && !result.equals("")) out.println(session.format(result, Converter.INSPECT));
            out.println(result instanceof Columns list && list.failed() ? FAILED : DONE);
        } catch (Exception refused) { // Gogo's execute throws whatever the command did; it is for the guest to read
            refuse(why(refused));
        } catch (LinkageError | StackOverflowError broken) {
            refuse("the command is broken and did nothing more: " + ErrorText.of(broken));
        }
        out.flush();
    }

    /** The word behind help when there is no command of that name, of which Gogo's help speaks as of a success. */
    private static Optional<String> unknownToHelp(CommandSession session, String line) {
        Matcher help = HELP.matcher(line);
        if (!help.matches() || !(session.get(".commands") instanceof Collection<?> all)) return Optional.empty();
        String word = help.group(1);
        boolean known =
                all.stream().map(String::valueOf).anyMatch(name -> name.equals(word) || name.endsWith(':' + word));
        return known ? Optional.empty() : Optional.of(word);
    }

    /** Prints a list as an array, and what is none as a string; what stands around a list goes to the error stream. */
    private void printJson(@Nullable Object result) {
        if (!(result instanceof Columns list)) {
            out.println(Columns.json(Optional.ofNullable(result)));
            return;
        }
        out.println(list.json());
        list.remarks().forEach(this::printError);
    }

    private void printError(String text) {
        text.lines().forEach(line -> out.println(ERROR + line));
    }

    private void refuse(String why) {
        printError(why);
        out.println(FAILED);
    }

    /** Gogo's own words are those of a program for programs. */
    static String why(Exception refused) {
        String message = refused.getMessage() == null ? "" : refused.getMessage();
        Matcher words = WRONG_WORDS.matcher(message);
        if (words.matches())
            return "%s cannot be used with these words, by number or by kind; see: nutctl help %s"
                    .formatted(words.group(1), words.group(1));
        if (message.startsWith(UNKNOWN))
            return "there is no command %s; see: nutctl help"
                    .formatted(message.substring(UNKNOWN.length()).replaceFirst("^nut:", ""));
        boolean written = refused instanceof IllegalArgumentException || refused instanceof IllegalStateException;
        return written && !message.isEmpty() && !(refused instanceof NumberFormatException)
                ? message
                : ErrorText.withFile(refused);
    }
}
