package org.cobnut.drivers.metasys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.serial.SerialComparison;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same UPS read by Debian's NUT 2.8.0 and by us: what differs is listed in docs/drivers/metasys.md, and nothing else does. */
@Timeout(60)
class DifferentialTest {
    @TempDir
    Path folder;

    @Test
    void differsFromTheCDriverOnlyAsDocumented() throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("metasys"), "Debian's NUT is not installed");
        assertThat(SerialComparison.differences(folder, "metasys", new Metasys(), MetaSystemUps::new))
                .isEqualTo(DriverFacts.documented(Path.of("../../docs/drivers/metasys.md"), "metasys", "HF"));
    }
}
