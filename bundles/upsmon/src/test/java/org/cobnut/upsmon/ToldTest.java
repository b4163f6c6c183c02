package org.cobnut.upsmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people were told before upsmon was started again, and what the first answer then is news of. */
class ToldTest {
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
        var play = new Play(Play.primary(), Told.of(events));
        for (String answer : answers.split(",")) {
            if (answer.strip().equals("-")) play.silent();
            else play.says(answer.strip());
        }
        assertThat(play.notices()).isEqualTo(notices == null ? "" : notices);
    }

    @Test
    void listenersHearOfTheFirstAnswerBehindItsNotices() {
        var play = new Play(Play.primary(), Told.of(List.of(event("ONBATT", "ups"))));
        play.says("OL").says("OL").says("OB");
        assertThat(play.cues().stream()
                        .map(Play.Cue::effect)
                        .filter(effect -> effect instanceof Effect.Notify || effect instanceof Effect.Answered)
                        .map(effect -> effect instanceof Effect.Notify notify
                                ? notify.type().name()
                                : effect.toString()))
                .containsExactly("ONLINE", "Answered[ups=ups, status=[OL]]", "ONBATT");
    }

    @Test
    void listenersHearThatNothingIsKnownAfterSleepAndThenOfTheFirstAnswer() {
        var play = new Play(Play.primary()).says("OB").forgetCues();
        play.give(new Reading.Slept(3_600_000_000_000L)).says("OL");
        assertThat(play.notices()).isEqualTo("SUSPEND_TIMEJUMP_UNEXPECTED ONLINE");
        assertThat(play.cues().stream().map(Play.Cue::effect))
                .contains(new Effect.Forgot(), new Effect.Answered("ups", Set.of(Token.OL)));
    }

    @Test
    void isOfEachUpsByItself() {
        Map<String, Told> told =
                Told.of(List.of(event("ONBATT", "one"), event("COMMBAD", "two"), event("SHUTDOWN", ""), "", "x"));
        assertThat(told).containsOnlyKeys("one", "two");
        assertThat(told.get("one")).isEqualTo(new Told(Set.of(Token.OB), false, false));
        assertThat(told.get("two")).isEqualTo(new Told(Set.of(), false, true));
    }

    @Test
    void isReadFromTheEventsThatAreKept() throws Exception {
        var log = new EventLog(dir);
        log.noticed(new Notice(NoticeType.ONBATT, "ups@host", "UPS ups@host on battery", Instant.EPOCH));
        log.noticed(new Notice(NoticeType.CAL, "ups@host", "calibration", Instant.EPOCH));
        log.close();
        Files.writeString(
                dir.resolve("events.1"), event("ALARM", "ups@host") + "\n" + event("ONLINE", "ups@host") + "\n");
        assertThat(EventLog.told(dir))
                .isEqualTo(Map.of("ups@host", new Told(Set.of(Token.OB, Token.CAL, Token.ALARM), false, false)));
        assertThat(EventLog.told(dir.resolve("nowhere"))).isEmpty();
    }

    private static String event(String type, String ups) {
        return "2026-01-01T00:00:00Z\t" + type + "\t" + ups + "\ttext";
    }
}
