package org.cobnut.upssched;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs timers and actions: one thread that handles notices and timers in order and waits for no script. */
final class TimerScheduler {
    private static final long PATIENCE = 5;
    /** Seconds that a timer waits for a reading of its UPSes before it continues. */
    static final int WAIT_SECONDS = 300;

    private static final Set<String> ON_BATTERY = Set.of("ONBATT", "LOWBATT");

    private final ScriptRunner scripts;
    private final LongSupplier millis;
    private final Consumer<String> log;
    private final Consumer<List<Timer>> changed;
    private final ScheduledThreadPoolExecutor thread;
    private final Timers timers;
    private final long wait;
    private Conf conf = Conf.NONE;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable ScheduledFuture<?> patience;

    /**
     * Continues with these timers, without rules; those that wait do so until their UPSes have been read.
     *
     * @param millis a monotonic clock
     * @param changed gets the running timers after each change, on the thread of this scheduler
     */
    TimerScheduler(
            List<Timer> before,
            ScriptRunner scripts,
            LongSupplier millis,
            Consumer<List<Timer>> changed,
            Consumer<String> log) {
        this(before, scripts, millis, changed, log, TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
    }

    /**
     * The same with another time to wait.
     *
     * @param wait how long a timer waits for its UPSes, in milliseconds
     */
    TimerScheduler(
            List<Timer> before,
            ScriptRunner scripts,
            LongSupplier millis,
            Consumer<List<Timer>> changed,
            Consumer<String> log,
            long wait) {
        this.wait = wait;
        this.scripts = scripts;
        this.millis = millis;
        this.changed = changed;
        this.log = log;
        timers = new Timers(before);
        thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    var worker = new Thread(work, "upssched");
                    worker.setDaemon(true);
                    return worker;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        run(this::limitWait);
    }

    /** Applies a configuration, to running timers too; without a CMDSCRIPT those keep theirs. */
    void adopt(Conf now) {
        run(() -> {
            conf = now.script().isEmpty() ? new Conf(conf.script(), now.pipe(), now.lock(), now.rules()) : now;
            settle();
        });
    }

    void hear(Event event) {
        run(() -> {
            for (AtLine rule : conf.rules()) if (rule.matches(event)) act(new PipeRequest(rule.action(), event));
            timers.confirm(event);
            settle();
        });
    }

    /**
     * Handles the first reading of a UPS since the start or since {@link #forget}, after its notices. Earlier timers of
     * this UPS continue, unless it is on line power and a CANCEL-TIMER for ONLINE ends them.
     */
    void answered(String ups, Set<String> status) {
        run(() -> {
            if (timers.waiting(ups).isEmpty()) return;
            boolean onBattery = status.contains("OB");
            if (status.contains("OL") && !onBattery) cancelWhatIsOver(ups);
            for (Timer timer : timers.waiting(ups))
                log.accept("Timer %s: %s is %s".formatted(timer.name(), ups, String.join(" ", status)));
            timers.answered(ups, onBattery);
            settle();
        });
    }

    /** Discards what is known of UPSes: no timer of a UPS ends before it has been read again. */
    void forget() {
        run(() -> {
            timers.forget();
            settle();
            limitWait();
        });
    }

    /** The reply to a line of PIPEFN; empty when the scheduler has ended. */
    String answer(List<String> words) {
        var answer = new CompletableFuture<String>();
        run(() -> answer.complete(told(words)));
        return answer.completeOnTimeout("", PATIENCE, TimeUnit.SECONDS).join();
    }

    /** Ends; the timers stay as they were reported last. */
    void end() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(PATIENCE, TimeUnit.SECONDS);
        scripts.close();
    }

