package org.cobnut.cli.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cobnut.cli.terminal.Help;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Address;
import org.cobnut.client.Auth;
import org.cobnut.client.Connection;
import org.cobnut.client.NutException;
import org.cobnut.client.Ups;
import org.cobnut.program.ProgramFailure;

/** Shows and sets the writable variables of a UPS (upsrw(8)). */
public final class Upsrw {
    public static final String HELP = """
            usage: upsrw [-h]
                   upsrw [-l] <ups>
                   upsrw -s <variable>[=<value>] [-u <username>] [-p <password>] [-w] [-t <timeout>] <ups>

            Shows the variables of a UPS that can be set, or sets one.

              -s <variable>  - set this variable; you are asked for the value if none is given
              -l             - show all writable variables (as without -s)
              -u <username>  - the user of upsd.users who asks (default: you are asked)
              -p <password>  - the password of that user (default: you are asked)
              -w             - wait for the driver, and print what became of it
              -t <timeout>   - how long to wait with -w (in seconds, default: 10)
              -W <secs>      - how long a connection may take (default: 10; 0: as long as the system lets it)
              -A <file>      - where credentials are: none, default, or a file such as nutauth.conf
              -V             - print the version
              -h             - print this text

              <ups>          - upsd server, <upsname>[@<hostname>[:<port>]] form
            """;

    private static final List<String> FLAGS = List.of("RW", "ENUM", "RANGE");

    private final Options options;
    private final Terminal terminal;

    public Upsrw(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    public void run() throws ProgramFailure, IOException {
        long timeout = TrackedRequest.timeout(options);
        if (options.rest().isEmpty()) {
            Help.print("upsrw", HELP, terminal);
            return;
        }
        boolean set = options.overrides('s', 'l');
        if (options.has('s') && !set) terminal.err("Listing mode requested, overriding setvar specified earlier!");
        Address address = Connector.ups(
                options.rest(1, "<ups> (is -u, -p or another option missing?)").get(0), "  ");
        Auth auth = Connector.auth(address, options, terminal);
        if (set) auth = auth.askingForTls();
        try (Connection connection = Connector.connect(address, auth, options, terminal)) {
            Ups ups = connection.ups(address.ups());
            if (set) set(new TrackedRequest(options, terminal, connection, auth), ups, timeout);
            else list(ups);
        }
    }

    private void set(TrackedRequest order, Ups ups, long timeout) throws ProgramFailure, IOException {
        String asked = options.value('s', "");
        int sign = asked.indexOf('=');
        String variable = sign < 0 ? asked : asked.substring(0, sign);
        if (variable.indexOf('.') < 0) throw new ProgramFailure("Error: old variable names are not supported");
        order.identify();
        String value = sign < 0
                ? terminal.ask("Enter new value for " + variable + ": ").orElseThrow(TrackedRequest::noInput)
                : asked.substring(sign + 1);
        order.give("set variable", timeout, () -> ups.set(variable, value));
    }

    private void list(Ups ups) throws IOException {
        for (Map.Entry<String, String> each : ups.writable().entrySet()) {
            String name = each.getKey();
            var block = new StringBuilder("[" + name + "]\n")
                    .append(description(ups, name))
                    .append('\n');
            try {
                type(block, ups, name, each.getValue());
            } catch (NutException gone) {
                block.append("Unknown type\n");
            }
            terminal.out(block.append('\n').toString());
        }
    }

    private static String description(Ups ups, String variable) throws IOException {
        try {
            return ups.description(variable);
        } catch (NutException none) {
            return "Description unavailable";
        }
    }

    /** A variable of several kinds is shown as the first of these: a range, a choice, a text or a number. */
    private static void type(StringBuilder block, Ups ups, String variable, String value) throws IOException {
        List<String> type = ups.type(variable);
        String last = type.isEmpty() ? "" : type.get(type.size() - 1);
        String kind = FLAGS.contains(last) ? "" : last;
        String length = "";
        if (kind.startsWith("STRING:")) {
            length = "Maximum length: " + kind.substring("STRING:".length()) + '\n';
            kind = "STRING";
        }
        if (type.contains("RANGE")) {
            block.append("Type: RANGE NUMBER\n");
            for (Ups.Range range : ups.ranges(variable))
                option(block, range.min() + '-' + range.max(), within(range, value));
        } else if (type.contains("ENUM")) {
            block.append(kind.isEmpty() ? "Type: ENUM" : "Type: ENUM " + kind)
                    .append('\n')
                    .append(length);
            for (String choice : ups.choices(variable)) option(block, choice, choice.equals(value));
        } else if (kind.equals("NUMBER") || !length.isEmpty()) {
            block.append("Type: ").append(kind).append('\n').append(length);
            block.append("Value: ").append(value).append('\n');
        } else if (!kind.isEmpty()) {
            block.append("Type: ").append(kind).append(" (unrecognized)\n");
        }
    }

    private static void option(StringBuilder block, String text, boolean selected) {
        block.append("Option: \"").append(text).append(selected ? "\" SELECTED\n" : "\"\n");
    }

    private static boolean within(Ups.Range range, String value) {
        try {
            double number = Double.parseDouble(value);
            return number >= Double.parseDouble(range.min()) && number <= Double.parseDouble(range.max());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
