package org.cobnut.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** One program from its start to its end, as the process that is to be it. */
final class Run {
    /** What the script that waits reads as the last line, when the program serves. */
    private static final String SERVING = "cobnut: serving";

    private final Program program;
    private final Places places;
    private final Map<String, String> environment;
    private final PrintStream err;

    Run(Program program, Places places, Map<String, String> environment, PrintStream err) {
        this.program = program;
        this.places = places;
        this.environment = environment;
        this.err = err;
    }

    /**
     * Serves until it is told to stop, or cannot go on.
     *
     * @param ready is run as soon as everything is up
     * @return the exit code
     */
    int serve(Container container, boolean pidFile, Runnable ready) throws Refused, InterruptedException {
        Optional<PidFile> pid =
                pidFile ? Optional.of(PidFile.take(places.pid().resolve(program.stem() + ".pid"))) : Optional.empty();
        Scratch.sweep(places.state(), program);
        try {
            Signals.handle(container::stop, container::reload, container::user);
            if (environment.getOrDefault("COBNUT_PARENT", "").equals("stdin")) follow(container);
            try {
                container.start(places.home().resolve("system"));
            } catch (Refused e) {
                container.stop();
                throw e;
            }
            if (program instanceof Program.Driver ? container.awaitServing() : container.up()) {
                container.tell("READY=1");
                ready.run();
            }
            return container.awaitEnd() ? 0 : 1;
        } finally {
            Scratch.delete(places.scratch(program));
            if (pid.isPresent()) pid.get().release();
        }
    }

    /** Ends with whoever keeps this process: its end of our standard input is closed whatever ends it. */
    private void follow(Container container) {
        var reader = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        err.println(program.name() + ": standard input: " + e.getMessage());
                    }
                    container.stop();
                },
                "cobnut-parent");
        reader.setDaemon(true);
        reader.start();
    }

    /** Lets go of whoever started it: says so to the script that waits, and from then on speaks to the system log. */
    void detach() {
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
                            "daemon.notice")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            System.setErr(new PrintStream(logger.getOutputStream(), true, StandardCharsets.UTF_8));
        } catch (IOException e) {
            err.println(program.name() + ": no system log: " + e.getMessage());
        }
    }

    private void close(FileDescriptor descriptor) {
        try {
            new FileOutputStream(descriptor).close();
        } catch (IOException e) {
            err.println(program.name() + ": cannot let go of the terminal: " + e.getMessage());
        }
    }
}
