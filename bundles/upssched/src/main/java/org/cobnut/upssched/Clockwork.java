package org.cobnut.upssched;

import java.util.List;
import java.util.Map;
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

    private final Scripts scripts;
    private final LongSupplier millis;
    private final Consumer<String> log;
    private final Consumer<List<Timer>> changed;
    private final ScheduledThreadPoolExecutor thread;
    private final Timers timers;
    private Conf conf = Conf.NONE;
    private @Nullable ScheduledFuture<?> next;

    /**
     * Goes on with these timers, by no rules yet.
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
    }

    /** These rules and this CMDSCRIPT count from now on, for timers that run, too; without one, those keep theirs. */
    void adopt(Conf now) {
        run(() -> {
            conf = now.script().isEmpty() ? new Conf(conf.script(), now.pipe(), now.lock(), now.rules()) : now;
            changed.accept(timers.list());
            wind();
        });
    }

    void hear(Event event) {
        run(() -> {
            for (Rule rule : conf.rules()) if (rule.matches(event)) act(new Order(rule.deed(), event));
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
        else if (order.deed() instanceof Deed.Execute now) script(now.command(), environment(order.event()));
        else throw new AssertionError(order);
        changed.accept(timers.list());
        wind();
    }

    private void cancel(Deed.Cancel deed, Event event) {
        if (timers.cancel(deed, event)) log.accept("Cancelling timer: " + deed.timer());
        else if (!deed.otherwise().isEmpty()) script(deed.otherwise(), environment(event));
    }

    private void tick() {
        List<Timer> due = timers.due(millis.getAsLong());
        for (Timer timer : due) {
            log.accept("Event: " + timer.name());
            script(timer.name(), timer.environment());
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

    private void script(String told, Map<String, String> environment) {
        if (conf.script().isEmpty()) log.accept("There is no CMDSCRIPT for " + told);
        else scripts.start(conf.script(), told, environment);
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
