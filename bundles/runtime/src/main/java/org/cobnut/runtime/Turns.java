package org.cobnut.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.cobnut.device.DeviceListener;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a device's driver at a time: polls by the clock, orders in between, and everything opened again when it
 * does not answer. Whatever a driver does, only its own device suffers. State changes under one lock, which is never
 * held while foreign code runs.
 */
final class Turns implements Call.Owner {
    /** So many polls in a row may fail before the device is opened anew. */
    static final int TRIES = 3;

    /** With so many threads that did not come back the device is left alone until one does. */
    static final int MOST_LOST = 5;

    /** Whose calls take longer gets a thread of its own for the next. */
    private static final Duration QUICK = Duration.ofMillis(20);

    private static final Outcome NOT_CONNECTED = Outcome.failed("the device is not connected");
    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    private final Section section;
    private final Engine engine;
    private final Opener opener;
    private final Core core;
    private final Standing standing;
    private final Notices notices;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Runnable reviver = this::revive;
    private final Alarm alarm;

    private final Object lock = new Object();
    private final Orders orders;
    private final WakeLimiter wakes;
    private final Backoff backoff = new Backoff();
    private Duration interval;
    private @Nullable Call<?> current;
    private @Nullable Session session;
    private boolean openDue;
    private boolean pollDue;
    private boolean orderedLast;
    private boolean firstPoll;
    private boolean broken;
    private boolean closed;
    /** Whether nothing is to be done of ourselves: before the start, and after a fault that only an edit mends. */
    private boolean resting = true;

    private boolean slow;
    /** Whether the last call was overdue: then the next is kept from those that are only slow. */
    private boolean hung;

    private long calledAt;
    private long polledAt;
    private long openedAt;
    private int failures;
    private int lost;

    Turns(Engine engine, Core core, Duration interval, Opener opener, Iterable<DeviceListener> listeners) {
        this.section = core.section();
        this.engine = engine;
        this.core = core;
        this.interval = interval;
        this.opener = opener;
        alarm = new Alarm(engine, this::rung);
        wakes = new WakeLimiter(engine.nanos());
        orders = new Orders(engine.threads());
        notices = new Notices(section.ups(), listeners);
        standing = new Standing(engine, new Assembly(core), notices);
    }

    /** Opens the device, soon, on another thread, however long it would still have waited; not when it is open. */
    void start() {
        synchronized (lock) {
            if (session != null || closed) return;
            resting = false;
            openDue = true;
        }
        engine.watch().add(reviver);
        engine.timers().execute(this::advance);
    }

    /** Asks for a poll as soon as no other call is under way, and not too soon after the last that was asked for. */
    void wake() {
        synchronized (lock) {
            if (!wakes.ask()) return;
            Duration left = wakes.left();
            if (left.isZero()) pollDue = true;
            else if (session != null && !broken && !closed) alarm.hasten(left, () -> pollDue = true);
            if (!pollDue) return;
        }
        engine.timers().execute(this::advance);
    }

    /** Takes what changed among the common settings, at once and without a new session. */
    void common(Core.Common common) {
        synchronized (lock) {
            interval = common.pause();
            core.common(common);
            standing.refresh();
            if (session != null && !broken && !pollDue) pollIn(untilNext());
        }
        engine.threads().execute(notices::drain);
    }

    /** Ends everything. The stage ends when the driver has nothing of the device any more, or was given up. */
    CompletionStage<Void> close() {
        synchronized (lock) {
            closed = true;
            alarm.cancel();
            orders.refuseWaiting(NOT_CONNECTED);
            orders.answer(NOT_CONNECTED);
            if (current != null && current.kind() != Call.Kind.CLOSE) current.end();
        }
        engine.watch().remove(reviver);
        engine.timers().execute(this::advance);
        return gone;
    }

    /** How many threads went into the driver and did not come back. */
    int lost() {
        synchronized (lock) {
            return lost;
        }
    }

    Snapshot snapshot() {
        return standing.snapshot();
    }

