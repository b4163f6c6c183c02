package org.cobnut.drivers.apcsmart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class PtyTest {
    @TempDir
    Path folder;

    @Test
    void readsOverALineAndSaysWhenItIsGone() throws IOException {
        var ups = SmartUps.old();
        try (var line = new PtyLine(ups, folder);
                var session = SimulatorBench.open(new ApcSmart(), line, new SerialLinks())) {
            ups.says('Q', "10");
            assertThat(new TestReport().poll(session).status()).containsExactly("OB");
            line.hang();
            assertThatIOException()
                    .isThrownBy(() -> new TestReport().poll(session))
                    .withMessageContaining("the line is gone");
        }
    }
}
