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
 * @param ups commands of the same UPS run one after the other; empty for those about the machine
 * @param kind what it reports; the newest of one UPS and one kind may replace older ones
 * @param urgent whether it belongs to a shutdown and waits for nothing
 * @param program the configured program: program and arguments, or one word that holds both
 * @param argument the last argument; empty for none
 * @param environment in addition to that of this process
 * @param input the standard input of the program; empty for none
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
     * Starts the program. Its output goes where that of this process goes.
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

    /**
     * Splits a program of one word at blanks: before 2.8.6 NOTIFYCMD and CMDSCRIPT were one word, which a shell split.
     */
    public static List<String> words(List<String> program) {
        if (program.size() > 1 || Files.exists(Path.of(program.get(0)))) return program;
        return Stream.of(program.get(0).trim().split("\\s+")).toList();
    }
}
