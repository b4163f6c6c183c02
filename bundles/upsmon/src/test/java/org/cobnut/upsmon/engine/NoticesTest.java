package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cobnut.upsmon.NoticeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticesTest {
    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', textBlock = """
            OL                          |
            OL, OL                      |
            OB                          | ONBATT
            OL, OB, OL                  | ONBATT ONLINE
            OL, OB, OB, OL              | ONBATT ONLINE
            OL, ob                      | ONBATT
            OB, BYPASS, OL              | ONBATT BYPASS NOTBYPASS ONLINE
            OB, OB LB                   | ONBATT LOWBATT
            OB LB, OB, OB LB            | ONBATT LOWBATT LOWBATT
            OL CAL, OL                  | CAL NOTCAL
            OL, OFF, OL                 | OFF NOTOFF
            OL BYPASS, OL               | BYPASS NOTBYPASS
            OL ECO, OL                  | ECO NOTECO
            OL OVER, OL OVER, OL        | OVER NOTOVER
            OL TRIM, OL BOOST, OL       | TRIM NOTTRIM BOOST NOTBOOST
            OL RB, OL RB                | REPLBATT
            FSD OL, FSD OL              | FSD
            OL HB CHRG, OL DISCHRG      |
            OL TEST, OL TEST, OL        | OTHER NOTOTHER
            OL TEST WAIT, OL WAIT, OL   | OTHER NOTOTHER
            OL TEST, OL TEST WAIT, OL   | OTHER OTHER NOTOTHER
            OL, -, OL                   | COMMBAD COMMOK
            -, -, OL                    | COMMBAD COMMOK
            OB, -, OL                   | ONBATT COMMBAD COMMOK ONLINE
            OL OFFLINE                  | OTHER
            """)
    void tellsOfChanges(String statuses, String notices) {
        var harness = new EngineHarness(EngineHarness.primary());
        for (String status : statuses.split(",")) {
            if (status.strip().equals("-")) harness.silent();
            else harness.says(status.strip());
        }
        assertThat(harness.notices()).isEqualTo(notices == null ? "" : notices);
    }

    @Test
    void anEmptyStatusIsALoss() {
        assertThat(new EngineHarness(EngineHarness.primary())
                        .says("OL")
                        .says("")
                        .notices())
                .isEqualTo("COMMBAD");
    }

    @Test
    void repeatsAnAlarmWhoseTextChanges() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("ALARM OL", "Replace battery!", "")
                .says("ALARM OL", "Replace battery!", "")
                .says("ALARM OL", "Too hot!", "")
                .says("ALARM OL", "", "")
                .says("OL");
        assertThat(harness.texts())
                .containsExactly(
                        "UPS ups: one or more active alarms: [Replace battery!]",
                        "UPS ups: one or more active alarms: [Too hot!]",
                        "UPS ups: one or more active alarms: [n/a]",
                        "UPS ups is no longer in an alarm state (no active alarms)");
    }

    @Test
    void takesOnlyAVendorsWordForEcoAsEco() {
        var harness = new EngineHarness(EngineHarness.primary())
                .says("OL", "", "vendor:acme:turbo")
                .says("OL", "", "vendor:apc:HE")
                .says("OL", "", "");
        assertThat(harness.notices()).isEqualTo("ECO NOTECO");
    }

    @Test
    void repeatsReplaceBatteryAfterItsTime() {
        var times = new Settings.Times(5, 5, 15, 15, 5, 300, 60, 0);
        var harness = new EngineHarness(EngineHarness.one(true, times, Settings.Rules.DEFAULT)).saysFor("OL RB", 130);
        assertThat(harness.notices()).isEqualTo("REPLBATT REPLBATT");
    }

    @Test
    void saysThatAUpsIsUnavailableToTheMillisecond() {
        var harness = new EngineHarness(EngineHarness.primary()).says("OL").silentFor(900);
        assertThat(harness.effects().stream()
                        .filter(timedEffect -> timedEffect.effect() instanceof Effect.Notify)
                        .map(EngineHarness.TimedEffect::toString))
                .containsExactly("0 NOTIFY COMMBAD", "300000 NOTIFY NOCOMM", "600250 NOTIFY NOCOMM");
    }

    @Test
    void namesTheUpsInWordsOfOnesOwn() {
        var monitor = new Settings.Monitor("ups@far", 1, true);
        var settings = new Settings(
                Map.of("ups@far", monitor),
                1,
                Settings.Times.DEFAULT,
                Settings.Rules.DEFAULT,
                Map.of(NoticeType.ONBATT, "%s: dark! 100%"));
        var step = Engine.step(
                State.start(0), settings, new Reading.Answer("ups@far", List.of("OB"), "", List.of(), 1), 0);
        assertThat(step.effects()).contains(new Effect.Notify(NoticeType.ONBATT, "ups@far", "ups@far: dark! 100%"));
    }

    @Test
    void keepsATextWithinItsLimit() {
        assertThat(NoticeType.fill("%s" + "x".repeat(600), "ups", "")).hasSize(NoticeType.LONGEST);
    }
}
