package org.cobnut.runtime.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cobnut.driver.Session;
import org.cobnut.runtime.poll.RunnerState.Act;
import org.cobnut.runtime.poll.RunnerState.Demand;
import org.junit.jupiter.api.Test;

/** The states of a device, without threads and time: whatever happens in whatever order. */
class RunnerStateTest {
    private static final Demand NOTHING = new Demand(false, false, false);

    /** A device to which things happen by chance. */
    private static final class Walk {
        final Random random;
        final List<Session> opened = new ArrayList<>();
        final List<Session> closed = new ArrayList<>();
        RunnerState state = new RunnerState.Resting();
        Act call = Act.NOTHING;
        boolean over;

        Walk(long seed) {
            random = new Random(seed);
        }

        void step() {
            switch (random.nextInt(6)) {
                case 0 -> state = state.start();
                case 1 -> state = state.due();
                case 2 -> begin(new Demand(random.nextBoolean(), random.nextBoolean(), random.nextInt(9) == 0));
                case 3 -> overdue();
                default -> end();
            }
        }

        void stop() {
            if (call != Act.NOTHING && call != Act.CLOSE) over = true;
            state = state.stop();
        }

        void begin(Demand demand) {
            if (call != Act.NOTHING) return;
            Act act = state.next(demand);
            if (act == Act.NOTHING) return;
            if (state instanceof RunnerState.Broken broken) closed.add(broken.session());
            if (act == Act.POLL || act == Act.ORDER) assertThat(state.running()).isPresent();
            state = state.begun(act);
            call = act;
            over = false;
        }

        private void overdue() {
            if (call == Act.NOTHING || call == Act.CLOSE || over) return;
            over = true;
            state = state.overdue();
            assertThat(state.running()).as("nobody asks a session that hangs").isEmpty();
        }

        void end() {
            if (call == Act.NOTHING) return;
            Act ended = call;
            call = Act.NOTHING;
            if (over)
                state = state.back(
                        ended == Act.OPEN && random.nextBoolean() ? Optional.of(session()) : Optional.empty());
            else if (state instanceof RunnerState.Opening opening)
                state = switch (random.nextInt(3)) {
                    case 0 -> opening.misconfigured();
                    case 1 -> opening.failed();
                    default -> opening.opened(session());
                };
            else
                state = switch (random.nextInt(3)) {
                    case 0 -> state.missed();
                    case 1 -> state.failed();
                    default -> state.succeeded();
                };
            if (ended == Act.CLOSE && state instanceof RunnerState.Closing) state = state.succeeded();
        }

        private Session session() {
            Session session = (report, due) -> {};
            opened.add(session);
            return session;
        }
    }

    @Test
    void everySessionIsClosedOnceAndTheDeviceEnds() {
        for (long seed = 0; seed < 20_000; seed++) {
            var walk = new Walk(seed);
            for (int i = walk.random.nextInt(60); i >= 0; i--) walk.step();
            walk.stop();
            for (int i = 0; i < 4; i++) {
                if (walk.random.nextBoolean()) walk.step();
                walk.end();
                walk.begin(NOTHING);
            }
            walk.end();
            assertThat(walk.state).as("seed %d", seed).isEqualTo(new RunnerState.Gone());
            assertThat(walk.closed).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(walk.opened);
        }
    }

    @Test
    void anOrderNeverKeepsAPollWaitingTwice() {
        RunnerState state = new RunnerState.Opening(false).opened((report, due) -> {});
        var both = new Demand(true, true, false);
        assertThat(state.next(both)).isEqualTo(Act.ORDER);
        state = state.begun(Act.ORDER).succeeded();
        assertThat(state.next(both)).isEqualTo(Act.POLL);
        state = state.begun(Act.POLL).succeeded();
        assertThat(state.next(both)).isEqualTo(Act.ORDER);
    }

    @Test
    void opensAgainAtOnceWhenWhatWasMissingCameWhileItWasOpened() {
        assertThat(new RunnerState.Opening(false).start()).isEqualTo(new RunnerState.Opening(true));
        assertThat(new RunnerState.Opening(true).failed()).isEqualTo(new RunnerState.Ready());
        assertThat(new RunnerState.Opening(false).failed()).isEqualTo(new RunnerState.Waiting());
        assertThat(new RunnerState.Opening(true).overdue().back(Optional.empty()))
                .isEqualTo(new RunnerState.Ready());
    }

    @Test
    void opensNothingWhileTooManyThreadsAreInItsDriver() {
        assertThat(new RunnerState.Ready().next(new Demand(false, false, true))).isEqualTo(Act.NOTHING);
        assertThat(new RunnerState.Ready().next(NOTHING)).isEqualTo(Act.OPEN);
    }
}
