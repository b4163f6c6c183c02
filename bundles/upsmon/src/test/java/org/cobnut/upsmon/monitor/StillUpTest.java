package org.cobnut.upsmon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cobnut.upsmon.engine.Effect;
import org.cobnut.upsmon.engine.EngineHarness;
import org.cobnut.upsmon.engine.Reading;
import org.junit.jupiter.api.Test;

/** A machine that is up though SHUTDOWNCMD was run; and what the plan says of it. */
class StillUpTest {
    private final EngineHarness harness = new EngineHarness(EngineHarness.secondary());

    @Test
    void isToldWhenTheCommandEndedWellAndAgainEveryFiveMinutes() {
        goDown().give(new Reading.ShutdownTried("")).clearEffects().pass(620_000);
        List<String> lines = walls();
        assertThat(lines).hasSize(2).allMatch(line -> line.contains("upsmon watches nothing, and protects nothing"));
        assertThat(lines.get(0)).startsWith("SHUTDOWNCMD ended well 5 minutes ago, but this machine is still up");
        assertThat(plan())
                .contains("so this machine should be down. Nobody watches its UPSes")
                .doesNotContain("goes down", "is healthy", "if it said");
    }

    @Test
    void isWatchedAgainWhenSomebodySaysSo() {
        goDown().give(new Reading.ResumeMonitoring());
        assertThat(harness.decided()).as("not while the command runs").isTrue();
        harness.give(new Reading.ShutdownTried("")).clearEffects().give(new Reading.ResumeMonitoring());
        assertThat(harness.decided()).isFalse();
        assertThat(harness.effects().stream().map(EngineHarness.TimedEffect::effect))
                .contains(new Effect.ClearFlag(), new Effect.RestartMonitoring());
        assertThat(harness.says("FSD OL").pass(1000).says("FSD OL").decided())
                .as("by the FSD that was obeyed")
                .isFalse();
        assertThat(harness.says("OB")
                        .pass(5000)
                        .says("OB")
                        .pass(1000)
                        .says("OL")
                        .notices())
                .isEqualTo("ONBATT ONLINE");
    }

    @Test
    void thePlanTellsACommandThatFailsFromOneThatRuns() {
        goDown();
        assertThat(plan()).endsWith("It goes down: SHUTDOWNCMD runs.");
        harness.give(new Reading.ShutdownTried("SHUTDOWNCMD ended with 127"));
        assertThat(plan()).contains("It should go down, but cannot: SHUTDOWNCMD ended with 127.");
        assertThat(harness.pass(400_000).effects()).isNotEmpty();
        assertThat(walls()).noneMatch(line -> line.contains("ended well"));
    }

    @Test
    void thePlanDoesNotCallHealthyWhatIsNotKnown() {
        harness.give(new Reading.Login("ups", false, "Unknown UPS"));
        assertThat(plan())
                .contains("ups (secondary, power value 1): has not answered yet")
                .contains("nothing is known of it: no outage would be seen")
                .contains("this machine is not logged in there (Unknown UPS)")
                .contains("needs a power value of 1 and has 1, 1 of it of UPSes that have never answered.");
        harness.give(new Reading.NoAnswer("ups", "Unknown UPS")).pass(20_000);
        assertThat(plan()).contains("no answer for 0:20 (Unknown UPS)").doesNotContain("is healthy");
        harness.says("OL");
        assertThat(plan()).contains("is healthy, and stays so").doesNotContain("never answered");
        harness.silent();
        assertThat(plan())
                .contains("lost for 0:00 (no answer), said last: OL")
                .contains("when it was lost, it told of no outage");
    }

    private EngineHarness goDown() {
        harness.says("OL").says("FSD OL").pass(1000).says("FSD OL").pass(6000);
        assertThat(harness.state().phase().tried()).isPresent();
        return harness;
    }

    private String plan() {
        return Plan.of(
                        new UpsMonitor.View(
                                harness.state(),
                                EngineHarness.secondary(),
                                harness.state().at()),
                        List.of())
                .toString();
    }

    private List<String> walls() {
        return harness.effects().stream()
                .map(EngineHarness.TimedEffect::effect)
                .filter(Effect.Wall.class::isInstance)
                .map(effect -> ((Effect.Wall) effect).text())
                .toList();
    }
}
