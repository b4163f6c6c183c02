package org.cobnut.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cobnut.notify.TargetSettings;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which notices a target gets, and when. */
class DeliveryRuleTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            rack*,           ONBATT,  rack1@localhost, true
            rack*,           ONBATT,  office@nas,      false
            office,          ONBATT,  office@nas,      true
            Office@NAS,      ONBATT,  office@nas,      true
            office@other,    ONBATT,  office@nas,      false
            *@nas,           ONBATT,  office@nas,      true
            ra.k1,           ONBATT,  rack1@localhost, false
            rack* office@na*,ONLINE,  office@nas,      true
            rack*,           SHUTDOWN,'',              true
            rack*,           CAL,     rack1@localhost, false
            """)
    void aTargetGetsItsUpsesAndEvents(String upses, NoticeType type, String ups, boolean wanted) {
        DeliveryRule rule =
                rule(Map.of("ups", List.of(upses.split(" ")), "events", List.of("onbatt", "ONLINE", "shutdown")));
        assertThat(rule.wants(notice(type, ups))).isEqualTo(wanted);
    }

    @Test
    void aTargetWithoutWordsGetsEverything() {
        DeliveryRule rule = rule(Map.of());
        assertThat(NoticeType.values()).allMatch(type -> rule.wants(notice(type, "x")));
        assertThat(rule.retries()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00-07:00, 21:59, false",
        "22:00-07:00, 22:00, true",
        "22:00-07:00, 03:00, true",
        "22:00-07:00, 06:59, true",
        "22:00-07:00, 07:00, false",
        "22:00-24:00, 23:59, true",
        "22:00-24:00, 00:00, false",
        "00:00-24:00, 23:59, true",
        "00:00-24:00, 00:00, true",
        "12:30-13:00, 12:45, true",
        "12:30-13:00, 13:00, false",
        "12:30-13:00, 00:00, false"
    })
    void quietHoursMayGoOverMidnight(String hours, LocalTime time, boolean silent) {
        DeliveryRule rule = rule(Map.of("quiet", List.of(hours)));
        assertThat(rule.silences(notice(NoticeType.ONBATT, "x"), time)).isEqualTo(silent);
    }

    @Test
    void onlyWhatCannotWaitIsSentInQuietHours() {
        DeliveryRule always = rule(Map.of("quiet", List.of("00:00-24:00")));
        assertThat(Stream.of(NoticeType.values())
                        .filter(type -> !always.silences(notice(type, "x"), LocalTime.NOON))
                        .map(NoticeType::name))
                .containsExactlyInAnyOrder("LOWBATT", "FSD", "SHUTDOWN", "SHUTDOWN_HOSTSYNC", "NOPARENT");
    }

    private static Notice notice(NoticeType type, String ups) {
        return new Notice(type, ups, "text", Instant.EPOCH);
    }

    private static DeliveryRule rule(Map<String, List<String>> values) {
        return DeliveryRule.of(TargetSettings.of("x", values, Set.of(), Path.of("/")));
    }
}
