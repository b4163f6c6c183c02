package org.cobnut.cli.driver;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cobnut.cli.driver.UpsConf.Section;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.program.ProgramFailure;

/** Starts and stops drivers, ours and NUT's, as ups.conf has them (upsdrvctl(8)). */
public final class Upsdrvctl {
    public static final String LETTERS = "hVtu:r:DdFBlc:";

    public static final String HELP = """
            Starts and stops UPS drivers via ups.conf.

            usage: upsdrvctl [OPTIONS] (start | stop | shutdown | status | list) [<ups>]

              start         start the driver of every UPS in ups.conf, or of that one
              stop          stop them
              shutdown      switch the UPSes off, in the order of sdorder
              status        a table of the drivers that run, and of what they say
              list, -l      the names of the UPSes in ups.conf
              -c <command>  tell drivers that run: reload, reload-or-error, reload-or-exit, exit;
                            or dump, to print what they know of their UPSes
              -t            say what would be done, and do nothing
              -F, -FF, -B   where drivers are to run, see theirs; with -F it stays until they have ended
              -d            pass the level of -D on to drivers
              -D            say more
              -u <user>     passed on to drivers
              -r <dir>      passed on to drivers; ups.conf is the one in that jail
              -V            print the version
              -h            print this text
            """;

    private static final List<String> ORDERS = List.of("reload", "reload-or-error", "reload-or-exit", "exit");

    private final Options options;
    private final Terminal terminal;
    private final UpsConf conf;
    private final Path state;
    private final Path pids;
    private final DriverStarter starter;

    public Upsdrvctl(Options options, Terminal terminal, Path home) throws ProgramFailure {
        this.options = options;
        this.terminal = terminal;
        conf = UpsConf.read(directory("NUT_CONFPATH", home.resolve("etc")).resolve("ups.conf"));
        if (conf.sections().isEmpty()) throw new ProgramFailure("Error: no UPS definitions found in ups.conf!");
        state = directory("NUT_STATEPATH", conf.text("statepath").map(Path::of).orElse(home.resolve("state")));
        pids = terminal.env("NUT_ALTPIDPATH").isEmpty() ? state : directory("NUT_ALTPIDPATH", state);
        boolean patient =
                !conf.flag("nowait") || !terminal.env("NUT_IGNORE_NOWAIT").isEmpty();
        starter = new DriverStarter(options, terminal, new DriverPath(conf.text("driverpath"), home), patient);
    }

    /** The exit code: 1 when one of the drivers did not do as it was told. */
    public int run() throws ProgramFailure, InterruptedException {
        boolean act = !options.has('c') && !options.has('l');
        List<String> words = act
                ? options.rest(2, "start, stop, shutdown, status or list, and [<ups>]")
                : options.rest(1, "[<ups>]");
        String order = options.value('c', "");
        if (options.has('c')) {
            if (order.equals("dump")) return dump(some(words, 0));
            if (!ORDERS.contains(order)) throw new ProgramFailure("Error: unrecognized driver command [" + order + "]");
            return each(some(words, 0), section -> order(section, order));
        }
        if (options.has('l')) return list(some(words, 0));
        if (words.isEmpty()) throw new ProgramFailure("Error: no command given. Try -h for help.");
        if (options.has('t')) terminal.err("*** Testing mode: not calling exec/kill");
        List<Section> which = some(words, 1);
        return switch (words.get(0)) {
            case "start" -> {
                int failures = each(which, starter::start);
                yield starter.awaitForeground() > 0 ? 1 : failures;
            }
            case "stop" -> each(which, this::stop);
            case "shutdown" -> each(words.size() > 1 ? which : byOrder(which), starter::shutdown);
            case "status" -> status(which);
            case "list" -> list(which);
            default -> throw new ProgramFailure("Error: unrecognized command [" + words.get(0) + "]");
        };
    }

    /** In the order in which they are to be switched off; those with a negative sdorder never. */
    static List<Section> byOrder(List<Section> sections) {
        return sections.stream()
                .filter(section -> section.number("sdorder", 0) >= 0)
                .sorted(Comparator.comparingInt(section -> section.number("sdorder", 0)))
                .toList();
    }

    private List<Section> some(List<String> words, int at) throws ProgramFailure {
        if (words.size() <= at) return conf.sections();
        String name = words.get(at);
        Optional<Section> found = conf.sections().stream()
                .filter(section -> section.name().equals(name))
                .findFirst();
        return List.of(found.orElseThrow(() -> new ProgramFailure("UPS " + name + " not found in ups.conf")));
    }

    private interface Act {
        boolean on(Section section) throws InterruptedException;
    }

    private static int each(List<Section> sections, Act act) throws InterruptedException {
        int failures = 0;
        for (Section section : sections) if (!act.on(section)) failures++;
        return failures == 0 ? 0 : 1;
    }

    private DriverProcess process(Section section) {
        return new DriverProcess(section, state, pids);
    }

    private boolean stop(Section section) throws InterruptedException {
        if (options.has('t')) return true;
        boolean stopped = process(section).stop();
        if (!stopped)
            terminal.err("Can't stop the driver of " + section.name() + ": none runs by "
                    + process(section).pidFile());
        return stopped;
    }

    private boolean order(Section section, String order) throws InterruptedException {
        boolean done = order.equals("exit")
                ? process(section).stop()
                : process(section).order("driver." + order);
        if (!done) terminal.err("The driver of " + section.name() + " did not do " + order);
        return done;
    }

    /** Prints each variable as the driver's own option -d does, under the UPS's name where there are several. */
    private int dump(List<Section> sections) throws InterruptedException {
        return each(sections, section -> {
            Optional<DriverProcess.Said> said = process(section).said();
            if (sections.size() > 1) terminal.out('[' + section.name() + "]\n");
            said.ifPresentOrElse(
                    found -> found.variables().forEach((name, value) -> terminal.out(name + ": " + value + '\n')),
                    () -> terminal.err("The driver of " + section.name() + " does not answer"));
            return said.isPresent();
        });
    }

    private int list(List<Section> sections) {
        sections.forEach(section -> terminal.out(section.name() + '\n'));
        return 0;
    }

    /** One line for each, as upsdrvctl of NUT 2.8.3 prints them. */
    private int status(List<Section> sections) throws InterruptedException {
        terminal.out("UPSNAME\tUPSDRV\tRUNNING\tPF_PID\tS_RESPONSIVE\tS_PID\tS_STATUS\n");
        for (Section section : sections) {
            Optional<ProcessHandle> process = process(section).process();
            Optional<DriverProcess.Said> said = process(section).said();
            terminal.out(String.join(
                            "\t",
                            section.name(),
                            section.driver().orElse("N/A"),
                            process.isPresent() ? "RUNNING" : said.isPresent() ? "N/A" : "STOPPED",
                            process.map(found -> Long.toString(found.pid())).orElse("N/A"),
                            said.isPresent() ? "RESPONSIVE" : "NOT_RESPONSIVE",
                            said.map(DriverProcess.Said::pid).orElse("N/A"),
                            '"' + said.map(DriverProcess.Said::status).orElse("") + '"')
                    + '\n');
        }
        return 0;
    }

    /** In the jail that drivers live in, if they do; a path in its files is one of its own. */
    private Path directory(String variable, Path otherwise) {
        String value = terminal.env(variable);
        Path path = (value.isEmpty() ? otherwise : Path.of(value)).toAbsolutePath();
        return options.has('r')
                ? Path.of(options.value('r', "")).resolve(Path.of("/").relativize(path))
                : path;
    }
}