    /** Asks what answers without the device, and shows what that changed. */
    Optional<Outcome> own(Function<Core, Optional<Outcome>> question) {
        Optional<Outcome> outcome;
        synchronized (lock) {
            outcome = question.apply(core);
            if (outcome.isPresent()) standing.refresh();
        }
        engine.threads().execute(notices::drain);
        return outcome;
    }

    /** Asks the device, in turn. */
    CompletionStage<Outcome> ask(Order order) {
        synchronized (lock) {
            if (session == null || broken || closed) return Orders.done(NOT_CONNECTED);
            if (!orders.add(order)) return Orders.done(Outcome.failed("too many orders wait for the device"));
        }
        engine.timers().execute(this::advance);
        return order.outcome().minimalCompletionStage();
    }

    @Override
    public void late(Call<?> call) {
        synchronized (lock) {
            if (call != current || closed) return;
            if (call.kind() != Call.Kind.OPEN && call.kind() != Call.Kind.CLOSE)
                standing.late(call.kind(), call.kind().deadline);
        }
        engine.threads().execute(notices::drain);
    }

    @Override
    public void overdue(Call<?> call) {
        synchronized (lock) {
            if (call != current || !call.end()) return;
            hung = true;
            if (call.kind() == Call.Kind.CLOSE) return;
            String reason = call.silence();
            orders.answer(Outcome.failed(reason));
            standing.failing(reason, Optional.of(reopenLater()));
        }
        engine.threads().execute(notices::drain);
    }

    @Override
    public void lost(Call<?> call) {
        synchronized (lock) {
            if (call != current) return;
            current = null;
            lost++;
            engine.lost().accept(1);
            log.warn("{}: a thread did not come back from {}; given up ({} so far)", section, call.kind(), lost);
            if (lost >= MOST_LOST && !closed)
                standing.failing(lost + " threads did not come back; waiting for one of them", Optional.empty());
        }
        opener.lost();
        engine.threads().execute(notices::drain);
        advance();
    }

    @Override
    public void ended(Call<?> call) {
        Session stray = null;
        synchronized (lock) {
            Session opened = Opener.opened(call);
            if (call != current) {
                lost--;
                engine.lost().accept(-1);
                stray = opened;
            } else {
                current = null;
                slow = call.took().compareTo(QUICK) > 0;
                hung &= call.over();
                if (!call.over()) call.proceed();
                else if (opened != null) session = opened; // too late: only to be closed
            }
        }
        if (stray != null) closed(Guarded.run(closing(stray)));
        advance();
        notices.drain();
    }

    /** Sets going again what stands still: a timer that never rang, a call that nobody watches, nothing due at all. */
    private void revive() {
        Call<?> forgotten = null;
        synchronized (lock) {
            Call<?> call = current;
            if (closed || resting) return;
            if (call != null) {
                long spent = engine.nanos().getAsLong()
                        - calledAt
                        - call.kind().deadline.toNanos();
                if (spent > Call.LATE.toNanos()) forgotten = call;
            } else if (alarm.isSet()) alarm.elapse();
            else if (session != null) pollDue = true;
            else openDue = true;
        }
        if (forgotten == null) advance();
        else if (forgotten.over()) lost(forgotten);
        else overdue(forgotten);
    }

    /** Starts the next call, if there is one to make and none under way. */
    private void advance() {
        Call<?> next;
        Executor threads;
        synchronized (lock) {
            if (current != null) return;
            threads = hung ? engine.hung() : slow ? engine.own() : engine.threads();
            next = next();
            current = next;
            calledAt = engine.nanos().getAsLong();
            if (next == null && closed && !gone.isDone()) gone.completeAsync(() -> null, engine.threads());
        }
        if (next != null) next.start(threads);
    }

    private @Nullable Call<?> next() {
        Session open = session;
        if (open != null && (closed || broken)) {
            session = null;
            return call(Call.Kind.CLOSE, closing(open), this::closed);
        }
        if (closed) return null;
        if (open == null) return openDue && lost < MOST_LOST ? opening() : null;
        Order order = pollDue && orderedLast ? null : orders.take();
        orderedLast = order != null;
        if (order != null) return ordering(open, order);
        return pollDue ? polling(open) : null;
    }

