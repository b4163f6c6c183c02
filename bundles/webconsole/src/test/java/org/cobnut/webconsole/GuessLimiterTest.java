package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuessLimiterTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final GuessLimiter guesses = new GuessLimiter(now::get);

    @Test
    void looksAtTenWrongOnesAMinuteOfEachSource() {
        for (int i = 1; i <= GuessLimiter.MOST; i++) {
            assertThat(guesses.wait("uid 1")).isZero();
            assertThat(guesses.wrong("uid 1")).isEqualTo(i);
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(guesses.wait("uid 1")).isBetween(50L, 51L);
        assertThat(guesses.wait("uid 2")).as("somebody else").isZero();
        now.addAndGet(TimeUnit.SECONDS.toNanos(51));
        assertThat(guesses.wait("uid 1")).isZero();
    }
}
