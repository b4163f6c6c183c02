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

/** upssched at work: one thread that acts on notices and on timers as their time comes, and waits for no script. */
final class Clockwork {
    private static final long PATIENCE = 5;
    /** How long a timer waits for its UPSes to be read before it goes on all the same. */
    static final int WAIT_SECONDS = 300;

    private static final Set<String> ON_BATTERY = Set.of("ONBATT", "LOWBATT");

    private final Scripts scripts;
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
     * Goes on with these timers, by no rules yet; those that wait do so until their UPSes have been read.
     *
     * @param millis a monotonic clock
     * @param changed told what runs whenever that is other than before, on the one thread
     */
    Clockwork(
            List<Timer> before,
            Scripts scripts,
            LongSupplier millis,
            Consumer<List<Timer>> changed,
            Consumer<String> log) {
        this(before, scripts, millis, changed, log, TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
    }

    /**
     * The same with another patience.
     *
     * @param wait how long a timer waits for its UPSes, in milliseconds
     */
    Clockwork(
            List<Timer> before,
            Scripts scripts,
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

    /** These rules and this CMDSCRIPT count from now on, for timers that run, too; without one, those keep theirs. */
    void adopt(Conf now) {
        run(() -> {
            conf = now.script().isEmpty() ? new Conf(conf.script(), now.pipe(), now.lock(), now.rules()) : now;
            settle();
        });
    }

    void hear(Event event) {
        run(() -> {
            for (Rule rule : conf.rules()) if (rule.matches(event)) act(new Order(rule.deed(), event));
            timers.confirm(event);
            settle();
        });
    }

    /**
     * A UPS was read for the first time since {@link #forget}, or since the start; behind the notices of that. Timers of
     * before that it is behind go on, unless it is on line power and a CANCEL-TIMER for ONLINE ends them.
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

    /** Nothing that is known of any UPS counts any more: no timer that one began ends before it has been read. */
    void forget() {
        run(() -> {
            timers.forget();
            settle();
            limitWait();
        });
    }

    /** The answer to a line of PIPEFN; empty when there is none, as at the end. */
    String answer(List<String> words) {
        var answer = new CompletableFuture<String>();
        run(() -> answer.complete(told(words)));
        return answer.completeOnTimeout("", PATIENCE, TimeUnit.SECONDS).join();
    }

    /** What waits is let go; timers stay as they were told last. */
    void end() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(PATIENCE, TimeUnit.SECONDS);
        scripts.close();
    }

    /** People were told that a UPS is on battery; that it is not has not been told, or to others only. */
    private void cancelWhatIsOver(String ups) {
        var online = new Event("ONLINE", ups, "UPS %s on line power".formatted(ups));
        List<String> over = timers.waiting(ups).stream()
                .filter(timer -> timer.types().stream().anyMatch(ON_BATTERY::contains))
                .map(Timer::name)
                .toList();
        for (Rule rule : conf.rules())
            if (rule.matches(online) && rule.deed() instanceof Deed.Cancel cancel && over.contains(cancel.timer()))
                cancel(new Deed.Cancel(cancel.timer(), "", cancel.matched()), online);
    }

    /** Lets timers wait no longer than is useful: a UPS that never answers again was on battery when it did. */
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
        if (words.get(0).equals(Order.LIST)) return list();
        var order = Order.of(words);
        order.ifPresent(this::act);
        return order.isPresent() ? "OK\n" : "ERR\n";
    }

    private void act(Order order) {
        if (order.deed() instanceof Deed.Start start)
            log.accept(timers.start(start, order.event(), millis.getAsLong()));
        else if (order.deed() instanceof Deed.Cancel cancel) cancel(cancel, order.event());
        else if (order.deed() instanceof Deed.Execute now) script(now.command(), order.event());
        else throw new AssertionError(order);
        settle();
    }

    private void cancel(Deed.Cancel deed, Event event) {
        if (timers.cancel(deed, event)) log.accept("Cancelling timer: " + deed.timer());
        else if (!deed.otherwise().isEmpty()) script(deed.otherwise(), event);
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
