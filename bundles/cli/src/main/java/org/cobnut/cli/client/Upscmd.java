package org.cobnut.cli.client;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cobnut.cli.terminal.Help;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Address;
import org.cobnut.client.Auth;
import org.cobnut.client.Connection;
import org.cobnut.client.NutException;
import org.cobnut.client.Ups;
import org.cobnut.program.ProgramFailure;

/** Lists and runs the instant commands of a UPS (upscmd(8)). */
public final class Upscmd {
    public static final String HELP = """
            usage: upscmd [-h]
                   upscmd [-l <ups>]
                   upscmd [-u <username>] [-p <password>] [-w] [-t <timeout>] <ups> <command> [<value>]

            Runs an instant command of a UPS.

              -l             - the commands that <ups> has
              -u <username>  - the user of upsd.users who asks (default: you are asked)
              -p <password>  - the password of that user (default: you are asked)
              -w             - wait for the driver, and print what became of the command
              -t <timeout>   - how long to wait with -w (in seconds, default: 10)
              -W <secs>      - how long a connection may take (default: 10; 0: as long as the system lets it)
              -A <file>      - where credentials are: none, default, or a file such as nutauth.conf
              -V             - print the version
              -h             - print this text

              <ups>          - upsd server, <upsname>[@<hostname>[:<port>]] form
              <command>      - a command such as test.panel.start
              [<value>]      - what the command takes: a number of seconds, say
            """;

    private final Options options;
    private final Terminal terminal;

    public Upscmd(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    public void run() throws ProgramFailure, IOException {
        long timeout = TrackedRequest.timeout(options);
        List<String> words = options.has('l') ? options.rest(1, "<ups>") : options.rest(3, "<ups> <command> [<value>]");
        if (words.size() < (options.has('l') ? 1 : 2)) {
            Help.print("upscmd", HELP, terminal);
            return;
        }
        Address address = Connector.ups(words.get(0), "  ");
        Auth auth = Connector.auth(address, options, terminal);
        if (!options.has('l')) auth = auth.askingForTls();
        try (Connection connection = Connector.connect(address, auth, options, terminal)) {
            Ups ups = connection.ups(address.ups());
            if (options.has('l')) list(ups);
            else command(new TrackedRequest(options, terminal, connection, auth), ups, words, timeout);
        }
    }

    private void list(Ups ups) throws IOException {
        var out = new StringBuilder("Instant commands supported on UPS [" + ups.name() + "]:\n\n");
        for (String command : ups.commands())
            out.append(command).append(" - ").append(description(ups, command)).append('\n');
        terminal.out(out.toString());
    }

    private static String description(Ups ups, String command) throws IOException {
        try {
            return ups.commandDescription(command);
        } catch (NutException none) {
            return "Description unavailable";
        }
    }

    private void command(TrackedRequest order, Ups ups, List<String> words, long timeout)
            throws ProgramFailure, IOException {
        String command = words.get(1);
        if (command.indexOf('.') < 0) throw new ProgramFailure("Error: old command names are not supported");
        Optional<String> value = words.size() > 2 ? Optional.of(words.get(2)) : Optional.empty();
        order.identify();
        order.give("command", timeout, () -> ups.run(command, value));
    }
}