    private Call<Opener.Opened> opening() {
        openDue = false;
        return call(Call.Kind.OPEN, () -> opener.open(this::wake), this::opened);
    }

    private Call<Draft> polling(Session open) {
        pollDue = false;
        wakes.polling();
        polledAt = engine.nanos().getAsLong();
        Draft draft = standing.assembly().draft(firstPoll);
        Callable<Draft> poll = () -> {
            open.poll(draft);
            return draft;
        };
        return call(Call.Kind.POLL, poll, this::polled);
    }

    private Call<Outcome> ordering(Session open, Order order) {
        return call(order.kind(), () -> order.body().ask(open), this::answered);
    }

    private static Callable<Boolean> closing(Session open) {
        return () -> {
            open.close();
            return true;
        };
    }

    private void opened(Guarded<Opener.Opened> result) {
        Opener.Opened opened = result.value();
        if (opened != null) {
            core.options(opened.options());
            session = opened.session();
            openDue = false;
            broken = false;
            failures = 0;
            openedAt = engine.nanos().getAsLong();
            firstPoll = true;
            pollDue = true;
        } else if (result.failure() instanceof Misconfigured fault) {
            resting = true;
            standing.failing(fault, Optional.empty()); // only another section helps, and that comes with another runner
        } else fail(result);
    }

    private void polled(Guarded<Draft> result) {
        Draft draft = result.value();
        if (draft != null) {
            failures = 0;
            firstPoll = false;
            if (engine.nanos().getAsLong() - openedAt >= Backoff.MOST.toNanos()) backoff.reset();
            standing.good(draft);
            pollIn(draft.again().map(Turns::atLeast).orElse(untilNext()));
        } else if (result.failure() instanceof IOException failure && ++failures < TRIES) {
            Duration next = untilNext();
            pollIn(next);
            standing.failing(failure, Optional.of(next));
        } else fail(result);
    }

    private void answered(Guarded<Outcome> result) {
        Outcome outcome = result.value();
        Throwable failure = result.failure();
        if (outcome != null) orders.answer(outcome);
        else orders.answer(Outcome.failed(failure == null ? "its driver says nothing" : Guarded.reason(failure)));
        if (failure != null && !(failure instanceof IOException)) fail(result);
        else pollDue = true; // what was ordered, or why it failed, shows soon
    }

    private void closed(Guarded<Boolean> result) {
        Throwable failure = result.failure();
        if (failure != null) log.warn("{}: close failed", section, failure);
    }

    /** The session is no longer trusted: it is closed, and another opened after a while. */
    private void fail(Guarded<?> result) {
        Throwable failure = result.failure();
        Throwable known = failure == null ? new IOException("its driver opened nothing") : failure;
        standing.failing(known, Optional.of(reopenLater()));
    }

    private Duration reopenLater() {
        broken = true;
        pollDue = false;
        orders.refuseWaiting(NOT_CONNECTED);
        Duration delay = backoff.next();
        if (!closed) alarm.set(delay, () -> openDue = true);
        return delay;
    }

    private Duration untilNext() {
        return atLeast(interval.minusNanos(engine.nanos().getAsLong() - polledAt));
    }

    private void pollIn(Duration delay) {
        if (!closed && !pollDue) alarm.set(wakes.sooner(delay), () -> pollDue = true);
    }

    private void rung() {
        synchronized (lock) {
            alarm.elapse();
        }
        advance();
    }

    private <T> Call<T> call(Call.Kind kind, Callable<T> body, Call.Then<T> then) {
        return new Call<>(kind, section.ups(), engine, this, body, then);
    }

    private static Duration atLeast(Duration wish) {
        return wish.compareTo(WakeLimiter.FLOOR) < 0 ? WakeLimiter.FLOOR : wish;
    }
}
