package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.notify.EventLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was notified before upsmon restarted, and what the first answer adds. */
class NotifiedStateTest {
    @TempDir
    private Path dir;

    @ParameterizedTest(name = "told {0}, first answers {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                                | OL           |
            ONBATT              | OL           | ONLINE
            ONBATT LOWBATT      | OL CHRG      | ONLINE
            ONBATT              | OB           | ONBATT
            ONBATT              | OB LB        | ONBATT LOWBATT
            ONBATT ONLINE       | OL           |
            COMMBAD             | OL           | COMMOK
            COMMBAD NOCOMM      | OL           | COMMOK
            COMMBAD COMMOK      | OL           |
            COMMBAD             | -, OL        | COMMBAD COMMOK
            ONBATT COMMBAD      | OL           | COMMOK ONLINE
            ONBATT              | -, OL        | COMMBAD COMMOK ONLINE
            ONBATT              | BYPASS       | BYPASS
            BYPASS              | OL           | NOTBYPASS
            CAL ALARM OVER      | OL           | NOTCAL NOTALARM NOTOVER
            ALARM               | ALARM OL     | ALARM
            OTHER               | OL           | NOTOTHER
            OTHER NOTOTHER      | OL           |
            REPLBATT            | OL RB        | REPLBATT
                                | OL RB        | REPLBATT
            ONBATT              | OL, OB       | ONLINE ONBATT
            ONBATT LOWBATT FSD  | OL, OL       | ONLINE
            """)
    void isTakenBackByTheFirstAnswer(String told, String answers, String notices) {
        List<String> events = Arrays.stream(told == null ? new String[0] : told.split(" "))
                .map(type -> event(type, "ups"))
                .toList();
        var harness = new EngineHarness(EngineHarness.primary(), NotifiedState.of(events));
        for (String answer : answers.split(",")) {
            if (answer.strip().equals("-")) harness.silent();
            else harness.says(answer.strip());
        }
        assertThat(harness.notices()).isEqualTo(notices == null ? "" : notices);
    }

    @Test
    void listenersHearOfTheFirstAnswerBehindItsNotices() {
        var harness = new EngineHarness(EngineHarness.primary(), NotifiedState.of(List.of(event("ONBATT", "ups"))));
        harness.says("OL").says("OL").says("OB");
        assertThat(harness.effects().stream()
                        .map(EngineHarness.TimedEffect::effect)
                        .filter(effect -> effect instanceof Effect.Notify || effect instanceof Effect.Answered)
                        .map(effect -> effect instanceof Effect.Notify notify
                                ? notify.type().name()
                                : effect.toString()))
                .containsExactly("ONLINE", "Answered[ups=ups, status=[OL]]", "ONBATT");
    }

    @Test
    void listenersHearThatNothingIsKnownAfterSleepAndThenOfTheFirstAnswer() {
        var harness = new EngineHarness(EngineHarness.primary()).says("OB").clearEffects();
        harness.give(new Reading.Slept(3_600_000_000_000L)).says("OL");
        assertThat(harness.notices()).isEqualTo("SUSPEND_TIMEJUMP_UNEXPECTED ONLINE");
        assertThat(harness.effects().stream().map(EngineHarness.TimedEffect::effect))
                .contains(new Effect.StateReset(), new Effect.Answered("ups", Set.of(StatusToken.OL)));
    }

    @Test
    void isOfEachUpsByItself() {
        Map<String, NotifiedState> told = NotifiedState.of(
                List.of(event("ONBATT", "one"), event("COMMBAD", "two"), event("SHUTDOWN", ""), "", "x"));
        assertThat(told).containsOnlyKeys("one", "two");
        assertThat(told.get("one")).isEqualTo(new NotifiedState(Set.of(StatusToken.OB), false, false));
        assertThat(told.get("two")).isEqualTo(new NotifiedState(Set.of(), false, true));
    }

    @Test
    void isReadFromTheEventsThatAreKept() throws Exception {
        var log = new EventLog(dir);
        log.noticed(new Notice(NoticeType.ONBATT, "ups@host", "UPS ups@host on battery", Instant.EPOCH));
        log.noticed(new Notice(NoticeType.CAL, "ups@host", "calibration", Instant.EPOCH));
        log.close();
        Files.writeString(
                dir.resolve("events.1"), event("ALARM", "ups@host") + "\n" + event("ONLINE", "ups@host") + "\n");
        assertThat(EventLog.notifiedStates(dir))
                .isEqualTo(Map.of(
                        "ups@host",
                        new NotifiedState(Set.of(StatusToken.OB, StatusToken.CAL, StatusToken.ALARM), false, false)));
        assertThat(EventLog.notifiedStates(dir.resolve("nowhere"))).isEmpty();
    }

    private static String event(String type, String ups) {
        return "2026-01-01T00:00:00Z\t" + type + "\t" + ups + "\ttext";
    }
}
