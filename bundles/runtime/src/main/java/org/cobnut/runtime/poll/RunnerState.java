package org.cobnut.runtime.poll;

import java.util.Optional;
import org.cobnut.driver.Session;

/**
 * What a device is at, and what it is at after something has happened. Immutable and pure: whoever holds the state does what
 * follows from it. What cannot happen in a state leaves it as it is.
 */
sealed interface RunnerState {
    /** What is to follow when a session is closed. */
    enum Then {
        /** Wait until the time to open comes. */
        WAIT,
        /** Open at once. */
        OPEN,
        /** Nothing: the device ends. */
        END;

        private RunnerState state() {
            return switch (this) {
                case WAIT -> new Waiting();
                case OPEN -> new Ready();
                case END -> new Gone();
            };
        }
    }

    /** What is to be done next, when nothing is under way. */
    enum Act {
        NOTHING,
        OPEN,
        POLL,
        /** Do what a client has ordered. */
        ORDER,
        CLOSE
    }

    /**
     * What waits for the device.
     *
     * @param stuck whether too many threads are in its driver already
     */
    record Demand(boolean poll, boolean order, boolean stuck) {}

    /** It is to be opened as soon as may be. */
    default RunnerState start() {
        return this;
    }

    /** The time to open it has come. */
    default RunnerState due() {
        return this;
    }

    /** It ends: what is open is closed, what is under way is ended. */
    default RunnerState stop() {
        return this;
    }

    /** The call under way has ended in time, and well. */
    default RunnerState succeeded() {
        return this;
    }

    /** A poll got no answer, which is not yet the end of the session. */
    default RunnerState missed() {
        return this;
    }

    /** The session is no longer trusted, or there is none. */
    default RunnerState failed() {
        return this;
    }

    /** The time of the call under way is up. */
    default RunnerState overdue() {
        return this;
    }

    /**
     * The thread of the call under way is back after its time was up, or was given up.
     *
     * @param late a session that was opened too late
     */
    default RunnerState back(Optional<Session> late) {
        return this;
    }

    default Act next(Demand demand) {
        return Act.NOTHING;
    }

    /** What was next has begun. */
    default RunnerState begun(Act act) {
        return this;
    }

    /** The session that clients may ask; nothing while there is none that is trusted. */
    default Optional<Running> running() {
        return Optional.empty();
    }

    /** Whether it was told to end. */
    default boolean ends() {
        return false;
    }

    /**
     * An open session.
     *
     * @param fresh whether it has not answered a poll yet
     * @param misses polls in a row without an answer
     * @param ordered whether the last call was an order: then a poll that is due comes first
     */
    record Running(Session session, boolean fresh, int misses, boolean ordered) {
        static Running of(Session session) {
            return new Running(session, true, 0, false);
        }
    }

    /** Nothing is to be done of ourselves: before the start, and after a fault that only an edit mends. */
    record Resting() implements RunnerState {
        @Override
        public RunnerState start() {
            return new Ready();
        }

        @Override
        public RunnerState stop() {
            return new Gone();
        }
    }

    /** It is not open, and will be opened when the time comes. */
    record Waiting() implements RunnerState {
        @Override
        public RunnerState start() {
            return new Ready();
        }

        @Override
        public RunnerState due() {
            return new Ready();
        }

        @Override
        public RunnerState stop() {
            return new Gone();
        }
    }

    /** It is not open, and to be opened now. */
    record Ready() implements RunnerState {
        @Override
        public RunnerState stop() {
            return new Gone();
        }

        @Override
        public Act next(Demand demand) {
            return demand.stuck() ? Act.NOTHING : Act.OPEN;
        }

        @Override
        public RunnerState begun(Act act) {
            return new Opening(false);
        }
    }

    /**
     * It is being opened.
     *
     * @param again whether it is to be opened again at once if this fails: what was missing has come meanwhile
     */
    record Opening(boolean again) implements RunnerState {
        @Override
        public RunnerState start() {
            return new Opening(true);
        }

        /** It was opened. */
        RunnerState opened(Session session) {
            return new Open(Running.of(session));
        }

