package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostNameTest {
    @Test
    void isWhatTheSystemSays() throws Exception {
        Process uname = new ProcessBuilder("uname", "-n").start();
        String said = new String(uname.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(HostName.get()).isEqualTo(said);
    }
}
