package org.cobnut.cli.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Version;

/**
 * Runs nutctl, which NUT does not have: sends commands to a running Cobnut through the socket in its state path, which
 * only its owner can open.
 */
public final class Nutctl {
    private static final String HELP = """
            usage: nutctl COMMAND...      give one command to the Cobnut that runs here
                   nutctl help [COMMAND]  say this, or what a command takes
                   nutctl -V              say which version this is
                   nutctl shell           give several, until the input ends
                   nutctl setup [--yes]   find devices, and propose, try out and write a first configuration for them;
                                          nutctl setup --help says more
                   nutctl config check [DIR]
                                          say what is wrong with the files, running or not
                   nutctl config get | set | get-mode | set-mode | add-device ...
                                          read and change the files, running or not; nutconf --help says how
                   nutctl doctor [DIR]    look for what keeps UPSes from being found, served or switched off, and say
                                          what mends it, running or not
                   nutctl support [FILE]  write a file for whoever is to help you: what the commands here say, and the files
                                          without passwords and comments
                   nutctl passwd [-p] [-i ITERATIONS] USER
                                          hash a password into upsd.users; -p prints the line instead
                   nutctl tls init [-n NAME]... | tls enrol NAME
                                          make certificates for the server and its clients; nutctl tls says more
                   nutctl trust check [--json] [JAR]...
                                          say which jars COBNUT_LOCKED=yes would refuse, and why, running or not
                   nutctl catalog make FOLDER NAME EDITION EXPIRES
                                          write catalog.jar of the jars in a folder, to be signed
                   nutctl jail [-u USER] [--yes] DIR
                                          make or renew a directory in which "cobnut run -r DIR" sees nothing else
                   nutctl udev            print udev's rules for the devices on USB that the drivers here know

            nutctl help COMMAND tells of one command of these:
            @COMMANDS@
            Behind a command, and behind config check, doctor and trust check, --json has its list printed as JSON: an array with an object for
            each line; the warnings around it go to standard error. NUT_STATEPATH tells where Cobnut runs, if it does not run from this distribution.
            The exit code is 0 when what was asked for is done, else 1, with the reason on standard error.
            """;

    private static final String JSON = "--json";
    /** Commands of upsmon and of those who hear its notices. */
    private static final Set<String> OF_UPSMON = Set.of("notify", "plan", "rehearse", "resume", "events");

    private static final Pattern UNKNOWN = Pattern.compile("there is no command (\\w+); see: nutctl help");

    private final Terminal terminal;

    public Nutctl(Terminal terminal) {
        this.terminal = terminal;
    }

    public void run(String[] args) throws ProgramFailure {
        if (answered(args)) return;
        Optional<NutctlCommand> known = NutctlCommand.named(args[0]);
        boolean json = List.of(args).contains(JSON)
                && known.filter(NutctlCommand::printsJson).isPresent();
        String[] words =
                json ? Arrays.stream(args).filter(word -> !word.equals(JSON)).toArray(String[]::new) : args.clone();
        if (known.isPresent()) known.get().check(List.of(words).subList(1, words.length));
        else if (words[0].equals("shell") && words.length > 1)
            throw new ProgramFailure("nutctl shell: unexpected word \"" + words[1] + "\"; usage: nutctl shell");
        fromHere(words);
        Path socket = socket(known.map(NutctlCommand::name).orElse(""));
        if (words[0].equals("reload") && words.length == 2) {
            if (!words[1].equals("--if-running"))
                throw new ProgramFailure(
                        "nutctl reload: unexpected word \"" + words[1] + "\"; usage: nutctl reload [--if-running]");
            if (!CommandClient.answers(socket)) return;
            words = new String[] {words[0]};
        }
        Optional<String[]> repeated = repeated(words);
        if (repeated.isPresent()) {
            new Watch(terminal, socket, Boolean.getBoolean("cobnut.terminal")).run(command(repeated.get()));
            return;
        }
        try (var client = new CommandClient(socket)) {
            if (words[0].equals("shell")) shell(client);
            else if (!give(client, command(words), json)) throw new ProgramFailure("");
        } catch (IOException e) {
            throw new ProgramFailure("nutctl: the connection to Cobnut at " + socket + " broke: " + ErrorText.of(e));
        }
    }

