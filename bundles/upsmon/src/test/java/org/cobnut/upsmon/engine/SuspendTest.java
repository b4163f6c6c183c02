package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sleep that logind announces: notices before and after it, and no loss of a UPS. */
class SuspendTest {
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void isToldInOrderAndIsNoJumpOfTime() {
        var harness = new EngineHarness(EngineHarness.primary()).says("OB");
        harness.give(new Reading.Suspending())
                .pass(500)
                .give(new Reading.Slept(HOUR))
                .give(new Reading.Resumed());
        assertThat(harness.notices()).isEqualTo("ONBATT SUSPEND_STARTING SUSPEND_FINISHED");
        // What was known before counts no more; the same again is news.
        harness.says("OB");
        assertThat(harness.notices()).endsWith("SUSPEND_FINISHED ONBATT");
    }

    @Test
    void aUpsThatIsSilentMeanwhileIsNotLost() {
        var harness =
                new EngineHarness(EngineHarness.primary()).says("OB").pass(1000).says("OB");
        harness.give(new Reading.Suspending());
        for (int second = 0; second < 20; second++) harness.silent().pass(1000);
        harness.give(new Reading.Slept(HOUR)).give(new Reading.Resumed());
        for (int second = 0; second < 9; second++) harness.silent().pass(1000);
        harness.says("OL");
        assertThat(harness.notices()).isEqualTo("ONBATT SUSPEND_STARTING SUSPEND_FINISHED ONLINE");
    }

    @Test
    void silenceCountsAgainWhenTheMachineIsUp() {
        var harness = new EngineHarness(EngineHarness.primary()).says("OL").give(new Reading.Suspending());
        harness.give(new Reading.Resumed()).pass(10_000).silent();
        assertThat(harness.notices()).endsWith("SUSPEND_FINISHED COMMBAD");
    }

    /** logind, or who listens to it, may never say that it is over. */
    @Test
    void aMachineThatDoesNotFallAsleepIsProtectedAsEver() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OB")
                .pass(1000)
                .says("OB")
                .give(new Reading.Suspending());
        for (int second = 0; second < 60; second++) harness.silent().pass(1000);
        assertThat(harness.notices()).contains("COMMBAD", "SHUTDOWN");
        var jump = new EngineHarness(EngineHarness.primary()).says("OL").give(new Reading.Suspending());
        for (int second = 0; second < 31; second++) jump.says("OL").pass(1000);
        assertThat(jump.give(new Reading.Slept(HOUR)).notices()).contains("SUSPEND_TIMEJUMP_UNEXPECTED");
    }

    @Test
    void anEmptyBatteryCountsUntilTheMachineSleeps() {
        var harness = new EngineHarness(EngineHarness.primary()).says("OB").give(new Reading.Suspending());
        harness.says("OB LB").pass(1000).says("OB LB").counts(1).pass(6000);
        assertThat(harness.notices()).contains("SHUTDOWN");
    }
}
