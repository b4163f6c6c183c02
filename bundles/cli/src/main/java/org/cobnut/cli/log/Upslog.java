package org.cobnut.cli.log;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cobnut.cli.client.Connector;
import org.cobnut.cli.client.PolledServer;
import org.cobnut.cli.terminal.Daemon;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Signals;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Address;
import org.cobnut.client.NutAuth;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.HostName;
import org.cobnut.wire.Version;

/** Writes what UPSes say into files, again and again (upslog(8)). */
public final class Upslog {
    public static final String OPTIONS = "hs:l:i:f:u:Vp:FBm:Nd:DW:A:R:";

    static final String HELP = """
            usage: upslog [OPTIONS]

            Logs the status of UPSes.

              -s <ups>       - the UPS to log: <upsname>[@<hostname>[:<port>]]; * as its name: all of the server
              -l <logfile>   - the file to add lines to; - for standard output, and then in the foreground
              -m <ups,file>  - the same in one word; may be given several times, and then -s and -l do not count
              -f <format>    - what to write, see below
              -N             - begin each line with %UPSHOST%%t
              -i <interval>  - seconds between lines (default: 30)
              -d <count>     - end after so many rounds (default: 0, never)
              -F             - stay in the foreground
              -B             - go to the background, even when logging to standard output
              -p <pidbase>   - the base name of the PID file (default: upslog)
              -u <user>      - if started as root, become this user
              -R <size[,n]>  - (not in NUT) when a file would grow beyond size (such as 500k or 10M) begin a new one,
                               and keep n old ones (default: 1) as file.1, file.2...
              -W <secs>      - how long a connection may take (default: 10; 0: as long as the system lets it)
              -A <file>      - what TLS must be like, from nutauth.conf: none, default, or a file
              -D             - stay in the foreground
              -V             - print the version
              -h             - print this text

            Escapes in a format:
              %%             - a percent sign
              %t             - a TAB
              %TIME format%  - the time as strftime writes it, with @ in place of %
              %ETIME%        - the time in seconds since 1970
              %HOST%         - the name of this machine
              %UPSHOST%      - the UPS as it was given
              %PID%          - the process id of upslog
              %VAR name%     - the value of a variable

            Signals: HUP opens the files anew, USR1 logs now, TERM ends. The format is otherwise:
            """ + LogFormat.DEFAULT + '\n';

    private record Wish(String ups, String file) {}

    private final Options options;
    private final Terminal terminal;
    private final List<LogTarget> targets = new ArrayList<>();
    private final Map<String, LogFile> files = new LinkedHashMap<>();
    private final Map<Address, PolledServer> servers = new LinkedHashMap<>();

