package org.cobnut.runtime.poll;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.cobnut.device.DeviceListener;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.runtime.call.CallPace;
import org.cobnut.runtime.call.DriverCall;
import org.cobnut.runtime.call.MisconfiguredException;
import org.cobnut.runtime.call.Result;
import org.cobnut.runtime.call.RunnerContext;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.Section;
import org.cobnut.runtime.snapshot.DriverVariables;
import org.cobnut.runtime.snapshot.ReportDraft;
import org.cobnut.runtime.snapshot.SnapshotBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one device: makes one call of its driver at a time, polls by the clock, orders in between, and opens it again when it
 * does not answer. {@link RunnerState} decides what comes next; this does it. Whatever a driver does, only its own device
 * suffers. State changes under one lock, which is never held while foreign code runs.
 */
public final class DeviceRunner implements DriverCall.Owner {
    /** So many polls in a row may fail before the device is opened anew. */
    static final int TRIES = 3;

    /** With so many threads that did not come back the device is left alone until one does. */
    static final int MOST_LOST = 5;

    private static final Outcome NOT_CONNECTED = Outcome.failed("the device is not connected");
    private static final Logger log = LoggerFactory.getLogger(DeviceRunner.class);

    private final Section section;
    private final RunnerContext engine;
    private final Opener opener;
    private final DriverVariables variables;
    private final HealthPublisher health;
    private final ChangeNotifier changes;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Runnable reviver = this::revive;
    private final DeviceTimer timer;

    private final Object lock = new Object();
    private final OrderQueue orders;
    private final WakeLimiter wakes;
    private final PollSchedule polls;
    private final Backoff backoff = new Backoff();
    private RunnerState state = new RunnerState.Resting();
    private CallPace pace = CallPace.QUICK;
    private @Nullable DriverCall<?> current;
    private long calledAt;
    private long openedAt;
    private int lost;

    /**
     * Runs nothing before {@link #start}.
     *
     * @param interval time between two regular polls
     * @param counter told of what happens
     */
    public DeviceRunner(
            RunnerContext engine,
            DriverVariables variables,
            Duration interval,
            Opener opener,
            Iterable<DeviceListener> listeners,
            DriverCounter counter) {
        this.section = variables.section();
        this.engine = engine;
        this.variables = variables;
        this.opener = opener;
        polls = new PollSchedule(interval, engine.nanos());
        timer = new DeviceTimer(engine, this::rung);
        wakes = new WakeLimiter(engine.nanos());
        orders = new OrderQueue(engine.threads());
        changes = new ChangeNotifier(section.ups(), listeners);
        health = new HealthPublisher(engine, new SnapshotBuilder(variables), changes, counter);
    }

    /** Opens the device, soon, on another thread, however long it would still have waited; not when it is open. */
    public void start() {
        synchronized (lock) {
            if (state.ends()) return;
            state = state.start();
        }
        engine.watch().add(reviver);
        engine.timers().execute(this::advance);
    }

    /** Asks for a poll as soon as no other call is under way, and not too soon after the last that was asked for. */
    void wake() {
        synchronized (lock) {
            if (!wakes.ask()) return;
            Duration left = wakes.left();
            if (left.isZero()) polls.eventDue();
            else if (state.running().isPresent()) timer.hasten(left, this::pollWanted);
            if (!polls.due()) return;
        }
        engine.timers().execute(this::advance);
    }

    /** Takes what changed among the common settings, at once and without a new session. */
    public void common(CommonSettings.Values common) {
        synchronized (lock) {
            polls.interval(common.pause());
            variables.common(common);
            health.refresh();
            if (state.running().isPresent() && !polls.due()) pollIn(polls.untilNext());
        }
        engine.threads().execute(changes::drain);
    }

    /** Ends everything. The stage ends when the driver has nothing of the device any more, or was given up. */
    public CompletionStage<Void> close() {
        synchronized (lock) {
            timer.cancel();
            orders.refuseWaiting(NOT_CONNECTED);
            orders.answer(NOT_CONNECTED);
            boolean closing = state instanceof RunnerState.Closing;
            state = state.stop();
            if (current != null && !closing) current.end();
        }
        engine.watch().remove(reviver);
        engine.timers().execute(this::advance);
        return gone;
    }

    /** How many threads went into the driver and did not come back. */
    public int lost() {
        synchronized (lock) {
            return lost;
        }
    }

