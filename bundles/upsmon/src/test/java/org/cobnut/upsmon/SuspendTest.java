package org.cobnut.upsmon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sleep that logind announces: told before and behind, and no loss of any UPS. */
class SuspendTest {
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void isToldInOrderAndIsNoJumpOfTime() {
        var play = new Play(Play.primary()).says("OB");
        play.give(new Reading.Suspending())
                .pass(500)
                .give(new Reading.Slept(HOUR))
                .give(new Reading.Resumed());
        assertThat(play.notices()).isEqualTo("ONBATT SUSPEND_STARTING SUSPEND_FINISHED");
        // What was known before counts no more; the same again is news.
        play.says("OB");
        assertThat(play.notices()).endsWith("SUSPEND_FINISHED ONBATT");
    }

    @Test
    void aUpsThatIsSilentMeanwhileIsNotLost() {
        var play = new Play(Play.primary()).says("OB").pass(1000).says("OB");
        play.give(new Reading.Suspending());
        for (int second = 0; second < 20; second++) play.silent().pass(1000);
        play.give(new Reading.Slept(HOUR)).give(new Reading.Resumed());
        for (int second = 0; second < 9; second++) play.silent().pass(1000);
        play.says("OL");
        assertThat(play.notices()).isEqualTo("ONBATT SUSPEND_STARTING SUSPEND_FINISHED ONLINE");
    }

    @Test
    void silenceCountsAgainWhenTheMachineIsUp() {
        var play = new Play(Play.primary()).says("OL").give(new Reading.Suspending());
        play.give(new Reading.Resumed()).pass(10_000).silent();
        assertThat(play.notices()).endsWith("SUSPEND_FINISHED COMMBAD");
    }

    /** logind, or who listens to it, may never say that it is over. */
    @Test
    void aMachineThatDoesNotFallAsleepIsProtectedAsEver() {
        var play = new Play(Play.primary()).says("OB").pass(1000).says("OB").give(new Reading.Suspending());
        for (int second = 0; second < 60; second++) play.silent().pass(1000);
        assertThat(play.notices()).contains("COMMBAD", "SHUTDOWN");
        var jump = new Play(Play.primary()).says("OL").give(new Reading.Suspending());
        for (int second = 0; second < 31; second++) jump.says("OL").pass(1000);
        assertThat(jump.give(new Reading.Slept(HOUR)).notices()).contains("SUSPEND_TIMEJUMP_UNEXPECTED");
    }

    @Test
    void anEmptyBatteryCountsUntilTheMachineSleeps() {
        var play = new Play(Play.primary()).says("OB").give(new Reading.Suspending());
        play.says("OB LB").pass(1000).says("OB LB").counts(1).pass(6000);
        assertThat(play.notices()).contains("SHUTDOWN");
    }
}
