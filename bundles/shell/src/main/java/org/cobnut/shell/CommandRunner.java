package org.cobnut.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.cobnut.audit.Actor;
import org.cobnut.command.CommandReply;
import org.cobnut.command.CommandService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs single commands for other bundles, each in a session of its own. */
@Component
public final class CommandRunner implements CommandService {
    private final CommandProcessor commands;
    private final DriverProcesses processes;

    @Activate
    public CommandRunner(@Reference CommandProcessor commands, @Reference DriverProcesses processes) {
        this.commands = commands;
        this.processes = processes;
    }

    @Override
    public CommandReply run(Actor actor, List<String> words) {
        String line = ClientSession.JSON + line(words);
        var out = new ByteArrayOutputStream();
        try {
            var in = new ByteArrayInputStream((line + '\n').getBytes(StandardCharsets.UTF_8));
            new ClientSession(commands, processes, in, out).as(actor).run();
        } catch (IOException impossible) { // it reads and writes memory
            throw new UncheckedIOException(impossible);
        }
        return reply(out.toString(StandardCharsets.UTF_8));
    }

    private static CommandReply reply(String text) {
        var json = new ArrayList<String>();
        var remarks = new ArrayList<String>();
        boolean done = false;
        for (String line : text.lines().toList()) {
            if (line.equals(ClientSession.DONE)) done = true;
            else if (line.startsWith(ClientSession.ERROR)) remarks.add(line.substring(ClientSession.ERROR.length()));
            else if (!line.equals(ClientSession.FAILED)) json.add(line);
        }
        return new CommandReply(done, done ? String.join("\n", json) : "", String.join("\n", remarks));
    }

    /** The command, and each other word in quotes, in which no character means anything to Gogo or ends the line. */
    static String line(List<String> words) {
        if (words.isEmpty() || !words.get(0).matches("[a-z]+"))
            throw new IllegalArgumentException("a command is one word of letters, not " + words);
        var line = new StringBuilder("nut:").append(words.get(0));
        for (String word : words.subList(1, words.size())) {
            line.append(" \"");
            for (char c : word.toCharArray())
                line.append("\\\"$".indexOf(c) < 0 ? "" : "\\").append(c < ' ' ? ' ' : c);
            line.append('"');
        }
        return line.toString();
    }
}
