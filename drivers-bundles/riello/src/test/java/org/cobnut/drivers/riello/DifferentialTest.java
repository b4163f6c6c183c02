package org.cobnut.drivers.riello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Assumptions;
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
    void differsFromTheCDriverOnlyAsDocumented(String protocol) throws Exception {
        Assumptions.assumeTrue(DebianDriver.installed("riello_ser"), "Debian's NUT is not installed");
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
        DriverFacts theirs;
        List<String> theirOrders;
        try (var line = new PtyLine(unit, folder)) {
            try (var driver = DebianDriver.start(folder, "riello_ser", line.port())) {
                theirs = driver.facts();
                unit.requests();
                for (String command : commands) driver.run(command, "");
                theirOrders = orders(unit);
            }
            try (Session session = SimulatorBench.open(new RielloSer(), line, new SerialLinks())) {
                var report = new TestReport().poll(session);
                assertThat(theirs.differences(DriverFacts.of(report)))
                        .isEqualTo(DriverFacts.documented(PAGE, protocol));
                unit.requests();
                for (String command : commands) session.run(command, "");
                assertThat(orders(unit)).isEqualTo(theirOrders);
            }
        }
    }

    private static List<String> orders(RielloUnit unit) {
        return unit.requests().stream()
                .filter(request -> request.length() > 5 && "CT".indexOf(request.charAt(3)) >= 0)
                .toList();
    }
}
