package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void areAsWideAsTheirWidestWordAndTheLastIsOpen() {
        assertThat(new Columns("UPS", "STATUS", "HEALTH")
                        .row("a", "OL CHRG", "fresh")
                        .row("second", "OB", "x")
                        .toString())
                .isEqualTo("""
                        UPS     STATUS   HEALTH
                        a       OL CHRG  fresh
                        second  OB       x""");
    }
}
