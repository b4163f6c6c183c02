package org.cobnut.drivers.apcsmart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.serial.SerialComparison;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same UPS read by Debian's NUT 2.8.0 and by us: what differs is listed in docs/drivers/apcsmart.md, and nothing else does. */
@Timeout(60)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/apcsmart.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"apcsmart, new", "apcsmart-old, new", "apcsmart, old"})
    void differsFromTheCDriverOnlyAsDocumented(String program, String unit) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed(program), "Debian's NUT is not installed");
        Driver ours = program.equals("apcsmart") ? new ApcSmart() : new ApcSmartOld();
        assertThat(SerialComparison.differences(
                        folder, program, ours, unit.equals("new") ? SmartUps::new : SmartUps::old))
                .isEqualTo(DriverFacts.documented(PAGE, program, unit));
    }
}
