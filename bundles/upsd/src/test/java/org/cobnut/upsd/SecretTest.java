package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.upsd.Secret.Glance;
import org.cobnut.wire.HashedPassword;
import org.junit.jupiter.api.Test;

class SecretTest {
    private final AtomicLong now = new AtomicLong();
    private final Secret secret = Secret.of(HashedPassword.of("sesame", 2000).text(), now::get);

    @Test
    void whatWasRightIsKnownForSomeMinutesAfterItsLastUse() {
        assertThat(secret.glance("sesame")).isEqualTo(Glance.UNSURE);
        assertThat(secret.check("sesame")).isTrue();
        for (int i = 0; i < 5; i++) {
            now.addAndGet(TimeUnit.MINUTES.toNanos(14));
            assertThat(secret.glance("sesame")).isEqualTo(Glance.RIGHT);
            assertThat(secret.glance("guess")).isEqualTo(Glance.UNSURE);
        }
        now.addAndGet(TimeUnit.MINUTES.toNanos(16));
        assertThat(secret.glance("sesame")).isEqualTo(Glance.UNSURE);
        assertThat(secret.check("sesame")).isTrue();
    }
}
