package org.cobnut.upsmon.command;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program to run once.
 *
 * @param ups commands of the same UPS run one after the other; empty for those of the machine
 * @param kind what it tells of; of one UPS and one kind the newest may stand for those before it
 * @param urgent whether it belongs to a shutdown, and waits for nothing
 * @param program what the configuration names: a program and arguments, or one word that holds both
 * @param argument the last argument; empty for none
 * @param environment beside that of this process
 * @param input what the program reads; empty for nothing
 */
public record Command(
        String ups,
        String kind,
        boolean urgent,
        List<String> program,
        String argument,
        Map<String, String> environment,
        String input) {
    private static final List<String> OURS = List.of("UPSNAME", "NOTIFYTYPE", "NOTIFYMSG");

    public Command {
        program = List.copyOf(program);
        environment = Map.copyOf(environment);
    }

    /**
     * Starts it. Its output goes where that of this process goes.
     *
     * @throws IOException when it cannot be run
     */
    public Process start() throws IOException {
        var words = new ArrayList<>(words(program));
        if (!argument.isEmpty()) words.add(argument);
        var builder = new ProcessBuilder(words).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        builder.environment().keySet().removeAll(OURS);
        builder.environment().putAll(environment);
        if (input.isEmpty()) builder.redirectInput(Redirect.from(new File("/dev/null")));
        Process process = builder.start();
        if (!input.isEmpty())
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8)); // less than a pipe holds
            } catch (IOException unread) {
                return process; // it ended without reading, which is its own affair
            }
        return process;
    }

    /** Before 2.8.6 the whole of NOTIFYCMD and CMDSCRIPT was one word, and a shell split it; this splits it at blanks. */
    public static List<String> words(List<String> program) {
        if (program.size() > 1 || Files.exists(Path.of(program.get(0)))) return program;
        return Stream.of(program.get(0).trim().split("\\s+")).toList();
    }
}
