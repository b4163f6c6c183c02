package org.cobnut.upssched;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Version;

/**
 * The program upssched (upssched(8)), which upsmon runs as its NOTIFYCMD. Handles one notice and ends. A process of its
 * own keeps the timers; this program starts it when needed, and it ends when there are no timers.
 */
public final class Main {
    private static final String HELP = """
            Acts on notices of upsmon, by upssched.conf; upsmon runs it, as its NOTIFYCMD.

            usage: upssched [OPTIONS]

              -l  list the timers that run
              -D  taken, and of no effect
              -V  say which version this is
              -h  say this
            """;
    private static final String TIMERS = "--timers";
    private static final long IDLE = 15;

    private final Map<String, String> environment;
    private final Path home;
    private final PrintStream out;
    private Consumer<String> log;

    private Main(Map<String, String> environment, Path home, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.out = out;
        this.log = line -> err.println("upssched: " + line);
    }

    public static void main(String[] args) throws InterruptedException {
        var home = Path.of(System.getProperty("cobnut.home", "")).toAbsolutePath();
        System.exit(new Main(System.getenv(), home, System.out, System.err).run(args));
    }

    private int run(String[] args) throws InterruptedException {
        boolean list = false;
        for (String word : args) {
            switch (word) {
                case "-h", "--help" -> {
                    out.print(HELP);
                    return 0;
                }
                case "-V", "--version" -> {
                    out.println(Version.of("upssched"));
                    return 0;
                }
                case TIMERS -> log = systemLog();
                case "-l" -> list = true;
                default -> {
                    if (word.startsWith("-") && !word.matches("-D+")) {
                        log.accept("invalid option " + word);
                        out.print(HELP);
                        return 1;
                    }
                }
            }
        }
        Path file = Path.of(
                environment.getOrDefault("NUT_CONFPATH", home.resolve("etc").toString()), "upssched.conf");
        try {
            Conf conf = Conf.read(file, log);
            if (list) return list(args, conf, file);
            return List.of(args).contains(TIMERS) ? keep(conf) : notice(args, conf, file);
        } catch (IOException failed) {
            log.accept(Files.exists(file) ? ErrorText.withFile(failed) : file + " is not there");
            return 1;
        }
    }

    private int list(String[] args, Conf conf, Path file) throws IOException {
        for (String word : args)
            if (!word.startsWith("-"))
                throw new IOException("unexpected word \"" + word + "\" beside -l; see: upssched -h");
        Path pipe = conf.pipe().orElseThrow(() -> new IOException(file + ": there is no PIPEFN"));
        Optional<List<String>> lines = Invocation.ask(pipe, PipeRequest.LIST);
        if (lines.isEmpty()) throw new IOException("no timers run: nobody answers on " + pipe);
        lines.get().stream().filter(line -> !line.endsWith(" LIST TIMERS")).forEach(out::println);
        return 0;
    }

    private int notice(String[] args, Conf conf, Path file) throws IOException, InterruptedException {
        String type = environment.get("NOTIFYTYPE");
        String ups = environment.get("UPSNAME");
        if (type == null || ups == null) {
            out.println("upssched: UPSNAME and NOTIFYTYPE are not set: it is upsmon that runs this program");
            return 1;
        }
        if (conf.rules().isEmpty()) return 0;
        if (conf.script().isEmpty()) throw new IOException(file + ": AT lines want a CMDSCRIPT");
        Path pipe = conf.pipe().orElseThrow(() -> new IOException(file + ": AT lines want a PIPEFN"));
        Path lock = conf.lock().orElseThrow(() -> new IOException(file + ": AT lines want a LOCKFN"));
        var event = new Event(type, ups, args.length == 0 ? "" : args[args.length - 1]);
        var scripts = new ScriptRunner(log);
        var invocation = new Invocation(pipe, lock, this::begin);
        for (AtLine rule : conf.rules())
            if (rule.matches(event)) act(new PipeRequest(rule.action(), event), conf, scripts, invocation, pipe);
        return 0;
    }

    private static void act(PipeRequest request, Conf conf, ScriptRunner scripts, Invocation invocation, Path pipe)
            throws IOException, InterruptedException {
        String line = request.line().orElse("");
        if (request.action() instanceof Action.Execute now) scripts.run(conf.script(), now.command(), request.event());
        else if (request.action() instanceof Action.Start) invocation.send(line);
        else if (request.action() instanceof Action.Cancel cancel
                && Invocation.ask(pipe, line).isEmpty()
                && !cancel.otherwise().isEmpty()) scripts.run(conf.script(), cancel.otherwise(), request.event());
    }

    /** Starts the process that keeps timers, in its own session so that it outlives this process. */
    private void begin() throws IOException {
        String self = home.resolve("bin/upssched").toString();
        List<String> command = Files.isExecutable(Path.of("/usr/bin/setsid"))
                ? List.of("/usr/bin/setsid", self, TIMERS)
                : List.of(self, TIMERS);
        new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    /** Keeps timers until there have been none for {@link #IDLE} seconds. */
    private int keep(Conf conf) throws IOException, InterruptedException {
        var clock = new Object() {
            volatile boolean busy;
            volatile long since = System.nanoTime();
        };
        var scheduler = new TimerScheduler(
                List.of(),
                new ScriptRunner(log),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                timers -> {
                    clock.busy = !timers.isEmpty();
                    clock.since = System.nanoTime();
                },
                log);
        scheduler.adopt(conf);
        try (var pipe =
                PipeServer.open(conf.pipe().orElseThrow(() -> new IOException("no PIPEFN")), scheduler::answer)) {
            while (clock.busy || System.nanoTime() - clock.since < TimeUnit.SECONDS.toNanos(IDLE))
                TimeUnit.SECONDS.sleep(1);
            log.accept("no timers on %s for %d s: ending".formatted(pipe.path(), IDLE));
        }
        scheduler.end();
        return 0;
    }

    private static Consumer<String> systemLog() {
        try {
            var logger = new ProcessBuilder("logger", "-t", "upssched", "-p", "daemon.info")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new PrintStream(logger.getOutputStream(), true, StandardCharsets.UTF_8)::println;
        } catch (IOException none) {
            return line -> {};
        }
    }
}
