package org.cobnut.driversocket;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.cobnut.model.Outcome;

/** The orders that a driver has not answered yet, by the id under which it will (sock-protocol, "TRACKING"). One thread. */
final class PendingOrders {
    static final int MOST = 32;

    /** A driver reads its socket between two polls, and a poll may take its time. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Executor answers;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private int last;

    private record Waiting(CompletableFuture<Outcome> promise, long since) {}

    /** Orders whose ends are told on that executor. */
    PendingOrders(Executor answers) {
        this.answers = answers;
    }

    boolean full() {
        return waiting.size() >= MOST;
    }

    /** Begins to wait, and gives the id. */
    String add(CompletableFuture<Outcome> promise, long now) {
        String id = Integer.toHexString(++last);
        waiting.put(id, new Waiting(promise, now));
        return id;
    }

    /** The driver has answered; an id that nobody waits for is of no matter. */
    void answer(String id, String code) {
        Waiting done = waiting.remove(id);
        if (done != null) finish(done.promise(), OutcomeCodes.outcome(code));
    }

    /** Gives up on those that wait for too long. */
    void expire(long now) {
        waiting.values().removeIf(each -> {
            if (now - each.since() < PATIENCE.toNanos()) return false;
            finish(each.promise(), Outcome.failed("its driver did not answer within " + PATIENCE.toSeconds() + " s"));
            return true;
        });
    }

    /** The driver is gone. */
    void end() {
        waiting.values().forEach(each -> finish(each.promise(), Outcome.failed("the driver is gone")));
        waiting.clear();
    }

    void finish(CompletableFuture<Outcome> promise, Outcome outcome) {
        try {
            promise.completeAsync(() -> outcome, answers);
        } catch (RejectedExecutionException stopping) {
            promise.complete(outcome);
        }
    }
}