    HealthPublisher health() {
        return health;
    }

    /** Asks what answers without the device, and shows what that changed. */
    Optional<Outcome> own(Function<DriverVariables, Optional<Outcome>> question) {
        Optional<Outcome> outcome;
        synchronized (lock) {
            outcome = question.apply(variables);
            if (outcome.isPresent()) health.refresh();
        }
        engine.threads().execute(changes::drain);
        return outcome;
    }

    /** Asks the device, in turn. */
    CompletionStage<Outcome> ask(DeviceOrder order) {
        synchronized (lock) {
            if (state.running().isEmpty()) return OrderQueue.done(NOT_CONNECTED);
            if (!orders.add(order)) return OrderQueue.done(Outcome.failed("too many orders wait for the device"));
        }
        engine.timers().execute(this::advance);
        return order.outcome().minimalCompletionStage();
    }

    @Override
    public void late(DriverCall<?> call) {
        synchronized (lock) {
            if (call != current || !(state instanceof RunnerState.Calling)) return;
            health.late(call.kind(), call.kind().deadline());
        }
        engine.threads().execute(changes::drain);
    }

    @Override
    public void overdue(DriverCall<?> call) {
        synchronized (lock) {
            if (call != current || !call.end()) return;
            pace = CallPace.HUNG;
            if (state instanceof RunnerState.Closing) return;
            state = state.overdue();
            String reason = call.silence();
            orders.answer(Outcome.failed(reason));
            health.failing(reason, Optional.of(reopenLater()));
        }
        engine.threads().execute(changes::drain);
    }

    @Override
    public void lost(DriverCall<?> call) {
        synchronized (lock) {
            if (call != current) return;
        }
        opener.lost(engine.hung());
        synchronized (lock) {
            if (call != current) return; // it came back just now
            current = null;
            state = state.back(Optional.empty());
            lost++;
            engine.lost().accept(1);
            log.warn("{}: a thread did not come back from {}; given up ({} so far)", section, call.kind(), lost);
            if (lost >= MOST_LOST && !state.ends())
                health.failing(lost + " threads did not come back; waiting for one of them", Optional.empty());
        }
        engine.threads().execute(changes::drain);
        advance();
    }

    @Override
    public void ended(DriverCall<?> call) {
        Session stray = null;
        synchronized (lock) {
            Session opened = Opener.opened(call);
            if (call != current) {
                lost--;
                engine.lost().accept(-1);
                stray = opened;
            } else {
                current = null;
                pace = pace.after(call);
                health.ended(call);
                if (call.over() || state instanceof RunnerState.Hanging)
                    state = state.back(Optional.ofNullable(opened));
                else call.proceed();
            }
        }
        if (stray != null) tellClosed(Result.of(closing(stray)));
        advance();
        changes.drain();
    }

    /** Sets going again what stands still: a timer that never rang, a call that nobody watches, nothing due at all. */
    private void revive() {
        DriverCall<?> forgotten = null;
        synchronized (lock) {
            DriverCall<?> call = current;
            if (state instanceof RunnerState.Resting || state.ends()) return;
            if (call != null) {
                long spent = engine.nanos().getAsLong()
                        - calledAt
                        - call.kind().deadline().toNanos();
                if (spent > DriverCall.LATE.toNanos()) forgotten = call;
            } else if (timer.isSet()) timer.elapse();
            else if (state.running().isPresent()) polls.regularDue();
            else state = state.due();
        }
        if (forgotten == null) advance();
        else if (forgotten.over()) lost(forgotten);
        else overdue(forgotten);
    }

    /** Starts the next call, if there is one to make and none under way. */
    private void advance() {
        DriverCall<?> next;
        Executor threads;
        synchronized (lock) {
            if (current != null) return;
            threads = pace.threads(engine);
            next = next();
            current = next;
            calledAt = engine.nanos().getAsLong();
            if (state instanceof RunnerState.Gone && !gone.isDone()) gone.completeAsync(() -> null, engine.threads());
        }
        if (next != null) next.start(threads);
    }

