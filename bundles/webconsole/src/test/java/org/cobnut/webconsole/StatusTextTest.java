package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.cobnut.model.Health;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({"59, 59 s", "60, 1 min 00 s", "3725.5, 62 min 05 s", "-1, -1", "long, long", "9999999999, 9999999999"})
    void showsSecondsAsMinutes(String seconds, String shown) {
        assertThat(StatusText.duration(seconds)).isEqualTo(shown);
    }

    @Test
    void saysWhyADeviceIsNotFresh() {
        assertThat(StatusText.why(new Health.Fresh())).isEmpty();
        assertThat(StatusText.why(new Health.Stale(THEN, "no link"))).endsWith(": no link");
        assertThat(StatusText.why(new Health.Reconnecting(THEN, "no port", THEN)))
                .contains("no port")
                .contains("Next try " + StatusText.time(THEN));
        assertThat(StatusText.why(new Health.Reconnecting(THEN, "no option", Instant.MAX)))
                .endsWith("no option. It waits for another configuration.");
        assertThat(StatusText.why(new Health.DriverMissing("acme"))).contains("the driver acme");
    }

    @Test
    void everyHealthHasAWord() {
        assertThat(new Health[] {
                    new Health.Starting(),
                    new Health.Fresh(),
                    new Health.Stale(THEN, ""),
                    new Health.Reconnecting(THEN, "", THEN),
                    new Health.DriverMissing("")
                })
                .hasSize(Health.class.getPermittedSubclasses().length)
                .extracting(StatusText::health)
                .doesNotHaveDuplicates()
                .allMatch(word -> !word.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "driver.parameter.password, true",
        "driver.parameter.community, true",
        "driver.parameter.privPassword, true",
        "driver.parameter.port, false",
        "ups.status, false"
    })
    void hidesWhatADriverLogsInWith(String name, boolean hidden) {
        var shown = StatusText.value(new Variable(name, "hush", VarType.READ_ONLY));
        assertThat(shown).isEqualTo(hidden ? "********" : "hush");
    }
}
