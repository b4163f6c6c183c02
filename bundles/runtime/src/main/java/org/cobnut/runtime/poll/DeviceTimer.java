package org.cobnut.runtime.poll;

import java.time.Duration;
import java.util.concurrent.Future;
import org.cobnut.runtime.call.RunnerContext;
import org.jspecify.annotations.Nullable;

/** The one timer of a device: what is next, and when. Used under the device's lock, but for the ringing. */
final class DeviceTimer {
    private final RunnerContext engine;
    private final Runnable ring;
    private @Nullable Future<?> timer;
    private @Nullable Runnable due;
    private long dueAt;

    /** An alarm that is not set; {@code ring} is called by the timer, with no lock held. */
    DeviceTimer(RunnerContext engine, Runnable ring) {
        this.engine = engine;
        this.ring = ring;
    }

    /** Takes the place of whatever it was set for. */
    void set(Duration delay, Runnable what) {
        cancel();
        dueAt = engine.nanos().getAsLong() + delay.toNanos();
        due = what;
        timer = engine.after(delay, ring);
    }

    /** The same, unless it is set for something sooner. */
    void hasten(Duration delay, Runnable what) {
        if (due == null || dueAt - engine.nanos().getAsLong() > delay.toNanos()) set(delay, what);
    }

    void cancel() {
        due = null;
        if (timer != null) timer.cancel(false);
    }

    boolean isSet() {
        return due != null;
    }

    /** Does what it was set for, once, if the time has come. */
    void elapse() {
        Runnable what = due;
        if (what == null || engine.nanos().getAsLong() - dueAt < 0) return;
        due = null;
        what.run();
    }
}
