package org.cobnut.upsmon.source;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.time.Nanos;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to logind, which announces that the machine goes to sleep, is awake again, or shuts down. While the machine
 * is awake a lock makes logind wait until notices are delivered. Two child programs listen and hold the lock, because
 * Java cannot take a file descriptor from D-Bus. Both end with this process; a shutdown needs neither.
 */
public final class LogindWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogindWatcher.class);
    private static final Path BUS = Path.of("/run/dbus/system_bus_socket");
    private static final Path PROGRAMS = Path.of("/usr/bin");
    private static final String SIGNAL =
            "type='signal',sender='org.freedesktop.login1',interface='org.freedesktop.login1.Manager',member='%s'";
    private static final String SLEEP = "PrepareForSleep";
    private static final String END = "PrepareForShutdown";
    private static final List<String> LISTEN = List.of(
            "setpriv",
            "--pdeathsig",
            "TERM",
            "dbus-monitor",
            "--system",
            SIGNAL.formatted(SLEEP),
            SIGNAL.formatted(END));
    private static final List<String> LOCK = List.of(
            "systemd-inhibit",
            "--what=sleep:shutdown",
            "--mode=delay",
            "--who=upsmon",
            "--why=People are told before the machine sleeps",
            "cat");
    private static final int FIRST = 5;
    private static final int LONGEST = 300;

    private final Map<String, String> environment;
    private final Consumer<Reading> engine;
    private final Runnable settle;
    private @Nullable Thread thread;
    private @Nullable Process monitor;
    private @Nullable Process lock;
    private boolean wanted;
    private int again = FIRST;

    /**
     * A watcher that does not listen yet.
     *
     * @param engine takes the readings
     * @param settle returns when notices are delivered, or when its time is up
     */
    public LogindWatcher(Map<String, String> environment, Consumer<Reading> engine, Runnable settle) {
        this.environment = Map.copyOf(environment);
        this.engine = engine;
        this.settle = settle;
    }

    /** Starts to listen, where D-Bus and the programs exist. Returns at once. */
    public synchronized void open() {
        if (thread != null) return;
        boolean bus = environment.containsKey("DBUS_SYSTEM_BUS_ADDRESS") || Files.exists(BUS);
        boolean programs = List.of(LISTEN.get(0), LISTEN.get(3), LOCK.get(0)).stream()
                .allMatch(program -> Files.isExecutable(PROGRAMS.resolve(program)));
        if (!bus || !programs) {
            log.debug("logind cannot be heard: there is no {}", bus ? "setpriv, dbus-monitor or systemd-inhibit" : BUS);
            return;
        }
        var listener = new Thread(this::stand, "upsmon logind");
        listener.setDaemon(true);
        thread = listener;
        listener.start();
    }

    /** Releases the lock and stops to listen. Returns at once. */
    @Override
    public synchronized void close() {
        Thread listener = thread;
        thread = null;
        if (listener != null) listener.interrupt();
        release();
        if (monitor != null) monitor.destroy();
    }

    private void stand() {
        try {
            for (int pause = FIRST; mine(); pause = Math.min(2 * pause, LONGEST)) {
                long began = System.nanoTime();
                try {
                    listen();
                } catch (IOException failed) {
                    log.debug("logind cannot be heard: {}", ErrorText.of(failed));
                } finally {
                    release();
                }
                if (Nanos.over(began, System.nanoTime(), LONGEST)) pause = FIRST;
                log.debug("listening to logind again in {} s", pause);
                if (mine()) TimeUnit.SECONDS.sleep(pause);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean mine() {
        return thread == Thread.currentThread();
    }

    private void listen() throws IOException {
        Process process = monitor();
        try (BufferedReader lines = process.inputReader()) {
            String member = "";
            for (String line = lines.readLine(); line != null && mine(); line = lines.readLine()) {
                if (line.startsWith("signal ")) {
                    member = line.substring(line.lastIndexOf('=') + 1);
                    // The first signal of the bus shows that the listener is connected: only then may logind wait for
                    // us.
                    if (!member.startsWith("Prepare")) hold();
                } else if (member.equals(SLEEP) || member.equals(END)) heard(member, line.endsWith(" true"));
            }
        } finally {
            process.destroy();
        }
    }

    private synchronized Process monitor() throws IOException {
        Process process = new ProcessBuilder(LISTEN)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(Redirect.DISCARD)
                .start();
        monitor = process;
        if (!mine()) process.destroy();
        return process;
    }

    private void heard(String member, boolean begins) {
        log.debug("{}: {}", member, begins);
        if (member.equals(SLEEP)) engine.accept(begins ? new Reading.Suspending() : new Reading.Resumed());
        if (begins) {
            settle.run();
            release();
        } else hold();
    }

    /** Takes the lock, and takes it again when the program that holds it ends. */
    private synchronized void hold() {
        if (thread == null || lock != null) return;
        wanted = true;
        try {
            Process holder = new ProcessBuilder(LOCK)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            lock = holder;
            Executor later = CompletableFuture.delayedExecutor(again, TimeUnit.SECONDS);
            holder.onExit().thenRunAsync(() -> lost(holder), later);
        } catch (IOException failed) {
            log.debug("logind gives no lock against sleep: {}", ErrorText.of(failed));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very process that ended
    private synchronized void lost(Process holder) {
        if (lock != holder) return;
        log.debug("logind gives no lock against sleep: systemd-inhibit ended with {}", holder.exitValue());
        again = Math.min(2 * again, LONGEST);
        lock = null;
        if (wanted) hold();
    }

    private synchronized void release() {
        Process holder = lock;
        lock = null;
        wanted = false;
        if (holder != null) holder.destroy();
    }
}
