package org.cobnut.upsd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final long HEAP = 256L << 20;

    @Test
    void theRoomIsWhatDescriptorsLeave() {
        assertThat(Capacity.of(1024, 200, HEAP)).isEqualTo(new Capacity(760, 95));
        assertThat(Capacity.of(20_000, 200, HEAP).connections()).isEqualTo(18_550);
    }

    @Test
    void littleMemoryHasRoomForFew() {
        assertThat(Capacity.of(1_000_000, 200, 16L << 20).connections()).isEqualTo(2048);
    }

    @Test
    void tooFewDescriptorsAreToldWithTheWayOut() {
        assertThatThrownBy(() -> Capacity.of(256, 230, HEAP).check())
                .hasMessageContaining("open files")
                .hasMessageContaining("ulimit -n");
    }

    @Test
    void aServerThatRunsKeepsALittleRoomWhateverElseTakesTheDescriptors() {
        assertThat(Capacity.of(256, 256, HEAP).orLeast()).isEqualTo(new Capacity(Capacity.LEAST, 2));
        assertThat(Capacity.of(1024, 200, HEAP).orLeast().connections()).isEqualTo(760);
    }

    @Test
    void thisProcessHasRoom() {
        assertThat(Capacity.ofThisProcess(0).connections()).isGreaterThan(Capacity.LEAST);
    }
}