        /** No other try helps before its section changes. */
        RunnerState misconfigured() {
            return again ? new Ready() : new Resting();
        }

        @Override
        public RunnerState failed() {
            return again ? new Ready() : new Waiting();
        }

        @Override
        public RunnerState overdue() {
            return new Hanging(Optional.empty(), again ? Then.OPEN : Then.WAIT);
        }

        @Override
        public RunnerState stop() {
            return new Hanging(Optional.empty(), Then.END);
        }
    }

    /** It is open, and no call is under way. */
    record Open(Running run) implements RunnerState {
        @Override
        public RunnerState stop() {
            return new Broken(run.session(), Then.END);
        }

        @Override
        public RunnerState failed() {
            return new Broken(run.session(), Then.WAIT);
        }

        @Override
        public Act next(Demand demand) {
            if (demand.order() && !(demand.poll() && run.ordered())) return Act.ORDER;
            return demand.poll() ? Act.POLL : Act.NOTHING;
        }

        @Override
        public RunnerState begun(Act act) {
            return new Calling(new Running(run.session(), run.fresh(), run.misses(), act == Act.ORDER));
        }

        @Override
        public Optional<Running> running() {
            return Optional.of(run);
        }
    }

    /** It is open, and a poll or an order is under way. */
    record Calling(Running run) implements RunnerState {
        @Override
        public RunnerState succeeded() {
            if (run.ordered()) return new Open(run);
            return new Open(new Running(run.session(), false, 0, false));
        }

        @Override
        public RunnerState missed() {
            return new Open(new Running(run.session(), run.fresh(), run.misses() + 1, false));
        }

        @Override
        public RunnerState failed() {
            return new Broken(run.session(), Then.WAIT);
        }

        @Override
        public RunnerState overdue() {
            return new Hanging(Optional.of(run.session()), Then.WAIT);
        }

        @Override
        public RunnerState stop() {
            return new Hanging(Optional.of(run.session()), Then.END);
        }

        @Override
        public Optional<Running> running() {
            return Optional.of(run);
        }
    }

    /** The time of a call is up, and its thread is not back. */
    record Hanging(Optional<Session> session, Then then) implements RunnerState {
        @Override
        public boolean ends() {
            return then == Then.END;
        }

        @Override
        public RunnerState start() {
            return ends() ? this : new Hanging(session, Then.OPEN);
        }

        @Override
        public RunnerState due() {
            return start();
        }

        @Override
        public RunnerState stop() {
            return new Hanging(session, Then.END);
        }

        @Override
        public RunnerState back(Optional<Session> late) {
            return session.or(() -> late)
                    .<RunnerState>map(open -> new Broken(open, then))
                    .orElseGet(then::state);
        }
    }

    /** A session is to be closed. */
    record Broken(Session session, Then then) implements RunnerState {
        @Override
        public boolean ends() {
            return then == Then.END;
        }

        @Override
        public RunnerState start() {
            return ends() ? this : new Broken(session, Then.OPEN);
        }

        @Override
        public RunnerState due() {
            return start();
        }

        @Override
        public RunnerState stop() {
            return new Broken(session, Then.END);
        }

        @Override
        public Act next(Demand demand) {
            return Act.CLOSE;
        }

        @Override
        public RunnerState begun(Act act) {
            return new Closing(then);
        }
    }

    /** A session is being closed. */
    record Closing(Then then) implements RunnerState {
        @Override
        public boolean ends() {
            return then == Then.END;
        }

        @Override
        public RunnerState start() {
            return ends() ? this : new Closing(Then.OPEN);
        }

        @Override
        public RunnerState due() {
            return start();
        }

        @Override
        public RunnerState stop() {
            return new Closing(Then.END);
        }

        @Override
        public RunnerState succeeded() {
            return then.state();
        }

        @Override
        public RunnerState failed() {
            return then.state();
        }

        @Override
        public RunnerState back(Optional<Session> late) {
            return then.state();
        }
    }

    /** It has ended, and its driver has nothing of it any more. */
    record Gone() implements RunnerState {
        @Override
        public boolean ends() {
            return true;
        }
    }
}
