package org.cobnut.testkit.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestReport;

/** What our driver and Debian's say otherwise of the same simulated device. */
public final class SerialComparison {
    private SerialComparison() {}

    /**
     * Runs both.
     *
     * @param folder a short path, for the socket and the files of Debian's driver
     * @param device makes the device, once for each of the two
     * @param lines of ups.conf, for both
     * @return {@code NAME | THEIRS | OURS}, as {@link DriverFacts#documented} reads them from a page
     */
    public static SortedSet<String> differences(
            Path folder, String program, Driver ours, Supplier<? extends SerialSimulator> device, String... lines)
            throws IOException {
        DriverFacts theirs;
        try (var line = new PtyLine(device.get(), folder);
                var driver = DebianDriver.start(folder, program, line.port(), lines)) {
            theirs = driver.facts();
        }
        try (Session session = SimulatorBench.open(ours, device.get(), lines)) {
            return theirs.differences(DriverFacts.of(new TestReport().poll(session)));
        }
    }
}