    /** Cancels timers of a UPS that is back on line power although no ONLINE notice came. */
    private void cancelWhatIsOver(String ups) {
        var online = new Event("ONLINE", ups, "UPS %s on line power".formatted(ups));
        List<String> over = timers.waiting(ups).stream()
                .filter(timer -> timer.types().stream().anyMatch(ON_BATTERY::contains))
                .map(Timer::name)
                .toList();
        for (AtLine rule : conf.rules())
            if (rule.matches(online) && rule.action() instanceof Action.Cancel cancel && over.contains(cancel.timer()))
                cancel(new Action.Cancel(cancel.timer(), "", cancel.matched()), online);
    }

    /** Limits the wait: a UPS that never answers again was on battery when it last did. */
    private void limitWait() {
        if (patience != null) patience.cancel(false);
        patience = null;
        if (timers.waiting("").isEmpty()) return;
        patience = thread.schedule(() -> safely(this::waitNoLonger), wait, TimeUnit.MILLISECONDS);
    }

    private void waitNoLonger() {
        for (Timer timer : timers.waiting(""))
            log.accept("Timer %s goes on: %s has not been read for %d s"
                    .formatted(timer.name(), String.join(",", timer.awaited()), wait / 1000));
        timers.confirmAll();
        settle();
    }

    private void settle() {
        changed.accept(timers.list());
        wind();
    }

    private String told(List<String> words) {
        if (words.get(0).equals(PipeRequest.LIST)) return list();
        var request = PipeRequest.of(words);
        request.ifPresent(this::act);
        return request.isPresent() ? "OK\n" : "ERR\n";
    }

    private void act(PipeRequest request) {
        if (request.action() instanceof Action.Start start)
            log.accept(timers.start(start, request.event(), millis.getAsLong()));
        else if (request.action() instanceof Action.Cancel cancel) cancel(cancel, request.event());
        else if (request.action() instanceof Action.Execute now) script(now.command(), request.event());
        else throw new AssertionError(request);
        settle();
    }

    private void cancel(Action.Cancel action, Event event) {
        if (timers.cancel(action, event)) log.accept("Cancelling timer: " + action.timer());
        else if (!action.otherwise().isEmpty()) script(action.otherwise(), event);
    }

    private void tick() {
        List<Timer> due = timers.due(millis.getAsLong());
        for (Timer timer : due) {
            log.accept("Event: " + timer.name());
            if (conf.script().isEmpty()) log.accept("There is no CMDSCRIPT for " + timer.name());
            else scripts.start(conf.script(), timer);
        }
        if (!due.isEmpty()) changed.accept(timers.list());
        wind();
    }

    private void wind() {
        if (next != null) next.cancel(false);
        next = null;
        if (timers.next().isEmpty()) return;
        long left = Math.max(0, timers.next().getAsLong() - millis.getAsLong());
        next = thread.schedule(() -> safely(this::tick), left, TimeUnit.MILLISECONDS);
    }

    private void script(String told, Event event) {
        if (conf.script().isEmpty()) log.accept("There is no CMDSCRIPT for " + told);
        else scripts.start(conf.script(), told, event);
    }

    private String list() {
        long now = millis.getAsLong();
        long epoch = System.currentTimeMillis();
        return timers.list().stream()
                .map(timer -> String.join(
                        "\t",
                        timer.name(),
                        String.valueOf((epoch + timer.due() - now) / 1000),
                        String.valueOf(Math.max(0, (timer.due() - now + 999) / 1000)),
                        shown(String.join(",", timer.types())),
                        shown(String.join(",", timer.upses())),
                        shown(String.join("; ", timer.messages()))))
                .collect(Collectors.joining("\n", "BEGIN LIST TIMERS\n", "\nEND LIST TIMERS\nOK\n"))
                .replace("\n\n", "\n");
    }

    private static String shown(String text) {
        return text.isEmpty() ? "\"\"" : text;
    }

    static Map<String, String> environment(Event event) {
        return Map.of("UPSNAME", event.ups(), "NOTIFYTYPE", event.type(), "NOTIFYMSG", event.message());
    }

    private void run(Runnable work) {
        thread.execute(() -> safely(work));
    }

    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error unexpected) { // this thread's edge: later timers must still come
            log.accept("upssched: " + unexpected);
        }
    }
}
