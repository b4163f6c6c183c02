package org.cobnut.runtime.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cobnut.driver.Due.EVENT;
import static org.cobnut.driver.Due.FULL;
import static org.cobnut.driver.Due.QUICK;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.model.Outcome;
import org.junit.jupiter.api.Test;

/** Which polls a session gets, at an interval of two seconds. */
class PollScheduleTest {
    private final Bench bench = Bench.inline();
    private final Gadget gadget = bench.gadget;

    @Test
    void everyRegularPollIsFullWhenTheDriverDeclaresNoPollfreq() {
        bench.start().seconds(4);
        assertThat(gadget.dues).containsExactly(FULL, FULL, FULL);
    }

    @Test
    void pollsInFullOnceEachPollfreqAndQuicklyBetween() {
        gadget.pollfreq = Duration.ofSeconds(6);
        bench.start().seconds(12);
        assertThat(gadget.dues).containsExactly(FULL, QUICK, QUICK, FULL, QUICK, QUICK, FULL);
    }

    @Test
    void aWakeIsAnEventAndMovesNoRegularPoll() {
        gadget.pollfreq = Duration.ofSeconds(60);
        bench.start().seconds(1.5);
        gadget.wake.run();
        bench.seconds(0.5);
        assertThat(gadget.dues).containsExactly(FULL, EVENT, QUICK);
    }

    @Test
    void aDeviceThatChattersForEverIsStillPolledRegularly() {
        gadget.pollfreq = Duration.ofSeconds(4);
        gadget.polling = report -> gadget.wake.run();
        bench.start().seconds(8);
        assertThat(gadget.dues.size()).isBetween(400, 410);
        assertThat(gadget.dues).filteredOn(due -> due == FULL).hasSize(3);
        assertThat(gadget.dues).filteredOn(due -> due == QUICK).hasSize(2);
    }

    @Test
    void aCommandIsFollowedByAFullPoll() throws Exception {
        gadget.pollfreq = Duration.ofSeconds(60);
        gadget.polling = report -> Gadget.counting(report, gadget.polls.get());
        bench.start().seconds(2);
        assertThat(Bench.outcome(bench.device.run("beeper.mute", ""))).isEqualTo(Outcome.handled());
        assertThat(gadget.dues).containsExactly(FULL, QUICK, FULL);
    }

    @Test
    void aFullPollThatFailsIsStillDue() {
        gadget.pollfreq = Duration.ofSeconds(60);
        gadget.polling = report -> {
            throw new IOException("no answer");
        };
        bench.start();
        gadget.polling = report -> report.status("OL");
        bench.seconds(4);
        assertThat(gadget.dues).containsExactly(FULL, FULL, QUICK);
    }
}
