package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfirmationTest {
    @Test
    void oneReadingDecidesNothingAndIsLookedAtSoon() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OL")
                .pass(5000)
                .clearEffects()
                .says("OB LB");
        assertThat(harness.decided()).isFalse();
        assertThat(harness.effects()).contains(new EngineHarness.TimedEffect(5000, new Effect.PollAgain("ups", 3)));
        assertThat(harness.pass(3000).says("OB LB").decided()).isTrue();
    }

    @Test
    void nutsWayDecidesWithOne() {
        var harness = new EngineHarness(EngineHarness.one(true, Settings.Times.DEFAULT, Settings.Rules.NUT));
        assertThat(harness.says("OL").pass(5000).says("OB LB").decided()).isTrue();
    }

    @Test
    void theSameReportReadTwiceIsOneReading() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OL")
                .pass(2000)
                .says("OB LB")
                .pass(100)
                .saysStill("OB LB");
        assertThat(harness.decided()).isFalse();
        assertThat(harness.pass(4900).saysStill("OB LB").decided())
                .as("a driver that has stood by it for a whole poll")
                .isTrue();
    }

    @Test
    void aMissingAnswerBetweenTwoContradictsNeither() {
        assertThat(new EngineHarness(EngineHarness.primary())
                        .says("OB LB")
                        .pass(5000)
                        .silent()
                        .pass(5000)
                        .says("OB LB")
                        .decided())
                .isTrue();
    }

    @Test
    void aReadingThatSaysOtherwiseBeginsAnew() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OB LB")
                .pass(5000)
                .says("OL")
                .pass(5000)
                .says("OB LB");
        assertThat(harness.decided()).isFalse();
    }

    @Test
    void wrongBatteryThenLossIsNoOutage() {
        assertThat(new EngineHarness(EngineHarness.primary())
                        .saysFor("OL", 20)
                        .says("OB")
                        .pass(5000)
                        .silentFor(3600)
                        .decided())
                .isFalse();
    }

    @Test
    void forgetsWhatItKnewBeforeTheMachineStood() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OL")
                .pass(5000)
                .says("OB LB")
                .jump(60_000)
                .says("OB LB");
        assertThat(harness.decided()).isFalse();
        assertThat(harness.texts()).contains("Unexpected clock change by 60 s, treating as wake up from sleep");
        assertThat(harness.pass(5000).says("OB LB").decided())
                .as("but does not ignore what is so now")
                .isTrue();
    }

    @Test
    void aMachineThatStoodOnBatteryIsNotCutOffForTheTimeItStood() {
        var harness = new EngineHarness(EngineHarness.primary())
                .saysFor("OB", 20)
                .jump(3_600_000)
                .silent()
                .pass(5000)
                .silentFor(10);
        assertThat(harness.decided()).isFalse();
    }

    @Test
    void aSleepThatTheClockDidNotSeeCountsAlike() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OB LB")
                .give(new Reading.Slept(3_600_000_000_000L))
                .says("OB LB");
        assertThat(harness.decided()).isFalse();
    }

    @Test
    void looksMoreOftenWhileOnBatteryAndNoLonger() {
        var times = new Settings.Times(30, 4, 15, 15, 5, 300, 43_200, 0);
        var rules = new Settings.Rules(30, 6, -1, true, 2, false);
        var harness = new EngineHarness(EngineHarness.one(true, times, rules))
                .says("OL")
                .says("OB")
                .says("OL");
        assertThat(harness.shutdownSteps()).contains("POLL 30").contains("POLL 2");
        assertThat(harness.state().interval()).isEqualTo(30);
    }

    @Test
    void waitsForOblbdurationToTheMillisecond() {
        var rules = new Settings.Rules(30, 12, -1, true, 2, false);
        var harness = new EngineHarness(EngineHarness.one(true, Settings.Times.DEFAULT, rules)).saysFor("OB LB", 10);
        assertThat(harness.pass(1999).decided()).isFalse();
        assertThat(harness.pass(1).decided()).isTrue();
    }

    @Test
    void aMomentOfPowerStartsOblbdurationAnew() {
        var rules = new Settings.Rules(30, 12, -1, true, 2, false);
        var harness = new EngineHarness(EngineHarness.one(true, Settings.Times.DEFAULT, rules));
        assertThat(harness.saysFor("OB LB", 10)
                        .saysFor("OL", 5)
                        .saysFor("OB LB", 10)
                        .decided())
                .isFalse();
    }

    @Test
    void lostOnBatteryIsDeadAfterDeadtimeToTheMillisecond() {
        var harness = new EngineHarness(EngineHarness.primary())
                .saysFor("OB", 10)
                .silent()
                .pass(5000)
                .silent();
        assertThat(harness.now()).as("5 s after the last answer came 10 s").isEqualTo(15_000);
        assertThat(harness.pass(5000).decided()).as("15 s, not more").isFalse();
        assertThat(harness.pass(1).decided()).isTrue();
    }

    @Test
    void aClockThatBeginsAnywhereChangesNothing() {
        for (long origin : new long[] {0, -1, Long.MAX_VALUE - 7_000_000_000L, Long.MIN_VALUE + 1}) {
            var harness = new EngineHarness(EngineHarness.primary(), origin)
                    .saysFor("OB", 10)
                    .pass(1000)
                    .silentFor(15);
            assertThat(harness.decided()).as("origin %d", origin).isTrue();
        }
    }
}
