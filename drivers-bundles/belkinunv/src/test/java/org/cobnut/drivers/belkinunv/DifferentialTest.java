package org.cobnut.drivers.belkinunv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.serial.DriverComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same unit read by Debian's belkinunv and by ours; what differs stands in docs/drivers/belkinunv.md. */
@Timeout(60)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/belkinunv.md");

    @TempDir
    Path folder;

    @Test
    void differsFromTheCDriverOnlyAsDocumented() throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "belkinunv",
                new BelkinUnv(),
                new BelkinUnvUnit(),
                new SerialLinks(),
                request -> request.length() > 1 && request.charAt(1) == 4,
                List.of(
                        "test.battery.start",
                        "test.battery.stop",
                        "test.failure.start",
                        "beeper.disable",
                        "beeper.enable",
                        "beeper.mute",
                        "shutdown.stayoff",
                        "shutdown.reboot",
                        "shutdown.reboot.graceful"));
        comparison.isDocumented(PAGE, "belkinunv");
    }
}
