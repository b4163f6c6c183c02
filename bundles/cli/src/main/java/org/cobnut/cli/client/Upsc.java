package org.cobnut.cli.client;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.cobnut.cli.terminal.FailureText;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Address;
import org.cobnut.client.Connection;
import org.cobnut.client.Ups;
import org.cobnut.program.ProgramFailure;

/** Shows what a server says of its UPSes (upsc(8)). */
public final class Upsc {
    public static final String HELP = """
            usage: upsc [-j] -l | -L [<hostname>[:port]]
                   upsc [-j] <ups> [<variable>]
                   upsc [-j] -c <ups>

            Shows the variables of a UPS, or which UPSes and clients a server has.

              -l         - the names of the UPSes of a server (default: localhost), one per line
              -L         - the same, each followed by its description from ups.conf
              -c         - the addresses of the clients logged in to <ups>, one per line
              -j         - print JSON
              -W <secs>  - how long a connection may take (default: 10; 0: as long as the system lets it)
              -A <file>  - what TLS must be like, from nutauth.conf: none, default, or a file
              -V         - print the version
              -h         - print this text

              <ups>      - upsd server, <upsname>[@<hostname>[:<port>]] form
              <variable> - print the value of this variable alone; default: all variables
            """;

    private final Options options;
    private final Terminal terminal;
    private final boolean json;

    public Upsc(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.json = options.has('j');
    }

    public void run() throws ProgramFailure {
        boolean list = options.has('l') || options.has('L');
        List<String> words = list
                ? options.rest(1, "[<hostname>[:<port>]]")
                : options.has('c') ? options.rest(1, "<ups>") : options.rest(2, "<ups> [<variable>]");
        Address address = address(list, words);
        try (Connection connection =
                Connector.connect(address, Connector.auth(address, options, terminal), options, terminal)) {
            if (list) list(connection);
            else if (options.has('c')) lines(connection.ups(address.ups()).clients());
            else if (words.size() > 1) value(connection.ups(address.ups()), words.get(1));
            else variables(connection.ups(address.ups()).variables());
        } catch (IOException e) {
            throw fail(FailureText.reason(e));
        }
    }

    private Address address(boolean list, List<String> words) throws ProgramFailure {
        try {
            if (list) return words.isEmpty() ? Address.server("") : server(words.get(0));
            return Address.of(words.isEmpty() ? "" : words.get(0));
        } catch (IllegalArgumentException e) {
            throw fail(
                    list
                            ? "invalid hostname.\nRequired format: [hostname[:port]]"
                            : "invalid UPS definition.\nRequired format: upsname[@hostname[:port]]");
        }
    }

    /** A server given as a word; an empty word is a mistake, not this machine. */
    private static Address server(String word) {
        if (word.isEmpty()) throw new IllegalArgumentException("empty");
        return Address.server(word);
    }

    private void list(Connection connection) throws IOException {
        Map<String, String> upses = connection.upses();
        if (options.has('L')) variables(upses);
        else lines(upses.keySet());
    }

    private void value(Ups ups, String variable) throws ProgramFailure, IOException {
        if (variable.indexOf('.') < 0) throw fail("old-style variable names are not supported");
        String value = ups.get(variable);
        terminal.out((json ? Json.string(value) : value) + '\n');
    }

    private void variables(Map<String, String> entries) {
        if (json) {
            terminal.out(Json.object(entries));
            return;
        }
        var out = new StringBuilder();
        for (Map.Entry<String, String> entry : entries.entrySet())
            out.append(entry.getKey()).append(": ").append(entry.getValue()).append('\n');
        terminal.out(out.toString());
    }

    private void lines(Collection<String> entries) {
        if (json) {
            terminal.out(Json.array(entries));
            return;
        }
        var out = new StringBuilder();
        for (String entry : entries) out.append(entry).append('\n');
        terminal.out(out.toString());
    }

    /** With -j the reason goes to both streams; the list of variables spreads it over three lines. */
    private ProgramFailure fail(String reason) {
        boolean whole = !options.has('l')
                && !options.has('L')
                && !options.has('c')
                && options.rest().size() == 1;
        if (json) {
            String error = "\"error\": " + Json.string(reason.replace('\n', ' '));
            terminal.out(whole ? "{\n  " + error + "\n}\n" : '{' + error + "}\n");
        }
        return new ProgramFailure("Error: " + reason);
    }
}
