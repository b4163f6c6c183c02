package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessRoleTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # program, isolated, missing, wish
            ,          false,    false,   NO
            ,          false,    true,    QUIETLY
            ,          true,     false,   YES
            cobnut,    true,     true,    YES
            upsd,      false,    false,   YES
            driver,    true,     true,    NO
            """)
    void looksForDriversAsItsKindOfProgramShould(
            String program, boolean isolated, boolean missing, ProcessRole.Wish wish) {
        assertThat(ProcessRole.of(program).wish(isolated, missing)).isEqualTo(wish);
    }
}
