package org.cobnut.drivers.powerpanel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.serial.SerialComparison;
import org.cobnut.testkit.serial.SerialSimulator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same UPS read by Debian's NUT 2.8.0 and by us: what differs is listed in docs/drivers/powerpanel.md, and nothing else does. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class DifferentialTest {
    private static final Map<String, Supplier<SerialSimulator>> DEVICES =
            Map.of("text", TextUps::new, "OP", BinaryUps::op, "PR", BinaryUps::pr);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"text", "OP", "PR"})
    void differsFromTheCDriverOnlyAsDocumented(String device) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("powerpanel"), "Debian's NUT is not installed");
        // That driver takes seconds to find out the protocol, and as long for each of the two kinds of bytes.
        Assumptions.assumeTrue(!device.equals("PR") || Boolean.getBoolean("cobnut.long"), "only with cobnut.long");
        String protocol = "protocol = " + (device.equals("text") ? "text" : "binary");
        assertThat(SerialComparison.differences(folder, "powerpanel", new PowerPanel(), DEVICES.get(device), protocol))
                .isEqualTo(DriverFacts.documented(Path.of("../../docs/drivers/powerpanel.md"), "powerpanel", device));
    }
}
