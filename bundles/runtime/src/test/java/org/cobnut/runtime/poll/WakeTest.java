package org.cobnut.runtime.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Polls that a session asks for itself. */
class WakeTest {
    private final Bench bench = Bench.inline();
    private final Gadget gadget = bench.gadget;

    @Test
    void aSessionThatWakesItselfForEverIsPolledFiftyTimesASecond() {
        gadget.polling = report -> gadget.wake.run();
        bench.start().seconds(1);
        assertThat(gadget.polls.get()).isBetween(50, 52);
        bench.seconds(9);
        assertThat(gadget.polls.get()).isBetween(500, 510);
    }

    @Test
    void aSessionThatWantsTheNextPollAtOnceIsPolledFiftyTimesASecond() {
        gadget.polling = report -> report.again(Duration.ZERO);
        bench.start().seconds(1);
        assertThat(gadget.polls.get()).isBetween(50, 51);
    }

    @Test
    void servesASingleWakeAtOnceAndTheNextNotTooSoon() {
        bench.start();
        gadget.wake.run();
        assertThat(gadget.polls).hasValue(2);
        bench.seconds(0.001);
        for (int i = 0; i < 100; i++) gadget.wake.run();
        assertThat(gadget.polls).hasValue(2);
        bench.seconds(0.018);
        assertThat(gadget.polls).hasValue(2);
        bench.seconds(0.001);
        assertThat(gadget.polls).as("one for all of them").hasValue(3);
        bench.seconds(0.5);
        assertThat(gadget.polls).hasValue(3);
        gadget.wake.run();
        assertThat(gadget.polls).hasValue(4);
        bench.seconds(1.47);
        assertThat(gadget.polls).hasValue(4);
        bench.seconds(0.01);
        assertThat(gadget.polls).as("no wake moves the regular poll").hasValue(5);
    }

    @Test
    void aWakeDuringALongPollIsServedOnceWhenThatIsOver() {
        bench.start();
        gadget.wake.run();
        gadget.polling = report -> {
            gadget.polling = ignored -> {};
            gadget.wake.run();
            bench.timers.advance(Duration.ofMillis(100)); // the timer for it rings while the poll goes on
        };
        bench.seconds(0.01);
        gadget.wake.run();
        bench.seconds(0.2);
        assertThat(gadget.polls).hasValue(4);
    }
}
