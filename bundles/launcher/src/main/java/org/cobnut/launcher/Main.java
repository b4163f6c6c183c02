package org.cobnut.launcher;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cobnut.launcher.framework.Container;
import org.cobnut.launcher.framework.ProgramRunner;
import org.cobnut.launcher.framework.WebConsole;
import org.cobnut.launcher.process.LaunchLog;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.AccountOptions;
import org.cobnut.launcher.program.Directories;
import org.cobnut.launcher.program.NutConf;
import org.cobnut.launcher.program.PidFile;
import org.cobnut.launcher.program.Program;
import org.cobnut.launcher.program.StartMessages;
import org.cobnut.launcher.program.Verbosity;
import org.cobnut.program.Getopt;

/**
 * Runs the program {@code cobnut}: {@code run}, {@code version}, {@code help}; or, by the system property {@code
 * cobnut.program}, one of NUT's daemons alone. Exits with 0 after a requested stop, else with 1.
 */
public final class Main {
    private static final String HELP = """
            usage: cobnut run                    start drivers and upsd here; TERM or INT ends it, HUP reads the configuration anew
                   cobnut run --console[=PORT]   the same with the web console, on this machine only, port 8080
                   cobnut run --no-upsmon        the same without upsmon, which runs as a program of its own then
                   cobnut run -u USER [-r DIR]   as root: the same as another user, in the jail DIR ("nutctl jail" makes it)
                   cobnut version                say which version this is
                   cobnut help                   say this

            NUT_CONFPATH, NUT_STATEPATH, NUT_ALTPIDPATH and NUT_DEBUG_LEVEL mean what they mean in NUT.
            """;

    private final Map<String, String> environment;
    private final Path home;
    private final PrintStream out;
    private final PrintStream err;
    private final LaunchLog log;

    Main(Map<String, String> environment, Path home, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.out = out;
        this.err = err;
        log = LaunchLog.of("cobnut", false, environment, err);
    }

    public static void main(String[] arguments) throws InterruptedException {
        // An unexpected failure is printed, and ends the process: threads of the framework would keep it running.
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            thread.getThreadGroup().uncaughtException(thread, failure);
            System.exit(1);
        });
        var home = Path.of(System.getProperty("cobnut.home", "")).toAbsolutePath();
        var program = System.getProperty("cobnut.program", "cobnut");
        System.exit(
                program.equals("cobnut")
                        ? new Main(System.getenv(), home, System.out, System.err).run(List.of(arguments))
                        : alone(program, home, List.of(arguments)));
    }

    /** Runs one of NUT's programs by itself. */
    private static int alone(String program, Path home, List<String> arguments) throws InterruptedException {
        var messages = new StartMessages(program, System.getenv(), System.out, System.err);
        var daemon = new Daemon(System.getenv(), home, messages);
        try {
            return switch (program) {
                case "upsd" -> new UpsdMain(daemon).run(Getopt.parseWithLongWords(UpsdMain.LETTERS, arguments));
                case "upsmon" -> new UpsmonMain(daemon).run(Getopt.parseWithLongWords(UpsmonMain.LETTERS, arguments));
                default -> new DriverMain(daemon).run(Getopt.parse(DriverMain.LETTERS, arguments));
            };
        } catch (StartException e) {
            messages.fatal(e);
            return 1;
        }
    }

    int run(List<String> arguments) throws InterruptedException {
        var command = arguments.isEmpty() ? "help" : arguments.get(0);
        try {
            if (arguments.size() > 1 && !command.equals("run")) {
                throw new StartException("%s takes no words, so not \"%s\"; see: cobnut help"
                        .formatted(command, String.join(" ", arguments.subList(1, arguments.size()))));
            }
            return switch (command) {
                case "run" -> serve(arguments.subList(1, arguments.size()));
                case "version", "-V", "--version" -> print("Cobnut " + StartMessages.own());
                case "help", "-h", "--help" -> print(HELP.stripTrailing());
                default -> throw new StartException("unknown command " + command + "; see: cobnut help");
            };
        } catch (StartException e) {
            // A person mistyped it, or a program that is to run does not start.
            if (command.equals("run")) log.error(String.valueOf(e.getMessage()));
            else err.println("cobnut: " + e.getMessage());
            return 1;
        }
    }

    private int serve(List<String> arguments) throws StartException, InterruptedException {
        var options = Getopt.parse("u:r:-:", arguments);
        if (!options.fault().isEmpty()) throw new StartException(options.fault() + "; see: cobnut help");
        AccountOptions.check(options);
        var words = new ArrayList<>(words(options));
        boolean watches = !words.remove("--no-upsmon");
        return serve(watches, WebConsole.asked(words));
    }

    private int serve(boolean watches, Optional<WebConsole> console) throws StartException, InterruptedException {
        var directories = Directories.of(home, environment);
        var nutConf = NutConf.in(directories.conf());
        nutConf.check();
        if (nutConf.client() && !watches)
            throw new StartException("MODE=netclient in nut.conf: only upsmon is to run on this machine");
        Program program = nutConf.client()
                ? Program.Monitor.of(Container.managed(environment), directories.conf())
                : Program.Whole.of(watches, environment);
        directories.check(program);
        directories.checkDrivers(nutConf, log::warn);
        refuseSecond(directories, program, watches);
        new Verbosity(nutConf.debugLevel(environment), 0).apply("cobnut", false, environment);
        return new ProgramRunner(program, directories, environment, log).serve(console, true, container -> {
            var shown = console.filter(wanted -> started(wanted, container));
            if (container.up() && environment.containsKey("COBNUT_WELCOME")) {
                err.println(WelcomeScreen.screen(directories, environment.get("COBNUT_WELCOME"), shown));
            }
        });
    }

    /** Refuses to be the second of its kind, and to watch beside a upsmon that watches on the same files. */
    private void refuseSecond(Directories directories, Program program, boolean watches) throws StartException {
        var file = directories.pid().resolve(program.stem() + ".pid");
        var other = PidFile.holder(file, program.name());
        if (other.isPresent())
            throw new StartException(
                    "already running as process %d (%s)".formatted(other.get().pid(), file));
        if (program instanceof Program.Monitor
                || !watches
                || !Files.exists(directories.conf().resolve("upsmon.conf"))) return;
        var monitor = directories.pid().resolve("upsmon.pid");
        var upsmon = PidFile.holder(monitor, "upsmon");
        if (upsmon.isPresent())
            throw new StartException("upsmon is already running as process %d (%s): stop it, or say --no-upsmon"
                    .formatted(upsmon.get().pid(), monitor));
    }

    /** Tells whether the console came up; when not, that is said, and everything else goes on: it protects machines. */
    private boolean started(WebConsole console, Container container) {
        var bundles = home.resolve("console");
        try {
            console.check(bundles);
            container.add(bundles);
            return true;
        } catch (StartException e) {
            log.error("no web console: " + e.getMessage());
            return false;
        }
    }

    /** What is none of a letter's: words with two dashes, and the rest. */
    private static List<String> words(Getopt options) {
        return Stream.concat(options.all('-').stream().map(word -> "--" + word), options.rest().stream())
                .toList();
    }

    private int print(String text) {
        out.println(text);
        return 0;
    }
}
