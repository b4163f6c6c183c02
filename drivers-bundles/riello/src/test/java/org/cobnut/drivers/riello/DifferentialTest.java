package org.cobnut.drivers.riello;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.serial.DriverComparison;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same unit read by Debian's riello_ser and by ours; what differs stands in docs/drivers/riello.md. */
@Timeout(60)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/riello.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"GPSER", "SENTR"})
    void differsFromTheCDriverOnlyAsDocumented(String protocol) throws IOException {
        boolean gpser = protocol.equals("GPSER");
        RielloUnit unit = gpser ? new RielloUnit.Gpser(false) : new RielloUnit.Sentr(3604, true);
        unit.noisy = true;
        List<String> commands = gpser
                ? List.of(
                        "load.off",
                        "load.off.delay",
                        "load.on",
                        "load.on.delay",
                        "shutdown.stop",
                        "test.panel.start",
                        "test.battery.start")
                : List.of();
        var comparison = DriverComparison.of(
                folder,
                "riello_ser",
                new RielloSer(),
                unit,
                new SerialLinks(),
                request -> request.length() > 5 && "CT".indexOf(request.charAt(3)) >= 0,
                commands);
        comparison.isDocumented(PAGE, protocol);
    }
}
