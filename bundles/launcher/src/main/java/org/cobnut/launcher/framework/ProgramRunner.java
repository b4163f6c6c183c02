package org.cobnut.launcher.framework;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cobnut.launcher.process.DescriptorLimit;
import org.cobnut.launcher.process.ExitCodeHook;
import org.cobnut.launcher.process.LaunchLog;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.Directories;
import org.cobnut.launcher.program.FrameworkCache;
import org.cobnut.launcher.program.PidFile;
import org.cobnut.launcher.program.Program;
import org.cobnut.launcher.program.Verbosity;
import org.cobnut.program.SignalHandler;
import org.cobnut.wire.ErrorText;

/** Runs one program in this process from its start to its end. */
public final class ProgramRunner {
    /** What the script that waits reads as the last line, when the program serves. */
    private static final String SERVING = "cobnut: serving";

    private static final int END_SECONDS = 10;

    private final Program program;
    private final Directories directories;
    private final Map<String, String> environment;
    private final LaunchLog log;
    private volatile Optional<Container> container = Optional.empty();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean stopped;

    /** @param log takes what the launcher has to say, until the framework has a log */
    public ProgramRunner(Program program, Directories directories, Map<String, String> environment, LaunchLog log) {
        this.program = program;
        this.log = log;
        this.directories = directories;
        this.environment = environment;
    }

    /**
     * Serves until it is told to stop, or cannot go on.
     *
     * @param ready is run as soon as everything is up
     * @return the exit code
     */
    public int serve(Optional<WebConsole> console, boolean pidFile, Consumer<Container> ready)
            throws StartException, InterruptedException {
        if (!(program instanceof Program.Driver)) DescriptorLimit.check();
        // A signal may come at any moment of the start.
        if (!ExitCodeHook.over(this::serving, this::stopAndWait, log)) return 0;
        SignalHandler.handle(this::stop, "TERM", "INT");
        SignalHandler.handle(() -> container.ifPresent(Container::reload), "HUP");
        SignalHandler.handle(() -> container.ifPresent(Container::user), "USR1");
        try {
            return serveAsOnly(console, pidFile, ready);
        } finally {
            ended.countDown();
        }
    }

    private int serveAsOnly(Optional<WebConsole> console, boolean pidFile, Consumer<Container> ready)
            throws StartException, InterruptedException {
        Optional<PidFile> pid = pidFile ? takePidFile() : Optional.empty();
        try {
            var cache = FrameworkCache.create(directories, program, log::warn);
            try {
                return serve(new Container(program, directories.keptIn(cache, program), cache, console, log), ready);
            } finally {
                cache.delete(log::warn);
            }
        } finally {
            if (pid.isPresent()) pid.get().release();
        }
    }

    private int serve(Container made, Consumer<Container> ready) throws StartException, InterruptedException {
        if (!begin(made)) return 0;
        if (environment.getOrDefault("COBNUT_PARENT", "").equals("stdin")) follow();
        try {
            made.start(directories.home().resolve("system"));
        } catch (StartException e) {
            made.stop();
            throw e;
        }
        if (program instanceof Program.Driver ? made.awaitServing() : made.up()) {
            made.tell("READY=1");
            ready.accept(made);
        }
        return made.awaitEnd() ? 0 : 1;
    }

    /** A disk that takes no PID file does not keep the program from its work. */
    private Optional<PidFile> takePidFile() throws StartException, InterruptedException {
        var file = directories.pid().resolve(program.stem() + ".pid");
        try {
            return Optional.of(PidFile.take(file, program));
        } catch (IOException e) {
            log.warn(
                    "cannot write %s: %s; going on without a PID file, so options -c and a second start do not find this process"
                            .formatted(file, ErrorText.of(e)));
            return Optional.empty();
        }
    }

    /** From here on a signal stops the container; whether none has come before. */
    private synchronized boolean begin(Container made) {
        if (stopped) return false;
        container = Optional.of(made);
        return true;
    }

    private void stop() {
        Optional<Container> now;
        synchronized (this) {
            stopped = true;
            now = container;
        }
        now.ifPresent(Container::stop);
    }

    private boolean serving() {
        return container.map(Container::up).orElse(false);
    }

    /** Stops, and waits until neither the PID file nor the cache is left. */
    private void stopAndWait() {
        stop();
        try {
            if (!ended.await(END_SECONDS, TimeUnit.SECONDS))
                log.warn("the start does not end within " + END_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends together with the parent process: its end of our standard input is closed whatever ends it. */
    private void follow() {
        var reader = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        log.warn("cannot read standard input, so this ends: " + ErrorText.of(e));
                    }
                    stop();
                },
                "cobnut-parent");
        reader.setDaemon(true);
        reader.start();
    }

    /** Detaches from the starting process: tells the waiting script, and from then on writes to the system log. */
    public void detach() {
        System.out.println(SERVING);
        System.out.flush();
        // Java closes a standard stream by opening /dev/null in its place.
        close(FileDescriptor.out);
        var sink = environment.getOrDefault("NUT_DEBUG_SYSLOG", "");
        if (sink.equals("stderr")) return;
        if (!sink.equals("none")) toSystemLog();
        close(FileDescriptor.err);
    }

    private void toSystemLog() {
        Verbosity.toSyslog();
        // In a jail there is no logger: one outside reads what is written to our standard input.
        if (environment.getOrDefault("COBNUT_LOGGER", "").equals("stdin")) {
            System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.in), true, StandardCharsets.UTF_8));
            return;
        }
        try {
            var logger = new ProcessBuilder(
                            "logger",
                            "-t",
                            program.name(),
                            "--id=" + ProcessHandle.current().pid(),
                            "-p",
                            "daemon.notice",
                            "--prio-prefix")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            System.setErr(new PrintStream(logger.getOutputStream(), true, StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.warn("cannot run logger, so nothing goes to the system log: " + ErrorText.of(e));
        }
    }

    private void close(FileDescriptor descriptor) {
        try {
            new FileOutputStream(descriptor).close();
        } catch (IOException e) {
            log.warn("cannot close the terminal: " + ErrorText.of(e));
        }
    }
}
