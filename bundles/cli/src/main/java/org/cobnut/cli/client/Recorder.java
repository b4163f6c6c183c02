package org.cobnut.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.cobnut.cli.terminal.FailureText;
import org.cobnut.cli.terminal.Help;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Signals;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Address;
import org.cobnut.client.Connection;
import org.cobnut.client.NutAuth;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.Quote;
import org.cobnut.wire.Version;

/** Records the changes of a running device into a file that dummy-ups plays (nut-recorder(8)). */
public final class Recorder {
    public static final String OPTIONS = "hVDd:W:A:";

    public static final String HELP = """
            usage: nut-recorder [OPTIONS] <ups> [<file> [<interval>]]

            Writes the changes of a device into a file that dummy-ups can play.

              <ups>       - upsd server, <upsname>[@<hostname>[:<port>]] form
              <file>      - where to (default: dummy-device.seq); what is there is replaced
              <interval>  - seconds between two looks at the device (default: 5)
              -d <count>  - (not in NUT) end after so many looks (default: 0, at a signal)
              -W <secs>   - how long a connection may take (default: 10; 0: as long as the system lets it)
              -A <file>   - what TLS must be like, from nutauth.conf: none, default, or a file
              -V          - print the version
              -h          - print this text
            """;

    private final Options options;
    private final Terminal terminal;
    private Map<String, String> last = Map.of();
    private long waited;

    public Recorder(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    public void run() throws ProgramFailure, IOException {
        List<String> words = options.rest(3, "<ups> [<file> [<interval>]]");
        if (words.isEmpty()) {
            Help.print("nut-recorder", HELP, terminal);
            return;
        }
        Address address = Connector.ups(words.get(0), "  ");
        var file = Path.of(words.size() > 1 ? words.get(1) : "dummy-device.seq");
        int interval = seconds(words.size() > 2 ? words.get(2) : "5", 1);
        int looks = seconds(options.value('d', "0"), 0);
        Signals signals = Signals.of("TERM", "INT", "HUP");
        NutAuth auth = Connector.authFile(options, terminal);
        try (var server =
                new PolledServer(address.withUps(""), auth, Connector.timeout(options, terminal), terminal::err)) {
            String trouble = server.connect();
            if (!trouble.isEmpty()) throw new ProgramFailure("Error: " + trouble);
            begin(file, "# " + address + ", every " + interval + " s, by " + Version.of("nut-recorder") + '\n');
            record(server, address.ups(), file, interval, looks, signals);
        }
    }

    private void record(PolledServer server, String ups, Path file, int interval, int looks, Signals signals)
            throws ProgramFailure, IOException {
        long period = TimeUnit.SECONDS.toNanos(interval);
        long next = System.nanoTime();
        for (int done = 0; looks == 0 || done < looks; done++) {
            Optional<Connection> connection = server.connection();
            try {
                if (connection.isPresent())
                    append(file, connection.get().ups(ups).variables());
            } catch (IOException e) {
                // What happens meanwhile is unknown, so the recording shows no change.
                if (last.isEmpty()) throw new ProgramFailure("Error: " + FailureText.reason(e));
            }
            next = Math.max(next + period, System.nanoTime());
            if (!signals.await(next).isEmpty()) break;
            waited += interval;
        }
        // How long the last state lasted; and a file that ends in a TIMER is played from its start at once.
        append(file, waited > 0 ? List.of("TIMER " + waited) : List.of());
    }

    private void append(Path file, Map<String, String> variables) throws ProgramFailure {
        var now = new TreeMap<>(variables);
        now.keySet().removeIf(Recorder::serversOwn);
        var lines = new ArrayList<String>();
        var gone = new TreeSet<>(last.keySet());
        gone.removeAll(now.keySet());
        for (String name : gone) lines.add(name + ':');
        for (Map.Entry<String, String> entry : now.entrySet())
            if (!entry.getValue().equals(last.get(entry.getKey()))) lines.add(line(entry.getKey(), entry.getValue()));
        if (lines.isEmpty()) return;
        if (waited > 0) lines.add(0, "TIMER " + waited);
        waited = 0;
        last = now;
        append(file, lines);
    }

    private static void begin(Path file, String title) throws ProgramFailure {
        try {
            Files.writeString(file, title);
        } catch (IOException e) {
            throw lost(file, e);
        }
    }

    private static void append(Path file, List<String> lines) throws ProgramFailure {
        try {
            Files.write(file, lines, StandardCharsets.ISO_8859_1, java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw lost(file, e);
        }
    }

    private static ProgramFailure lost(Path file, IOException e) {
        return new ProgramFailure("Error: the recording cannot be written to " + file + ": " + FailureText.file(e));
    }

    /** A value bare as NUT writes it, where that reads the same; quotes keep what else would be lost. */
    private static String line(String name, String value) {
        boolean plain = Quote.escape(value).equals(value)
                && value.equals(value.trim())
                && !value.contains("  ")
                && value.indexOf('=') < 0;
        return name + ": " + (plain ? value : Quote.quote(value));
    }

    /** What the server and the driver add of their own, wherever the recording is played. */
    private static boolean serversOwn(String name) {
        return name.startsWith("driver.") || name.startsWith("server.");
    }

    private static int seconds(String text, int least) throws ProgramFailure {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) return number;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProgramFailure("Error: not a number that can be used: " + text);
    }
}
