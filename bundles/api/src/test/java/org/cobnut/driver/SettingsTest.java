package org.cobnut.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Options OPTIONS = Options.of(
            Option.number("offdelay", 30, "seconds"),
            Option.choice("mode", "a mode", "dummy-once", "repeater"),
            Option.secret("password", "to log in"));

    private static Settings settings(String key, String value) {
        return Settings.of("u", "auto", OPTIONS, Map.of(key, value));
    }

    @Test
    void showsNoSecret() {
        var given = Map.of("password", "wer-das-liest", "authToken", "wer-das-liest", "offdelay", "20");
        assertThat(Settings.of("u", "auto", OPTIONS, given).toString())
                .doesNotContain("wer-das-liest")
                .contains("u", "auto", "offdelay=20", "password=(hidden)");
    }

    @ParameterizedTest
    @CsvSource({"20, 20, ''", "20s, 20, 20 counts", "20 seconds, 20, 20 counts", "7.5, 7, 7 counts"})
    void countsTheNumberThatAValueBeginsWith(String value, long number, String warning) {
        Settings settings = settings("offdelay", value);
        assertThat(OPTIONS.faults(settings.values())).isEmpty();
        assertThat(settings.number("offdelay")).isEqualTo(number);
        assertThat(String.join("", OPTIONS.warnings(settings.values())))
                .isEqualTo(
                        warning.isEmpty()
                                ? ""
                                : "option 'offdelay' wants a whole number, not '" + value + "'; " + warning);
    }

    @ParameterizedTest
    @CsvSource({"abc", "''", "s20"})
    void countsTheDefaultWhereThereIsNoNumber(String value) {
        Settings settings = settings("offdelay", value);
        assertThat(OPTIONS.faults(settings.values())).isEmpty();
        assertThat(settings.number("offdelay")).isEqualTo(30);
        assertThat(OPTIONS.warnings(settings.values()))
                .singleElement()
                .asString()
                .endsWith("; the default 30 counts");
    }

    @Test
    void takesAChoiceInAnyCase() {
        Settings settings = settings("mode", "Repeater");
        assertThat(OPTIONS.faults(settings.values())).isEmpty();
        assertThat(settings.text("mode")).contains("repeater");
        assertThat(OPTIONS.faults(Map.of("mode", "loop")))
                .containsExactly("option 'mode' wants one of dummy-once, repeater, not 'loop'");
    }

    @Test
    void saysWhatItTakesInPlaceOfWhatItDoesNotKnow() {
        assertThat(OPTIONS.faults(Map.of("off_delay", "1")))
                .containsExactly("unknown option 'off_delay'; 'offdelay' is one");
        assertThat(OPTIONS.faults(Map.of("foo", "1")))
                .containsExactly("unknown option 'foo'; this driver takes offdelay, mode, password");
    }
}
