package org.cobnut.webconsole.ups;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.cobnut.audit.Actor;
import org.cobnut.command.CommandReply;
import org.cobnut.command.CommandService;
import org.cobnut.wire.Columns;

/**
 * Runs those commands of nutctl that the page offers. A file never comes from the request by its name on this machine: the
 * contents are sent, and what is recorded lies in the state path.
 */
final class ConsoleCommands {
    private static final String RECORD = "record";
    private static final String STOP = "stop";

    private final CommandService commands;
    private final Path state;
    private final Actor actor;

    ConsoleCommands(CommandService commands, Path state, Actor actor) {
        this.commands = commands;
        this.state = state;
        this.actor = actor;
    }

    /** Tells whether the page may have this command run. */
    static boolean offered(List<String> words) {
        if (words.isEmpty()) return false;
        String second = words.size() > 1 ? words.get(1) : "";
        return switch (words.get(0)) {
            case "list", "status", "doctor", "plan", "events" -> words.size() == 1;
            case "drivers" -> drivers(words, second);
            case "mapping" -> words.size() == (second.equals("list") ? 2 : 3) && second.matches("list|show|explain");
            case "scan" -> words.size() <= 3;
            case RECORD -> words.size() == 3 && words.get(2).matches("start|stop") && fileName(second);
            case "notify" ->
                words.size() == (second.equals("test") && words.size() == 3 ? 3 : 2) && second.matches("list|log|test");
            case "set" -> words.size() == 4;
            case "cmd" -> words.size() == 3;
            default -> false;
        };
    }

    private static boolean drivers(List<String> words, String second) {
        if (words.size() < 3) return words.size() == 1 || second.equals("available");
        boolean named = !words.get(2).contains("/") && !words.get(2).endsWith(".jar");
        return words.size() == 3 && named && second.matches("install|start|stop|uninstall|--supported");
    }

    private static boolean fileName(String word) {
        return !word.isEmpty() && !word.startsWith(".") && !word.contains("/");
    }

    /** Runs one, and waits. */
    Answer run(List<String> words) {
        if (!offered(words)) return Answer.refused("the page offers no such command");
        if (words.get(0).equals(RECORD) && !words.get(2).equals(STOP)) {
            Path file = state.resolve(words.get(1) + ".transcript");
            return answer(commands.run(actor, List.of(RECORD, words.get(1), file.toString())));
        }
        return answer(commands.run(actor, words));
    }

    /** Installs the jar of a driver bundle. */
    Answer install(byte[] jar) throws IOException {
        return withFile(jar, ".jar", file -> answer(commands.run(actor, List.of("drivers", "install", file))), "");
    }

    /** Tells what is wrong with the text of a mapping, which its faults call by this name. */
    Answer check(byte[] mapping, String name) throws IOException {
        return withFile(
                mapping, ".mapping", file -> answer(commands.run(actor, List.of("mapping", "check", file))), name);
    }

    private interface FileCommand {
        Answer run(String file);
    }

    private Answer withFile(byte[] contents, String end, FileCommand command, String name) throws IOException {
        Path file = Files.createTempFile(state, "upload", end); // for its owner only
        try {
            Files.write(file, contents);
            Answer answer = command.run(file.toString());
            return new Answer(answer.status(), answer.json().replace(file.toString(), name));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Answer answer(CommandReply reply) {
        if (!reply.done()) return Answer.refused(reply.remarks());
        var remarks = new ArrayList<>(
                reply.remarks().lines().filter(Predicate.not(String::isEmpty)).toList());
        return Answer.of("{\"result\": " + reply.json() + ", \"remarks\": "
                + remarks.stream().map(Columns::json).toList() + '}');
    }
}
