package org.cobnut.upsmon.command;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.cobnut.wire.ErrorText;

/**
 * Runs commands: those of one UPS one after the other, and {@value #AT_ONCE} at a time. All others wait, and none is
 * ended for that. A command that has run for {@value #SLOW_SECONDS} s does not hold up others any more: the next one
 * starts beside it, up to {@value #MOST} in all. When all of these places are taken and others wait, the oldest command
 * that has run for more than {@value #LIMIT_MINUTES} minutes is ended. An urgent command starts at once.
 *
 * <p>When more than {@value #MANY} commands of one UPS wait, a new one replaces the oldest of its kind.
 */
public final class CommandQueue implements AutoCloseable {
    /** How many commands run at a time while none is slow. */
    public static final int AT_ONCE = 8;

    /** How many commands run at a time at most; urgent ones have as many places of their own. */
    static final int MOST = 64;

    /** How many commands of one UPS may wait before repeated ones are merged. */
    static final int MANY = 64;

    private static final int SLOW_SECONDS = 10;
    private static final int LIMIT_MINUTES = 10;
    private static final long LOOK = 1000;

    private final BiConsumer<Command, String> failures;
    private final long slow;
    private final long limit;
    private final Thread thread;
    private final Map<String, Deque<Command>> waiting = new HashMap<>();
    /** UPSes with a command that may start, in their order. */
    private final Set<String> ready = new LinkedHashSet<>();
    /** UPSes with a running command that is not slow. */
    private final Set<String> busy = new LinkedHashSet<>();

    private final Deque<Command> urgent = new ArrayDeque<>();
    /** Oldest first. */
    private final Set<Running> running = new LinkedHashSet<>();

    private boolean over;

    /** A running command; equal only to itself. */
    private static final class Running {
        final Command command;
        final long since = System.nanoTime();
        Optional<Process> process = Optional.empty();
        boolean late;

        Running(Command command) {
            this.command = command;
        }

        boolean ranFor(long millis) {
            return System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    /**
     * An empty queue.
     *
     * @param name of its thread
     * @param failures gets each command that could not be started or ended with another code than 0, and the reason; on
     *     any thread
     */
    public CommandQueue(String name, BiConsumer<Command, String> failures) {
        this(name, failures, TimeUnit.SECONDS.toMillis(SLOW_SECONDS), TimeUnit.MINUTES.toMillis(LIMIT_MINUTES));
    }

    /**
     * A queue with given times, in milliseconds.
     *
     * @param slow how long a command holds up others
     * @param limit how long it may run when its place is needed
     */
    CommandQueue(String name, BiConsumer<Command, String> failures, long slow, long limit) {
        this.failures = failures;
        this.slow = slow;
        this.limit = limit;
        thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds a command. Never blocks. */
    public synchronized void add(Command command) {
        if (over) return;
        Deque<Command> queue =
                command.urgent() ? urgent : waiting.computeIfAbsent(command.ups(), ups -> new ArrayDeque<>());
        if (queue.size() >= MANY) merge(queue, command);
        queue.addLast(command);
        if (!command.urgent() && !busy.contains(command.ups())) ready.add(command.ups());
        notifyAll();
    }

    /** Waits until no command waits or runs, but no longer than this. */
    public synchronized void awaitIdle(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!waiting.isEmpty() || !urgent.isEmpty() || !running.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) return;
            wait(left);
        }
    }

    /** Closes the queue and starts at once what waits; {@link #awaitStarted} waits for that. Running commands go on. */
    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }

    /** After {@link #close}: waits until all commands have started, but no longer than this. */
    public void awaitStarted(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
    }

    private static void merge(Deque<Command> queue, Command command) {
        for (Iterator<Command> each = queue.iterator(); each.hasNext(); ) {
            Command old = each.next();
            if (!old.ups().equals(command.ups()) || !old.kind().equals(command.kind())) continue;
            each.remove();
            return;
        }
    }

    private void work() {
        try {
            for (Optional<Running> next = next(); next.isPresent(); next = next()) start(next.get());
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next command, when it may start; empty at the end. */
    private synchronized Optional<Running> next() throws InterruptedException {
        while (true) {
            look();
            Optional<Command> next = pick();
            if (next.isPresent()) {
                var now = new Running(next.get());
                running.add(now);
                return Optional.of(now);
            }
            if (over) return Optional.empty();
            wait(waiting.isEmpty() && urgent.isEmpty() ? 0 : Math.min(LOOK, slow));
        }
    }

    /** Marks slow commands, and ends one that runs too long when its place is needed. */
    private void look() {
        for (Running each : running) {
            if (each.command.urgent() || each.late || !each.ranFor(slow)) continue;
            each.late = true;
            release(each.command.ups());
        }
        if (places() < MOST || ready.isEmpty()) return;
        running.stream()
                .filter(each -> !each.command.urgent() && each.ranFor(limit))
                .findFirst()
                .flatMap(each -> each.process)
                .ifPresent(CommandQueue::end);
    }

    private Optional<Command> pick() {
        if (!urgent.isEmpty() && (over || running.size() - places() < MOST)) return Optional.of(urgent.removeFirst());
        if (over) ready.addAll(waiting.keySet());
        boolean room = places() < MOST && running.stream().filter(this::prompt).count() < AT_ONCE;
        if (ready.isEmpty() || !(room || over)) return Optional.empty();
        String ups = ready.iterator().next();
        ready.remove(ups);
        Deque<Command> queue = waiting.get(ups);
        if (queue == null) throw new IllegalStateException("nothing waits for " + ups);
        Command command = queue.removeFirst();
        if (queue.isEmpty()) waiting.remove(ups);
        busy.add(ups);
        return Optional.of(command);
    }

    private boolean prompt(Running each) {
        return !each.command.urgent() && !each.late;
    }

    private int places() {
        return (int) running.stream().filter(each -> !each.command.urgent()).count();
    }

    private void start(Running now) {
        try {
            Process process = now.command.start();
            synchronized (this) {
                now.process = Optional.of(process);
            }
            process.onExit().thenAccept(ended -> ended(now, ended.exitValue()));
        } catch (IOException | RuntimeException failed) {
            leave(now);
            failures.accept(now.command, "cannot be run: " + ErrorText.of(failed));
        }
    }

    private void ended(Running now, int code) {
        leave(now);
        if (code != 0) failures.accept(now.command, "ended with " + code);
    }

    private synchronized void leave(Running now) {
        running.remove(now);
        if (!now.command.urgent() && !now.late) release(now.command.ups());
        notifyAll();
    }

    private void release(String ups) {
        busy.remove(ups);
        if (waiting.containsKey(ups)) ready.add(ups);
    }

    /** Ends the command before what it started: a script would go on with its next line. */
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
