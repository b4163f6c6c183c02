package org.cobnut.drivers.utalk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.serial.SerialComparison;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same UPS read by Debian's NUT 2.8.0 and by us: what differs is listed in docs/drivers/mge-utalk.md, and nothing else
 * does. Its driver takes half a minute to read it.
 */
@EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
@Timeout(120)
class DifferentialTest {
    @TempDir
    Path folder;

    @Test
    void differsFromTheCDriverOnlyAsDocumented() throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("mge-utalk"), "Debian's NUT is not installed");
        assertThat(SerialComparison.differences(folder, "mge-utalk", new MgeUtalk(), Pulsar::new))
                .isEqualTo(DriverFacts.documented(Path.of("../../docs/drivers/mge-utalk.md"), "mge-utalk", "Pulsar"));
    }
}