    private @Nullable DriverCall<?> next() {
        RunnerState before = state;
        RunnerState.Act act = before.next(new RunnerState.Demand(polls.due(), orders.waiting(), lost >= MOST_LOST));
        if (act != RunnerState.Act.NOTHING) state = before.begun(act);
        return switch (act) {
            case NOTHING -> null;
            case OPEN -> call(DriverCall.Kind.OPEN, () -> opener.open(this::wake), this::opened);
            case POLL -> polling(before.running().orElseThrow());
            case ORDER -> ordering(before.running().orElseThrow().session(), orders.take());
            case CLOSE -> call(DriverCall.Kind.CLOSE, closing(((RunnerState.Broken) before).session()), this::closed);
        };
    }

    private DriverCall<ReportDraft> polling(RunnerState.Running run) {
        Due due = polls.take();
        wakes.polling();
        ReportDraft draft = health.snapshots().draft(run.fresh());
        Callable<ReportDraft> poll = () -> {
            run.session().poll(draft, due);
            return draft;
        };
        return call(DriverCall.Kind.POLL, poll, result -> polled(result, due, run.misses() + 1));
    }

    private DriverCall<Outcome> ordering(Session open, DeviceOrder order) {
        return call(order.kind(), () -> order.body().ask(open), this::answered);
    }

    private static Callable<Boolean> closing(Session open) {
        return () -> {
            open.close();
            return true;
        };
    }

    private void opened(Result<Opener.Opened> result) {
        Opener.Opened opened = result.value();
        if (!(state instanceof RunnerState.Opening opening)) return;
        if (opened != null) {
            variables.options(opened.options());
            openedAt = engine.nanos().getAsLong();
            health.opened();
            state = opening.opened(opened.session());
            polls.begin(opened.pollfreq());
        } else if (result.failure() instanceof MisconfiguredException fault) {
            state = opening.misconfigured();
            health.failing(fault, Optional.empty()); // only another section helps, and that comes with another runner
        } else fail(result);
    }

    /** @param misses polls without an answer, if this is one more */
    private void polled(Result<ReportDraft> result, Due due, int misses) {
        ReportDraft draft = result.value();
        if (draft != null) {
            state = state.succeeded();
            polls.done(due, draft.again());
            if (engine.nanos().getAsLong() - openedAt >= Backoff.MOST.toNanos()) backoff.reset();
            health.good(draft);
            pollIn(polls.untilNext());
        } else if (result.failure() instanceof IOException failure && misses < TRIES) {
            state = state.missed();
            polls.failed(due);
            Duration next = polls.untilNext();
            pollIn(next);
            health.failing(failure, Optional.of(next));
        } else fail(result);
    }

    private void answered(Result<Outcome> result) {
        Outcome outcome = result.value();
        Throwable failure = result.failure();
        if (outcome != null) orders.answer(outcome);
        else orders.answer(Outcome.failed(failure == null ? "its driver says nothing" : Result.reason(failure)));
        if (failure != null && !(failure instanceof IOException)) {
            fail(result);
            return;
        }
        state = state.succeeded();
        polls.fullDue(); // what was ordered, or why it failed, shows soon
    }

    private void closed(Result<Boolean> result) {
        tellClosed(result);
        state = state.succeeded();
    }

    private void tellClosed(Result<Boolean> result) {
        Throwable failure = result.failure();
        if (failure != null) log.warn("{}: close failed", section, failure);
    }

    /** The session is no longer trusted: it is closed, and another opened after a while. */
    private void fail(Result<?> result) {
        Throwable failure = result.failure();
        Throwable known = failure == null ? new IOException("its driver opened nothing") : failure;
        state = state.failed();
        health.failing(known, Optional.of(reopenLater()));
    }

    private Duration reopenLater() {
        polls.clear();
        orders.refuseWaiting(NOT_CONNECTED);
        Duration delay = backoff.next();
        if (!state.ends()) timer.set(delay, () -> state = state.due());
        return delay;
    }

    private void pollIn(Duration delay) {
        if (!state.ends() && !polls.due()) timer.set(wakes.sooner(delay), this::pollWanted);
    }

    /** The time has come for the next regular poll, or for one that was asked for, whichever is sooner. */
    private void pollWanted() {
        if (!polls.regularWanted() && wakes.waiting()) polls.eventDue();
        else polls.regularDue();
    }

    private void rung() {
        synchronized (lock) {
            timer.elapse();
        }
        advance();
    }

    private <T> DriverCall<T> call(DriverCall.Kind kind, Callable<T> body, DriverCall.Then<T> then) {
        return new DriverCall<>(kind, section.ups(), engine, this, body, then);
    }
}