    /** The command whose answer is shown again each second; empty when it is wanted once. */
    private static Optional<String[]> repeated(String[] words) throws ProgramFailure {
        if (words[0].equals("fleet") && words.length == 2) {
            if (words[1].equals("watch")) return Optional.of(new String[] {"fleet"});
            throw new ProgramFailure("nutctl fleet: unexpected word \"" + words[1] + "\"; usage: nutctl fleet [watch]");
        }
        if (!words[0].equals("watch")) return Optional.empty();
        String[] status = words.clone();
        status[0] = "status";
        return Optional.of(status);
    }

    /** Answers what needs no running Cobnut. */
    private boolean answered(String[] args) throws ProgramFailure {
        String first = args.length == 0 ? "-h" : args[0];
        switch (first) {
            case "-h", "--help" -> help();
            case "-V", "--version" -> terminal.out(Version.of("nutctl") + '\n');
            case "help" -> {
                if (args.length > 2)
                    throw new ProgramFailure(
                            "nutctl help: unexpected word \"" + args[2] + "\"; usage: nutctl help [COMMAND]");
                if (args.length == 1) {
                    help();
                    return true;
                }
                Optional<NutctlCommand> command = NutctlCommand.named(args[1]);
                command.ifPresent(known -> terminal.out("usage: " + known.usage() + '\n' + known.does() + '\n'));
                return command.isPresent();
            }
            default -> {
                if (first.startsWith("-"))
                    throw new ProgramFailure("nutctl: invalid option " + first + "; see: nutctl help");
                return false;
            }
        }
        return true;
    }

    private void help() {
        var commands = new StringBuilder();
        for (NutctlCommand command : NutctlCommand.ALL) {
            String typed = command.usage().substring("nutctl ".length());
            commands.append("  ")
                    .append(typed)
                    .append(typed.length() > 20 ? "\n" + " ".repeat(24) : " ".repeat(22 - typed.length()));
            commands.append(command.does()).append('\n');
        }
        terminal.out(HELP.replace("@COMMANDS@\n", commands));
    }

    /** Makes the path of a jar, a mapping file or a recording whole: Cobnut runs in a folder of its own. */
    private static void fromHere(String[] words) {
        String command = NutctlCommand.named(words[0]).map(NutctlCommand::name).orElse("");
        boolean path = words.length == 3
                && switch (command) {
                    case "drivers" -> words[1].matches("install|update") && words[2].matches(".*/.*|.*\\.jar");
                    case "mapping" -> words[1].equals("check");
                    case "record" -> !words[2].equals("stop");
                    default -> false;
                };
        if (path) words[2] = Path.of(words[2]).toAbsolutePath().normalize().toString();
    }

    private void shell(CommandClient client) throws IOException {
        for (Optional<String> line = terminal.ask("nut> "); line.isPresent(); line = terminal.ask("nut> ")) {
            String command = line.get().strip();
            boolean json = command.endsWith(" " + JSON);
            if (!command.isEmpty())
                give(client, json ? command.substring(0, command.length() - JSON.length()) : command, json);
        }
        terminal.out("\n");
    }

    private boolean give(CommandClient client, String command, boolean json) throws IOException {
        return client.give(command, json, line -> terminal.out(line + '\n'), line -> terminal.err(explained(line)));
    }

    /** What upsmon alone can answer is asked of it where it runs alone. */
    private Path socket(String command) {
        String place = terminal.env("UPSMON_STATEPATH");
        List<Path> places =
                place.isEmpty() ? List.of(terminal.stateDir()) : List.of(Path.of(place), terminal.stateDir());
        return places.stream()
                .map(folder -> folder.resolve("nutctl.upsmon.sock"))
                .filter(socket -> OF_UPSMON.contains(command) && CommandClient.answers(socket))
                .findFirst()
                .orElse(terminal.stateDir().resolve("nutctl.sock"));
    }

    private static String explained(String error) {
        Matcher unknown = UNKNOWN.matcher(error);
        return unknown.matches() && OF_UPSMON.contains(unknown.group(1))
                ? "upsmon answers nutctl %s, and it is not in this process; where it runs alone, it answers if there was a notify.conf when it started"
                        .formatted(unknown.group(1))
                : error;
    }

    /** The words as the shell in the runtime reads them: nothing in them is anything but text. */
    static String command(String[] words) {
        int first = words.length > 1 && words[0].equals("config") && words[1].equals("diff") ? 1 : 0;
        var line = new StringBuilder(words[first].equals("help") ? "help" : "nut:" + words[first]);
        for (int i = first + 1; i < words.length; i++) {
            line.append(" \"");
            for (char c : words[i].toCharArray())
                line.append("\\\"$".indexOf(c) < 0 ? "" : "\\").append(c);
            line.append('"');
        }
        return line.toString();
    }
}
