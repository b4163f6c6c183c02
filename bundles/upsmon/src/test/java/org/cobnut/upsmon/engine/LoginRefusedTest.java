package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cobnut.upsmon.NoticeType;
import org.junit.jupiter.api.Test;

/** A MONITOR line whose user or password the server refuses is notified before an outage, and again. */
class LoginRefusedTest {
    private static final Settings.Times TIMES = new Settings.Times(5, 5, 15, 15, 5, 60, 43_200, 0);

    private final EngineHarness harness = new EngineHarness(EngineHarness.one(true, TIMES, Settings.Rules.DEFAULT));

    @Test
    void isToldAfterDeadtimeAndThenEachNocommwarntime() {
        harness.give(refused("Access denied")).saysFor("OL", 140);
        assertThat(harness.effects().stream()
                        .filter(timedEffect -> timedEffect.effect() instanceof Effect.Notify)
                        .map(EngineHarness.TimedEffect::toString))
                .containsExactly("15000 NOTIFY NOCOMM", "75250 NOTIFY NOCOMM", "135500 NOTIFY NOCOMM");
        assertThat(harness.texts())
                .allMatch(
                        "UPS ups: cannot log in (Access denied). Its primary would not wait for this machine"::equals);
    }

    @Test
    void isToldOfAPrimaryThatIsNoneThere() {
        harness.give(new Reading.Login("ups", true, "Primary privileges unavailable: Access denied"))
                .saysFor("OL", 20);
        assertThat(harness.texts())
                .containsExactly("UPS ups: Primary privileges unavailable: Access denied."
                        + " This machine could not announce a shutdown to the others");
    }

    @Test
    void isToldToBeMended() {
        harness.give(refused("Access denied")).saysFor("OL", 20).give(new Reading.Login("ups", true, ""));
        harness.saysFor("OL", 140);
        assertThat(harness.notices()).isEqualTo("NOCOMM COMMOK");
    }

    @Test
    void isNoNewsWhenItIsMendedSoon() {
        harness.give(refused("Unknown UPS")).saysFor("OL", 10).give(new Reading.Login("ups", true, ""));
        assertThat(harness.saysFor("OL", 140).notices()).isEmpty();
    }

    @Test
    void isNotToldBesideTheLossOfTheUps() {
        harness.give(refused("Unknown UPS")).silentFor(140);
        assertThat(harness.notices()).isEqualTo("COMMBAD NOCOMM NOCOMM");
        assertThat(harness.texts()).contains("UPS ups is unavailable");
    }

    @Test
    void putsTheReasonBehindWordsOfOnesOwn() {
        var settings = new Settings(
                Map.of("ups", new Settings.Monitor("ups", 1, true)),
                1,
                TIMES,
                Settings.Rules.DEFAULT,
                Map.of(NoticeType.NOCOMM, "%s fehlt"));
        var own = new EngineHarness(settings).give(refused("Access denied")).saysFor("OL", 20);
        assertThat(own.texts()).isEqualTo(List.of("ups fehlt: Access denied"));
    }

    private static Reading refused(String reason) {
        return new Reading.Login("ups", false, reason);
    }
}
