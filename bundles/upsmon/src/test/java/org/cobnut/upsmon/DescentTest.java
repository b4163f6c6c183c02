package org.cobnut.upsmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DescentTest {
    private static Play low(Settings settings) {
        return new Play(settings)
                .says("OL")
                .pass(5000)
                .says("OB")
                .pass(5000)
                .says("OB LB")
                .pass(5000)
                .forgetCues();
    }

    @Test
    void aPrimaryThatIsAloneGoesDownAfterFinaldelay() {
        var play = low(Play.primary()).says("OB LB");
        play.give(new Reading.FsdSet("ups", true, "")).pass(100).counts(0).pass(6000);
        assertThat(play.descent()).isEqualTo("""
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
        var play = low(Play.primary())
                .says("OB LB")
                .counts(2)
                .pass(500)
                .counts(2)
                .pass(100)
                .counts(0)
                .pass(5000);
        assertThat(play.descent()).isEqualTo("""
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
        var play = low(Play.primary())
                .give(new Reading.Login("ups", true, ""))
                .says("OB LB")
                .counts(1);
        assertThat(play.notices()).isEqualTo("SHUTDOWN");
    }

    @Test
    void aSecondaryThatNeverLeavesDelaysForHostsyncOnly() {
        var play = low(Play.primary()).says("OB LB");
        while (!(play.state().phase() instanceof Phase.Leaving)) play.counts(2).pass(250);
        assertThat(play.now()).isEqualTo(15000 + 16000);
    }

    @Test
    void aServerThatDoesNotAnswerDelaysForHostsyncOnly() {
        assertThat(low(Play.primary()).says("OB LB").pass(16_000 + 5000).descent())
                .endsWith("31000 NOTIFY SHUTDOWN\n36000 WRITEFLAG\n36000 SHUTDOWN\n36000 EXIT\n");
    }

    @Test
    void aServerThatCannotCountIsNotWaitedFor() {
        var play = low(Play.primary()).says("OB LB").give(new Reading.Counted("ups", OptionalInt.empty()));
        assertThat(play.notices()).isEqualTo("SHUTDOWN");
    }

    @Test
    void aSecondaryGoesAtOnceWhenThePrimarySaysSo() {
        var play = low(Play.secondary())
                .says("FSD OB LB")
                .pass(1000)
                .says("FSD OB LB")
                .pass(5000);
        assertThat(play.descent()).isEqualTo("""
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
        var play = low(Play.secondary());
        while (!play.decided()) play.says("OB LB").pass(1000);
        assertThat(play.now()).as("calm last at 5 s, HOSTSYNC 15").isEqualTo(20_250 + 750);
    }

    @Test
    void powerComingBackDoesNotStopWhatHasBegun() {
        var play = low(Play.primary())
                .says("OB LB")
                .says("OL")
                .pass(1000)
                .says("OL")
                .counts(0)
                .pass(6000);
        assertThat(play.descent()).endsWith("SHUTDOWN\n21000 EXIT\n");
    }

    @Test
    void anOrderGoesTheSameWay() {
        var play = new Play(Play.primary())
                .says("OL")
                .give(new Reading.FsdOrder())
                .counts(0)
                .pass(5000);
        assertThat(play.descent()).isEqualTo("""
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
        var play = new Play(Play.one(false, times, Settings.Rules.DEFAULT))
                .give(new Reading.FsdOrder())
                .pass(600_000);
        assertThat(play.descent()).contains("SHUTDOWN\n").doesNotContain("EXIT");
    }

    @Test
    void aMachineThatCannotGoDownKeepsItsPowerAndIsProtectedAgain() {
        var play = low(Play.primary())
                .says("OB LB")
                .counts(0)
                .pass(5000)
                .forgetCues()
                .give(new Reading.StayedUp());
        assertThat(play.descent()).isEqualTo("20000 CLEARFLAG\n20000 WALL\n20000 WATCHAFRESH\n");
        assertThat(play.saysFor("FSD OL", 60).decided()).as("the FSD of before").isFalse();
        assertThat(play.saysFor("FSD OB LB", 5).decided()).isFalse();
        assertThat(play.says("FSD OB LB").decided()).isTrue();
    }

    @Test
    void anFsdThatWasTakenBackCountsWhenItIsSetAnew() {
        var play = low(Play.primary()).says("OB LB").counts(0).pass(5000).give(new Reading.StayedUp());
        assertThat(play.saysFor("FSD OL", 10)
                        .saysFor("OL", 5)
                        .saysFor("FSD OL", 10)
                        .decided())
                .isTrue();
    }

    @Test
    void staysUpOnlyAfterItWentDown() {
        var play = low(Play.primary()).give(new Reading.StayedUp());
        assertThat(play.descent()).isEqualTo("\n");
        assertThat(play.says("OB LB").give(new Reading.StayedUp()).decided()).isTrue();
    }

    @Test
    void aStalledMachineGoesOnGoingDown() {
        var play = low(Play.primary()).says("OB LB").counts(0).jump(60_000).give(new Reading.Tick());
        assertThat(play.descent()).endsWith("75000 WRITEFLAG\n75000 SHUTDOWN\n75000 EXIT\n");
    }

    @Test
    void oneOfTwoSuppliesIsEnough() {
        var monitors = List.of(new Settings.Monitor("ups", 1, true), new Settings.Monitor("other", 1, true));
        var settings = Settings.of(monitors, 1, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
        var play = new Play(settings).saysFor("OB LB", 60);
        assertThat(play.decided())
                .as("the other was never reached, so it counts as healthy")
                .isFalse();
        var both = Settings.of(monitors, 2, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
        assertThat(new Play(both).saysFor("OB LB", 10).decided()).isTrue();
    }

    @Test
    void neverShutsDownWhereItOnlyWatches() {
        var settings = Settings.of(
                List.of(new Settings.Monitor("ups", 0, true)), 0, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
        assertThat(new Play(settings).saysFor("FSD OB LB", 600).decided()).isFalse();
    }
}
