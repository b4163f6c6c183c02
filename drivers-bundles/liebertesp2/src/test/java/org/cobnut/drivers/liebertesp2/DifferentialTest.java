package org.cobnut.drivers.liebertesp2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.serial.DriverComparison;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same unit read by Debian's liebert-esp2 and by ours; what differs stands in docs/drivers/liebert-esp2.md. */
@Timeout(60)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/liebert-esp2.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"one phase", "three phases"})
    void differsFromTheCDriverOnlyAsDocumented(String phases) throws IOException {
        EspUnit unit = phases.startsWith("one") ? EspUnit.small(true) : EspUnit.threePhase();
        var comparison = DriverComparison.of(
                folder, "liebert-esp2", new LiebertEsp2(), unit, new SerialLinks(), request -> false, List.of());
        comparison.isDocumented(PAGE, phases);
    }
}
