package org.cobnut.cli.control;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
                   nutctl config check [DIR]
                                          say what is wrong with the files, running or not
                   nutctl config get | set | get-mode | set-mode | add-device ...
                                          read and change the files, running or not; nutconf --help says how
                   nutctl doctor [DIR]    look for what keeps UPSes from being found, served or switched off, and say
                                          what mends it, running or not
                   nutctl passwd [-p] [-i ITERATIONS] USER
                                          hash a password into upsd.users; -p prints the line instead
                   nutctl tls init [-n NAME]... | tls enrol NAME
                                          make certificates for the server and its clients; nutctl tls says more
                   nutctl trust check [JAR]...
                                          say which jars COBNUT_LOCKED=yes would refuse, and why, running or not
                   nutctl catalog make FOLDER NAME EDITION EXPIRES
                                          write catalog.jar of the jars in a folder, to be signed
                   nutctl udev            print udev's rules for the devices on USB that the drivers here know

            nutctl help COMMAND tells of one command of these:
            @COMMANDS@
            NUT_STATEPATH tells where Cobnut runs, if it does not run from this distribution. The exit code is 0 when what was
            asked for is done, else 1, with the reason on standard error.
            """;

    private static final String DONE = "\u0004ok";
    private static final String FAILED = "\u0004failed";
    private static final String ERROR = "\u0004error ";

    private final Terminal terminal;

    public Nutctl(Terminal terminal) {
        this.terminal = terminal;
    }

    public void run(String[] args) throws ProgramFailure, IOException {
        if (answered(args)) return;
        String[] words = args.clone();
        Optional<NutctlCommand> known = NutctlCommand.named(words[0]);
        if (known.isPresent()) known.get().check(List.of(words).subList(1, words.length));
        else if (words[0].equals("shell") && words.length > 1)
            throw new ProgramFailure("nutctl shell: unexpected word \"" + words[1] + "\"; usage: nutctl shell");
        fromHere(words);
        Path socket = socket();
        if (words[0].equals("reload") && words.length == 2) {
            if (!words[1].equals("--if-running"))
                throw new ProgramFailure(
                        "nutctl reload: unexpected word \"" + words[1] + "\"; usage: nutctl reload [--if-running]");
            if (!answers(socket)) return;
            words = new String[] {words[0]};
        }
        try (SocketChannel channel = connect(socket)) {
            var in =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            OutputStream out = Channels.newOutputStream(channel);
            if (words[0].equals("shell")) shell(in, out);
            else if (!give(command(words), in, out)) throw new ProgramFailure("");
        } catch (IOException e) {
            throw new ProgramFailure("nutctl: the connection to Cobnut at " + socket + " broke: " + ErrorText.of(e));
        }
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

    /** Tells whether a process listens there; a missing permission is reported later. */
    private static boolean answers(Path socket) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return Files.exists(socket) && !Files.isWritable(socket);
        }
    }

    private static SocketChannel connect(Path socket) throws ProgramFailure {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            String way = "; start it with: cobnut run, or set NUT_STATEPATH to its state path";
            if (!Files.exists(socket))
                throw new ProgramFailure("nutctl: no Cobnut runs here: there is no " + socket + way);
            throw new ProgramFailure("nutctl: no Cobnut answers at " + socket + ": " + ErrorText.of(e)
                    + (Files.isWritable(socket) ? way : "; only the user it runs as may ask it"));
        }
    }

    private void shell(BufferedReader in, OutputStream out) throws IOException {
        for (Optional<String> line = terminal.ask("nut> "); line.isPresent(); line = terminal.ask("nut> "))
            if (!line.get().isBlank()) give(line.get(), in, out);
        terminal.out("\n");
    }

    /** Sends one command and prints what comes back; whether it worked. */
    private boolean give(String command, BufferedReader in, OutputStream out) throws IOException {
        IOException broken = null;
        try {
            out.write((command + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            broken = e; // why it hung up may still be there to read
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(DONE)) return true;
            if (line.equals(FAILED)) return false;
            if (line.startsWith(ERROR)) terminal.err(line.substring(ERROR.length()));
            else terminal.out(line + '\n');
        }
        throw broken == null ? new EOFException() : broken;
    }

    private Path socket() {
        return terminal.stateDir().resolve("nutctl.sock");
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
