package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, rack1@localhost, true",
        "rack1, rack1@localhost, true",
        "rack1, rack1, true",
        "rack1, rack10@localhost, false",
        "RACK*, rack10@localhost, true",
        "*1, rack1@localhost, true",
        "*1, rack12@localhost, false",
        "rack*@nas:3493, rack1@nas:3493, true",
        "rack*@nas, rack1@nas2, false",
        "ra.k1, rack1@localhost, false",
        "'r*k*1', rack1@localhost, true",
        "'', rack1@localhost, false"
    })
    void aStarIsAnyTextAndANameIsMeantOnEveryHost(String pattern, String ups, boolean matches) {
        assertThat(NamePattern.of(pattern).matches(ups)).isEqualTo(matches);
    }
}
