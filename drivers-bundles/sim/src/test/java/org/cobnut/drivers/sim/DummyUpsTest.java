package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DummyUpsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',         a.dev,            dummy-once
            '',         /x/a.seq,         dummy-loop
            '',         a.conf,           dummy
            '',         a.DEV,            dummy
            '',         ups@host,         repeater
            '',         ups@host.dev:1,   repeater
            dummy,      a.dev,            dummy
            dummy-loop, a.dev,            dummy-loop
            dummy-once, a.seq,            dummy-once
            dummy-once, ./we@ird.dev,     dummy-once
            repeater,   ups,              repeater
            """)
    void modeIsAskedForOrGuessed(String asked, String port, String mode) {
        assertThat(Mode.of(Optional.of(asked).filter(text -> !text.isEmpty()), port).word)
                .isEqualTo(mode);
    }

    @Test
    void refusesAnUnknownMode() {
        assertThat(new DummyUps().options().faults(Map.of("mode", "meta"))).hasSize(1);
        assertThatThrownBy(() -> Mode.of(Optional.of("meta"), "")).isInstanceOf(IllegalArgumentException.class);
    }
}
