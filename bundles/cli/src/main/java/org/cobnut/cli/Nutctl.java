package org.cobnut.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What NUT has not: a running Cobnut by hand, through the socket in its state path that only its owner can open. */
final class Nutctl {
    private static final String HELP = """
            usage: nutctl COMMAND...      give one command to the Cobnut that runs here
                   nutctl shell           give several, until the input ends
                   nutctl config check [DIR]
                                          say what is wrong with the files, running or not
                   nutctl config get | set | get-mode | set-mode | add-device ...
                                          read and change the files, running or not; nutconf --help says how
                   nutctl passwd [-p] [-i ITERATIONS] USER
                                          hash a password into upsd.users; -p prints the line instead
                   nutctl tls init [-n NAME]... | tls enrol NAME
                                          make certificates for the server and its clients; nutctl tls says more
                   nutctl udev            print udev's rules for the devices on USB that the drivers here know

            Commands: list | vars UPS [VARIABLE] | set UPS VARIABLE VALUE | cmd UPS [COMMAND [ARGUMENT]] | clients
                      drivers [install|update JAR | start|stop|uninstall BUNDLE]
                      plan | rehearse | events [NUMBER]
                      config [PID [KEY VALUE]] | config diff | reload | loglevel LEVEL | help [nut:COMMAND]

            NUT_STATEPATH tells where it runs, if it does not run from this distribution.
            """;

    private static final String DONE = "\u0004ok";
    private static final String FAILED = "\u0004failed";

    private final Terminal terminal;

    Nutctl(Terminal terminal) {
        this.terminal = terminal;
    }

    void run(String[] args) throws Failure, IOException {
        if (args.length == 0 || args[0].equals("-h") || args[0].equals("--help")) {
            terminal.out(HELP);
            return;
        }
        Path socket = socket();
        if (!Files.exists(socket)) throw new Failure("nutctl: no Cobnut runs here: there is no " + socket);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var in =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            OutputStream out = Channels.newOutputStream(channel);
            if (args[0].equals("shell")) shell(in, out);
            else if (!give(command(args), in, out)) throw new Failure("");
        }
    }

    private void shell(BufferedReader in, OutputStream out) throws IOException {
        for (Optional<String> line = terminal.ask("nut> "); line.isPresent(); line = terminal.ask("nut> "))
            if (!line.get().isBlank()) give(line.get(), in, out);
        terminal.out("\n");
    }

    /** Sends one command and prints what comes back; whether it worked. */
    private boolean give(String command, BufferedReader in, OutputStream out) throws IOException {
        out.write((command + '\n').getBytes(StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(DONE)) return true;
            if (line.equals(FAILED)) return false;
            terminal.out(line + '\n');
        }
        throw new IOException("Cobnut has ended");
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
