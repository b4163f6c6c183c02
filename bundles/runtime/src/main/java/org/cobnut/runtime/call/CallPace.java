package org.cobnut.runtime.call;

import java.time.Duration;
import java.util.concurrent.Executor;

/** How long a device's last call took, which decides whose threads the next one gets. */
public enum CallPace {
    QUICK,
    SLOW,
    /** The last call was overdue: the next is kept from those that are only slow. */
    HUNG;

    private static final Duration MOST_QUICK = Duration.ofMillis(20);

    /** What it is after a call that ended. */
    public CallPace after(DriverCall<?> call) {
        if (this == HUNG && call.over()) return HUNG;
        return call.took().compareTo(MOST_QUICK) > 0 ? SLOW : QUICK;
    }

    /** Returns where the next call is to be made. */
    public Executor threads(RunnerContext engine) {
        return switch (this) {
            case HUNG -> engine.hung();
            case SLOW -> engine.own();
            case QUICK -> engine.threads();
        };
    }
}
