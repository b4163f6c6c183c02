package org.cobnut.launcher.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             95997                95997                processes
            Max open files            %s                   4096                 files
            """;

    @Test
    void tooFewAreRefusedWithTheWayOut() {
        assertThatThrownBy(() -> DescriptorLimit.check(LIMITS.formatted("64")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("64 open files are too few, 80 are the least")
                .hasMessageContaining("ulimit -n");
    }

    @Test
    void enoughOrUnlimitedIsNot() {
        assertThatCode(() -> DescriptorLimit.check(LIMITS.formatted("1024"))).doesNotThrowAnyException();
        assertThatCode(() -> DescriptorLimit.check(LIMITS.formatted("unlimited")))
                .doesNotThrowAnyException();
    }
}
