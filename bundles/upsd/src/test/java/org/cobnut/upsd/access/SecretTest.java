package org.cobnut.upsd.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.upsd.access.Secret.Verdict;
import org.cobnut.wire.HashedPassword;
import org.junit.jupiter.api.Test;

class SecretTest {
    private final AtomicLong now = new AtomicLong();
    private final Secret secret = Secret.of(HashedPassword.of("sesame", 2000).text(), now::get);

    @Test
    void whatWasRightIsKnownForSomeMinutesAfterItsLastUse() {
        assertThat(secret.checkQuickly("sesame")).isEqualTo(Verdict.UNSURE);
        assertThat(secret.check("sesame")).isTrue();
        for (int i = 0; i < 5; i++) {
            now.addAndGet(TimeUnit.MINUTES.toNanos(14));
            assertThat(secret.checkQuickly("sesame")).isEqualTo(Verdict.RIGHT);
            assertThat(secret.checkQuickly("guess")).isEqualTo(Verdict.UNSURE);
        }
        now.addAndGet(TimeUnit.MINUTES.toNanos(16));
        assertThat(secret.checkQuickly("sesame")).isEqualTo(Verdict.UNSURE);
        assertThat(secret.check("sesame")).isTrue();
    }
}
