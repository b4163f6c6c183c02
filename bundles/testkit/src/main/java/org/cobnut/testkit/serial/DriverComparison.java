package org.cobnut.testkit.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.link.LinkProvider;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's driver and ours, one after the other on the same simulated device.
 *
 * @param differences what they say otherwise of it, as {@link DriverFacts#differences} tells it
 * @param theirs the orders that Debian's driver sent for the commands
 * @param ours the orders that ours sent
 */
public record DriverComparison(SortedSet<String> differences, List<String> theirs, List<String> ours) {
    /**
     * Compares; the test is left out where Debian's driver is not installed.
     *
     * @param folder the test's own
     * @param serial offers serial lines; cobnut.link.serial's does
     * @param order whether a request is an order, and no question
     * @param commands run by both, in this order
     */
    public static DriverComparison of(
            Path folder,
            String program,
            Driver driver,
            SerialSimulator device,
            LinkProvider serial,
            Predicate<String> order,
            List<String> commands)
            throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed(program), "Debian's NUT is not installed");
        try (var line = new PtyLine(device, folder)) {
            DriverFacts theirFacts;
            try (var debian = DebianDriver.start(folder, program, line.port())) {
                theirFacts = debian.facts();
                device.requests();
                for (String command : commands) debian.run(command, "");
            }
            List<String> theirs = device.requests().stream().filter(order).toList();
            try (Session session = SimulatorBench.open(driver, line, serial)) {
                DriverFacts ourFacts = DriverFacts.of(new TestReport().poll(session));
                device.requests();
                for (String command : commands) session.run(command, "");
                new TestReport().poll(session); // what was sent before has arrived then
                List<String> ours = device.requests().stream().filter(order).toList();
                return new DriverComparison(theirFacts.differences(ourFacts), theirs, ours);
            }
        }
    }

    /** Fails where the two differ otherwise than a page says, whose rows have these cells in front, or give other orders. */
    public void isDocumented(Path page, String... front) throws IOException {
        assertThat(differences).isEqualTo(DriverFacts.documented(page, front));
        assertThat(ours).isEqualTo(theirs);
    }
}