    public Upslog(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    public void run(String[] args) throws ProgramFailure, IOException {
        if (!options.fault().isEmpty()) {
            terminal.err("upslog: " + options.fault());
            throw new ProgramFailure("Error: unknown option. Try -h for help.");
        }
        if (options.has('V') || options.has('h')) {
            terminal.out(Version.of("upslog") + '\n' + (options.has('h') ? '\n' + HELP : ""));
            return;
        }
        List<String> words = options.rest();
        boolean named = options.has('s') || options.has('l') || options.has('m');
        if (!words.isEmpty() && (named || words.size() < 3))
            throw Options.tooMany(
                    words, "none beside options (or all of the old form: <ups> <file> <interval> [<format>])");
        List<Wish> wishes = wishes(words);
        boolean stays =
                options.has('F') || options.has('D') || wishes.get(0).file.equals("-");
        if (options.overrides('B', 'F')) stays = false;
        var daemon = new Daemon(terminal, "upslog", options.value('p', "upslog"));
        if (!stays && !daemon.detached()) daemon.detach(args);
        else log(wishes, words, daemon);
    }

    private List<Wish> wishes(List<String> words) throws ProgramFailure {
        var wishes = new ArrayList<Wish>();
        for (String tuple : options.values('m')) {
            int comma = tuple.indexOf(',');
            if (comma < 0 || tuple.indexOf(',', comma + 1) >= 0)
                throw new ProgramFailure("Argument '-m upsspec,logfile' requires exactly 2 components in the tuple");
            wishes.add(new Wish(tuple.substring(0, comma), tuple.substring(comma + 1)));
        }
        if (!wishes.isEmpty()) return wishes;
        boolean old = words.size() >= 3;
        String ups = old ? words.get(0) : options.value('s', "");
        String file = old ? words.get(1) : options.value('l', "");
        if (ups.isEmpty())
            throw new ProgramFailure("No UPS defined for monitoring - use -s <system> or -m <ups,logfile>");
        if (file.isEmpty()) throw new ProgramFailure("No filename defined for logging - use -l <file>");
        return List.of(new Wish(ups, file));
    }

    private void log(List<Wish> wishes, List<String> words, Daemon daemon) throws ProgramFailure, IOException {
        boolean old = words.size() >= 3;
        int interval = number(old ? words.get(2) : options.value('i', "30"), "interval", 1);
        int rounds = number(options.value('d', "0"), "count", 0);
        // Words of old: each is followed by a blank, the last one too.
        String format = words.size() > 3
                ? String.join(" ", words.subList(3, words.size())) + ' '
                : options.value('f', LogFormat.DEFAULT);
        if (options.has('N')) format = LogFormat.WITH_NAME + format;
        if (!quiet()) terminal.out(Version.of("upslog") + '\n');
        open(wishes, interval);
        Signals signals = Signals.of("TERM", "INT", "HUP", "USR1");
        try (daemon) {
            daemon.ready();
            rounds(
                    new LogFormat(format, HostName.get(), Clock.system(ZoneId.systemDefault())),
                    interval,
                    rounds,
                    signals);
        } finally {
            for (PolledServer server : servers.values()) server.close();
            for (LogFile file : files.values()) file.close();
        }
    }

    private boolean quiet() {
        String quiet = terminal.environment().getOrDefault("NUT_QUIET_INIT_BANNER", "no");
        return quiet.isEmpty() || quiet.equalsIgnoreCase("true");
    }

    private void open(List<Wish> wishes, int interval) throws ProgramFailure {
        NutAuth auth = Connector.authFile(options, terminal);
        Duration timeout = Connector.timeout(options, terminal);
        var rotation = options.has('R') ? LogFile.Rotation.of(options.value('R', "")) : LogFile.Rotation.NEVER;
        for (Wish wish : wishes) {
            terminal.out("logging status of " + wish.ups + " to " + wish.file + " (" + interval + "s intervals)\n");
            Address address = Connector.ups(wish.ups, "  ");
            PolledServer server = servers.get(address.withUps(""));
            if (server == null) {
                server = new PolledServer(address.withUps(""), auth, timeout, terminal::err);
                servers.put(address.withUps(""), server);
                String trouble = server.connect();
                if (!trouble.isEmpty()) terminal.err("Warning: initial connect failed: " + trouble);
            }
            LogFile file = files.get(wish.file);
            if (file == null) {
                file = new LogFile(wish.file, rotation, terminal);
                files.put(wish.file, file);
            }
            targets.add(new LogTarget(wish.ups, address, server, file));
        }
    }

    private void rounds(LogFormat format, int interval, int rounds, Signals signals) throws ProgramFailure {
        long period = TimeUnit.SECONDS.toNanos(interval);
        long next = System.nanoTime() + period;
        for (int done = 1; ; done++) {
            for (LogTarget target : targets) target.log(format);
            // As in NUT: a connection that is not needed soon is not kept.
            if (interval > 30) for (PolledServer server : servers.values()) server.close();
            if (done == rounds || terminal.broken()) return;
            String signal = signals.await(next);
            if (signal.isEmpty()) next = Math.max(next + period, System.nanoTime());
            else if (signal.equals("HUP")) reopen();
            else if (!signal.equals("USR1")) {
                terminal.err("Signal " + (signal.equals("INT") ? 2 : 15) + ": exiting");
                return;
            }
        }
    }

    private void reopen() throws ProgramFailure {
        terminal.err("Signal 1: reopening log file");
        for (LogFile file : files.values()) file.reopen();
    }

    private static int number(String text, String what, int least) throws ProgramFailure {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) return number;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProgramFailure("Error: invalid " + what + ": " + text);
    }
}
