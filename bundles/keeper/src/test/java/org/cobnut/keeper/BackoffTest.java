package org.cobnut.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void beginsAtOnceAndThenLaterAndLater() {
        assertThat(Backoff.NONE.pause()).isZero();
        var one = Backoff.NONE.after(SHORT);
        var two = one.after(SHORT);
        assertThat(one.pause()).isLessThan(two.pause());
    }

    @Test
    void neverWaitsSoLongThatADeviceIsMissed() {
        var backoff = Backoff.NONE;
        for (int i = 0; i < 1000; i++) backoff = backoff.after(SHORT);
        assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aLongLifeIsForgiven() {
        var often = Backoff.NONE.after(SHORT).after(SHORT).after(SHORT);
        assertThat(often.after(Duration.ofHours(1)).pause())
                .isEqualTo(Backoff.NONE.after(SHORT).pause());
    }

    @Test
    void givesABusyMachineTimeToStartAndAHangingProcessLittle() {
        long second = Duration.ofSeconds(1).toNanos();
        var born = Liveness.born(0);
        assertThat(born.lost(60 * second)).isFalse();
        assertThat(born.lost(91 * second)).isTrue();
        assertThat(born.heard(60 * second).lost(65 * second)).isFalse();
        assertThat(born.heard(60 * second).lost(67 * second)).isTrue();
    }
}
