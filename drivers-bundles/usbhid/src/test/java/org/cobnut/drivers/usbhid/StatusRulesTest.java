package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.cobnut.table.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags become words. */
class StatusRulesTest {
    private static final Config.Rules USUAL = rules(0);
    private static final long SECOND = 1_000_000_000;

    private static Config.Rules rules(long delay) {
        return new Config.Rules(false, false, 30, 100, OptionalLong.of(delay), false);
    }

    private static Known known(String flags) {
        Map<String, String> values = Arrays.stream(flags.split(" "))
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.toMap(flag -> flag.replace("!", ""), flag -> flag.startsWith("!") ? "0" : "1"));
        return name -> Optional.ofNullable(values.get(name));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "online, OL",
        "!online, OB",
        "dischrg, OB DISCHRG",
        "!dischrg, ''",
        "online chrg, OL CHRG",
        "online chrg fullycharged, OL",
        "!online dischrg depleted, OB",
        "!online dischrg lowbatt, OB DISCHRG LB",
        "!online timelimitexp, OB LB",
        "!online shutdownimm, OB LB",
        "online replacebatt overload trim, OL OVER RB TRIM",
        "online boost, OL BOOST",
        "online bypassman, OL BYPASS",
        "online off, OL OFF",
        "online cal, OL CAL",
        "online ecomode, OL ECO",
        "online !overload overload-2 !overload-3, OL OVER"
    })
    void becomeWords(String flags, String words) {
        assertThat(String.join(" ", StatusRules.words(known(flags), USUAL, true).keySet()))
                .isEqualTo(words);
    }

    @Test
    void becomeAlarms() {
        assertThat(StatusRules.alarms(known("nobattery overheat")))
                .containsExactly("No battery installed!", "Temperature too high!");
        assertThat(StatusRules.transferReason(known("vrange"))).hasValue("input voltage out of range");
        assertThat(StatusRules.transferReason(known("!vrange frange"))).hasValue("input frequency out of range");
        assertThat(StatusRules.transferReason(known("!vrange"))).isEmpty();
    }

    @Test
    void holdBackALowBatteryWhileTheUnitCalibratesItself() {
        var delay = new LowBatteryDelay(rules(3), "");
        Known calibrates = known("online cal lowbatt replacebatt");
        assertThat(delay.counts(calibrates, 0)).isFalse();
        assertThat(delay.counts(calibrates, 2 * SECOND)).isFalse();
        assertThat(delay.counts(calibrates, 3 * SECOND)).isTrue();
        assertThat(delay.counts(known("online cal"), 4 * SECOND)).isFalse();
        assertThat(delay.counts(calibrates, 5 * SECOND)).isFalse();
    }

    @Test
    void neverHoldBackALowBatteryOfAnOutage() {
        assertThat(new LowBatteryDelay(rules(3), "").counts(known("!online dischrg lowbatt"), 0))
                .isTrue();
        assertThat(new LowBatteryDelay(rules(3), "").counts(known("online lowbatt"), 0))
                .isTrue();
    }

    @Test
    void knowTheUnitsThatNeedTheDelay() {
        var unset = new Config.Rules(false, false, 30, 100, OptionalLong.empty(), false);
        Known calibrates = known("online cal lowbatt");
        assertThat(new LowBatteryDelay(unset, "Back-UPS BX750MI FW:295").counts(calibrates, 0))
                .isFalse();
        assertThat(new LowBatteryDelay(unset, "Back-UPS RS 1000G").counts(calibrates, 0))
                .isTrue();
    }
}
