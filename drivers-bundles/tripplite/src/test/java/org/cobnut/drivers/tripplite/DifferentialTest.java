package org.cobnut.drivers.tripplite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.serial.DriverComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same unit read by Debian's tripplite and by ours; what differs stands in docs/drivers/tripplite.md. */
@Timeout(60)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/tripplite.md");

    @TempDir
    Path folder;

    @Test
    void differsFromTheCDriverOnlyAsDocumented() throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "tripplite",
                new TrippLite(),
                new TrippLiteUnit(),
                new SerialLinks(),
                request -> request.matches(":[NHAKG].*"),
                List.of(
                        "test.battery.start",
                        "load.off",
                        "load.on",
                        "outlet.1.load.off",
                        "outlet.1.load.on",
                        "outlet.2.load.off",
                        "outlet.2.load.on",
                        "shutdown.reboot",
                        "shutdown.reboot.graceful",
                        "shutdown.return",
                        "shutdown.stayoff"));
        comparison.isDocumented(PAGE, "tripplite");
    }
}
