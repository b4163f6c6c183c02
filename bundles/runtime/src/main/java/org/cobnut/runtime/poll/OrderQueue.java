package org.cobnut.runtime.poll;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.cobnut.model.Outcome;
import org.jspecify.annotations.Nullable;

/** The orders that wait for a device, and the one it is at. Under its runner's lock. */
final class OrderQueue {
    static final int MOST = 32;

    private final Executor threads;
    private final Deque<DeviceOrder> waiting = new ArrayDeque<>();
    private @Nullable DeviceOrder asked;

    OrderQueue(Executor threads) {
        this.threads = threads;
    }

    /** False when too many wait already. */
    boolean add(DeviceOrder order) {
        return waiting.size() < MOST && waiting.add(order);
    }

    /** Whether one waits. */
    boolean waiting() {
        return !waiting.isEmpty();
    }

    /** The next to ask of the device; only while one waits. */
    DeviceOrder take() {
        DeviceOrder next = waiting.remove();
        asked = next;
        return next;
    }

    /** The device has answered, or will not. Whoever waits goes on without keeping it from its next turn. */
    void answer(Outcome outcome) {
        if (asked != null) finish(asked, outcome);
        asked = null;
    }

    void refuseWaiting(Outcome refusal) {
        for (DeviceOrder order : waiting) finish(order, refusal);
        waiting.clear();
    }

    private void finish(DeviceOrder order, Outcome outcome) {
        order.outcome().completeAsync(() -> outcome, threads);
    }

    static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome).minimalCompletionStage();
    }
}
