package org.cobnut.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalHandlerTest {
    @Test
    void runsTheActionForASignalOfThatName() throws IOException, InterruptedException {
        var arrived = new CountDownLatch(1);
        SignalHandler.handle(
                arrived::countDown, "WINCH"); // ignored by default, so that nothing ends without the handler
        new ProcessBuilder("sh", "-c", "kill -WINCH " + ProcessHandle.current().pid())
                .start()
                .waitFor();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
