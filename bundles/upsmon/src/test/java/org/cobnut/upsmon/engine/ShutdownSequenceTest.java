package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ShutdownSequenceTest {
    private static EngineHarness low(Settings settings) {
        return new EngineHarness(settings)
                .says("OL")
                .pass(5000)
                .says("OB")
                .pass(5000)
                .says("OB LB")
                .pass(5000)
                .clearEffects();
    }

    @Test
    void aPrimaryThatIsAloneGoesDownAfterFinaldelay() {
        var harness = low(EngineHarness.primary()).says("OB LB");
        harness.give(new Reading.FsdSet("ups", true, "")).pass(100).counts(0).pass(6000);
        assertThat(harness.shutdownSteps()).isEqualTo("""
                15000 FSD ups
                15000 WAIT 15
                15000 ASK ups
                15000 NOTIFY FSD
                15100 WALL
                15100 NOTIFY SHUTDOWN
                20100 WRITEFLAG
                20100 SHUTDOWN
                20100 EXIT
                """);
    }

    @Test
    void aPrimaryWaitsForOthersAndTellsSoOnce() {
        var harness = low(EngineHarness.primary())
                .says("OB LB")
                .counts(2)
                .pass(500)
                .counts(2)
                .pass(100)
                .counts(0)
                .pass(5000);
        assertThat(harness.shutdownSteps()).isEqualTo("""
                15000 FSD ups
                15000 WAIT 15
                15000 ASK ups
                15000 NOTIFY SHUTDOWN_HOSTSYNC
                15250 ASK ups
                15500 ASK ups
                15600 WALL
                15600 NOTIFY SHUTDOWN
                20600 WRITEFLAG
                20600 SHUTDOWN
                20600 EXIT
                """);
    }

    @Test
    void aPrimaryThatIsCountedItselfWaitsForNobodyElse() {
        var harness = low(EngineHarness.primary())
                .give(new Reading.Login("ups", true, ""))
                .says("OB LB")
                .counts(1);
        assertThat(harness.notices()).isEqualTo("SHUTDOWN");
    }

    @Test
    void aSecondaryThatNeverLeavesDelaysForHostsyncOnly() {
        var harness = low(EngineHarness.primary()).says("OB LB");
        while (!(harness.state().phase() instanceof Phase.FinalDelay))
            harness.counts(2).pass(250);
        assertThat(harness.now()).isEqualTo(15000 + 16000);
    }

    @Test
    void aServerThatDoesNotAnswerDelaysForHostsyncOnly() {
        assertThat(low(EngineHarness.primary())
                        .says("OB LB")
                        .pass(16_000 + 5000)
                        .shutdownSteps())
                .endsWith("31000 NOTIFY SHUTDOWN\n36000 WRITEFLAG\n36000 SHUTDOWN\n36000 EXIT\n");
    }

    @Test
    void aServerThatCannotCountIsNotWaitedFor() {
        var harness =
                low(EngineHarness.primary()).says("OB LB").give(new Reading.LoginsCounted("ups", OptionalInt.empty()));
        assertThat(harness.notices()).isEqualTo("SHUTDOWN");
    }

    @Test
    void aSecondaryGoesAtOnceWhenThePrimarySaysSo() {
        var harness = low(EngineHarness.secondary())
                .says("FSD OB LB")
                .pass(1000)
                .says("FSD OB LB")
                .pass(5000);
        assertThat(harness.shutdownSteps()).isEqualTo("""
                15000 NOTIFY FSD
                16000 WALL
                16000 NOTIFY SHUTDOWN
                21000 WRITEFLAG
                21000 SHUTDOWN
                21000 EXIT
                """);
    }

    @Test
    void aSecondaryGivesThePrimaryHostsyncToSayIt() {
        var harness = low(EngineHarness.secondary());
        while (!harness.decided()) harness.says("OB LB").pass(1000);
        assertThat(harness.now()).as("calm last at 5 s, HOSTSYNC 15").isEqualTo(20_250 + 750);
    }

    @Test
    void powerComingBackDoesNotStopWhatHasBegun() {
        var harness = low(EngineHarness.primary())
                .says("OB LB")
                .says("OL")
                .pass(1000)
                .says("OL")
                .counts(0)
                .pass(6000);
        assertThat(harness.shutdownSteps()).endsWith("SHUTDOWN\n21000 EXIT\n");
    }

    @Test
    void anOrderGoesTheSameWay() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OL")
                .give(new Reading.FsdRequested())
                .counts(0)
                .pass(5000);
        assertThat(harness.shutdownSteps()).isEqualTo("""
                0 POLL 5
                0 FSD ups
                0 WAIT 15
                0 ASK ups
                0 WALL
                0 NOTIFY SHUTDOWN
                5000 WRITEFLAG
                5000 SHUTDOWN
                5000 EXIT
                """);
    }

    @Test
    void staysAsLongAsShutdownexitSays() {
        var times = new Settings.Times(5, 5, 15, 15, 0, 300, 43_200, -1);
        var harness = new EngineHarness(EngineHarness.one(false, times, Settings.Rules.DEFAULT))
                .give(new Reading.FsdRequested())
                .pass(600_000);
        assertThat(harness.shutdownSteps()).contains("SHUTDOWN\n").doesNotContain("EXIT");
    }

    @Test
    void aMachineThatCannotGoDownKeepsItsPowerAndIsProtectedAgain() {
        var harness = low(EngineHarness.primary())
                .says("OB LB")
                .counts(0)
                .pass(5000)
                .clearEffects()
                .give(new Reading.ShutdownFailed());
        assertThat(harness.shutdownSteps()).isEqualTo("20000 CLEARFLAG\n20000 WALL\n20000 RESTARTMONITORING\n");
        assertThat(harness.saysFor("FSD OL", 60).decided())
                .as("the FSD of before")
                .isFalse();
        assertThat(harness.saysFor("FSD OB LB", 5).decided()).isFalse();
        assertThat(harness.says("FSD OB LB").decided()).isTrue();
    }

    @Test
    void anFsdThatWasTakenBackCountsWhenItIsSetAnew() {
        var harness =
                low(EngineHarness.primary()).says("OB LB").counts(0).pass(5000).give(new Reading.ShutdownFailed());
        assertThat(harness.saysFor("FSD OL", 10)
                        .saysFor("OL", 5)
                        .saysFor("FSD OL", 10)
                        .decided())
                .isTrue();
    }

    @Test
    void staysUpOnlyAfterItWentDown() {
        var harness = low(EngineHarness.primary()).give(new Reading.ShutdownFailed());
        assertThat(harness.shutdownSteps()).isEqualTo("\n");
        assertThat(harness.says("OB LB").give(new Reading.ShutdownFailed()).decided())
                .isTrue();
    }

    @Test
    void aStalledMachineGoesOnGoingDown() {
        var harness = low(EngineHarness.primary())
                .says("OB LB")
                .counts(0)
                .jump(60_000)
                .give(new Reading.Tick());
        assertThat(harness.shutdownSteps()).endsWith("75000 WRITEFLAG\n75000 SHUTDOWN\n75000 EXIT\n");
    }

    @Test
    void oneOfTwoSuppliesIsEnough() {
        var monitors = List.of(new Settings.Monitor("ups", 1, true), new Settings.Monitor("other", 1, true));
        var settings = Settings.of(monitors, 1, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
        var harness = new EngineHarness(settings).saysFor("OB LB", 60);
        assertThat(harness.decided())
                .as("the other was never reached, so it counts as healthy")
                .isFalse();
        var both = Settings.of(monitors, 2, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
        assertThat(new EngineHarness(both).saysFor("OB LB", 10).decided()).isTrue();
    }

    @Test
    void neverShutsDownWhereItOnlyWatches() {
        var settings = Settings.of(
                List.of(new Settings.Monitor("ups", 0, true)), 0, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
        assertThat(new EngineHarness(settings).saysFor("FSD OB LB", 600).decided())
                .isFalse();
    }
}
