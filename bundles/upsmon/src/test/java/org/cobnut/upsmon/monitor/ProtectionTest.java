package org.cobnut.upsmon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.time.Nanos;
import org.junit.jupiter.api.Test;

class ProtectionTest {
    @Test
    void afterAShutdowncmdThatEndedWellNothingIsWatched() {
        assertThat(Protection.missing(new Phase.ShuttingDown(1, new Phase.Attempt("", 5, 5))))
                .hasValueSatisfying(why -> assertThat(why).contains("SHUTDOWNCMD ended well", "nutctl resume"));
    }

    @Test
    void anAttemptThatFailedIsTriedAgain() {
        assertThat(Protection.missing(new Phase.ShuttingDown(1, new Phase.Attempt("exit code 1", Nanos.NEVER, 5))))
                .isEmpty();
        assertThat(Protection.missing(new Phase.Monitoring())).isEmpty();
    }
}
