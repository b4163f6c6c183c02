package org.cobnut.drivers.netxml;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import org.cobnut.link.http.HttpLink;
import org.cobnut.link.http.internal.HttpLinks;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same card read over HTTP by Debian's netxml-ups 2.8.0 and by us; docs/drivers/netxml.md lists what differs. */
@Timeout(60)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/netxml.md");

    /** What 2.8.0 shows of a setting that the card does not tell. */
    private static final String EMPTY = " |  | ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"mains, 1, 0", "battery, 0, 1"})
    void differsFromTheCDriverOnlyAsDocumented(String state, String mains, String low) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("netxml-ups"), "Debian's nut-xml is not installed");
        var card = new XmlCard()
                .with("UPS.PowerSummary.PresentStatus.ACPresent", mains)
                .with("UPS.PowerSummary.PresentStatus.Charging", mains)
                .with("UPS.PowerSummary.PresentStatus.Discharging", low)
                .with("UPS.PowerSummary.PresentStatus.NeedReplacement", low)
                .with("UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", low);
        HttpServer server = card.serve();
        try {
            String port = "http://127.0.0.1:" + server.getAddress().getPort();
            DriverFacts theirs;
            try (var driver = DebianDriver.start(folder, "netxml-ups", port)) {
                theirs = driver.facts();
            }
            SortedSet<String> differences = theirs.differences(ours(port));
            differences.removeIf(row -> row.startsWith("setting ") || row.contains(EMPTY));
            assertThat(differences).isEqualTo(DriverFacts.documented(PAGE, state));
        } finally {
            server.stop(0);
        }
    }

    private static DriverFacts ours(String port) throws IOException {
        var driver = new NetxmlUps();
        HttpLink link = TestRequest.of(HttpLink.class, port).open(new HttpLinks());
        var settings = org.cobnut.driver.Settings.of("card", port, driver.options(), Map.of());
        try (var session = driver.open(settings, new TestLinks(Path.of(".")).with(port, link))) {
            return DriverFacts.of(new TestReport().poll(session));
        }
    }
}
