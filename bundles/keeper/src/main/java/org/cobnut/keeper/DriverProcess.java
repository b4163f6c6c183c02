package org.cobnut.keeper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.cobnut.client.DriverSocket;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the process of one section's driver, checks that it answers, and runs it again when it has ended or does not
 * answer.
 */
final class DriverProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DriverProcess.class);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final long SECONDS_TO_END = 5;

    /** The release of Java that warns of what Netty and Felix do, unless told not to. */
    private static final int QUIET_FROM = 24;

    /** What is run, where it is told to be, and by which socket it is heard. */
    record Plan(String ups, String driver, String user, Path home, Path state, Map<String, String> environment) {
        /** As the script of that name in bin would run it, without a shell: a jail has none. */
        List<String> command() throws IOException {
            var words = new ArrayList<String>(DriverAccount.become(user));
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            if (Runtime.version().feature() >= QUIET_FROM)
                words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
            words.add("@" + home.resolve("lib/driver.options"));
            String heap = System.getenv("COBNUT_DRIVER_HEAP");
            if (heap != null) words.add("-Xmx" + heap);
            words.addAll(List.of(
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dcobnut.kept=true",
                    "-Dcobnut.home=" + home,
                    "-Dcobnut.program=" + driver,
                    "-cp",
                    home.resolve("lib/cobnut.launcher.jar") + ":" + home.resolve("lib/felix.jar"),
                    "org.cobnut.launcher.Main"));
            words.addAll(List.of("-a", ups, "-F"));
            return words;
        }

        Path socket() {
            return state.resolve(driver + "-" + ups);
        }
    }

    private final Plan plan;
    private final Function<ProcessHandle, Runnable> show;
    private final ScheduledExecutorService thread;
    private Backoff backoff = Backoff.NONE;
    private @Nullable Process process;
    private Runnable withdraw = () -> {};
    private Liveness liveness = Liveness.born(System.nanoTime());
    private volatile boolean closed;

    /** @param show publishes the process that runs now; the result withdraws it */
    DriverProcess(Plan plan, Function<ProcessHandle, Runnable> show) {
        this.plan = plan;
        this.show = show;
        // One each, so that a child that hangs makes no other wait.
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var made = new Thread(task, "cobnut-keeper-" + plan.ups());
            made.setDaemon(true);
            return made;
        });
        thread.execute(this::start);
        thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void start() {
        if (closed) return;
        liveness = Liveness.born(System.nanoTime());
        try {
            var builder = new ProcessBuilder(plan.command())
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(plan.environment());
            // Its standard input is ours alone: when it is over, so are we.
            builder.environment().put("COBNUT_PARENT", "stdin");
            builder.environment().put("NUT_QUIET_INIT_BANNER", "true");
            Process started = builder.start();
            process = started;
            withdraw = show.apply(started.toHandle());
            log.info("UPS [{}]: {} runs as process {}", plan.ups(), plan.driver(), started.pid());
            started.onExit().thenRun(() -> later(() -> ended(started)));
        } catch (IOException e) {
            again("cannot be run: " + ErrorText.of(e));
        }
    }

    private void ended(Process which) {
        if (process != which) return;
        process = null;
        withdraw.run();
        again("has ended with " + which.exitValue());
    }

    private void again(String what) {
        if (closed) return;
        backoff = backoff.after(liveness.life(System.nanoTime()));
        Duration pause = backoff.pause();
        log.warn("UPS [{}]: its process {}; the next begins in {} ms", plan.ups(), what, pause.toMillis());
        thread.schedule(this::start, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks whether it is well, and ends it when it has not been for too long. */
    private void look() {
        Process now = process;
        if (closed || now == null) return;
        try {
            new DriverSocket(plan.socket(), ANSWER)
                    .ask(new ArrayList<>(List.of("NOBROADCAST", "PING")), words -> words.get(0)
                            .equals("PONG"));
            liveness = liveness.heard(System.nanoTime());
        } catch (IOException e) {
            if (!liveness.lost(System.nanoTime())) return;
            log.warn("UPS [{}]: its process {} does not answer, and is ended", plan.ups(), now.pid());
            now.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void later(Runnable task) {
        if (!closed) thread.execute(task);
    }

    /** Ends the process; returns when it has ended, which is soon. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        try {
            thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
            Process last = process;
            if (last == null) return;
            withdraw.run();
            last.destroy();
            if (!last.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) last.destroyForcibly();
        } catch (InterruptedException e) {
            if (process != null) process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
