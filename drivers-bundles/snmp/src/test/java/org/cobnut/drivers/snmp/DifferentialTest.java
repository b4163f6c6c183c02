package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cobnut.driver.Session;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.snmp.testkit.SnmpRecording;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.smi.Variable;

/**
 * The same agent read by Debian's snmp-ups 2.8.0 and by us. What differs is listed, with why, in docs/drivers/snmp-ups.md; a
 * difference that is not listed fails here.
 */
@Timeout(1800)
class DifferentialTest {
    private static final Path DOCUMENT = Path.of("../../docs/drivers/snmp-ups.md");

    /** What real agents once said; the recordings lie beside the checkout, where there are any. */
    private static final Path RECORDINGS = FieldDumps.folder().resolveSibling("snmprec");

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheProgram() {
        Assumptions.assumeTrue(DebianDriver.installed("snmp-ups"), "nut-snmp is not installed");
    }

    /** A difference that a row of the page explains: the name may end with a star. */
    private record Known(String name, String theirs, String ours) {
        boolean explains(String difference) {
            String[] cells = difference.split(" \\| ", 3);
            return fits(name, cells[0]) && fits(theirs, cells[1]) && fits(ours, cells[2]);
        }

        private static boolean fits(String pattern, String text) {
            return pattern.endsWith("*")
                    ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                    : text.equals(pattern);
        }
    }

    private static List<Known> known() throws IOException {
        return DriverFacts.documented(DOCUMENT).stream()
                .map(row -> row.split(" \\| ", 3))
                .map(cells -> new Known(cells[0], cells[1], cells[2]))
                .toList();
    }

    private SortedSet<String> differences(Map<String, Variable> objects, String... options) throws IOException {
        var links = new SnmpLinks();
        Path own = Files.createTempDirectory(folder, "c");
        try (var agent = new SnmpAgent(objects)) {
            DriverFacts theirs;
            try (var driver = DebianDriver.start(own, "snmp-ups", agent.host(), options)) {
                theirs = driver.facts();
            }
            try (Session session = Bench.open(links, Bench.settings(agent, options))) {
                return theirs.differences(DriverFacts.of(new TestReport().poll(session)));
            }
        } finally {
            links.stop();
        }
    }

    private static void explained(String recording, SortedSet<String> differences) throws IOException {
        List<Known> known = known();
        var unexplained = new TreeSet<String>();
        for (String difference : differences)
            if (known.stream().noneMatch(row -> row.explains(difference))) unexplained.add(difference);
        assertThat(unexplained).as(recording).isEmpty();
    }

    @Test
    void differsOnUpsesByRfc1628OnlyAsDocumented() throws IOException {
        explained("one phase", differences(Rfc1628.onLine(), "snmp_version = v2c"));
        explained("three phases", differences(Rfc1628.threePhases(), "snmp_version = v1"));
    }

    @Test
    void differsOnRecordingsOfRealDevicesOnlyAsDocumented() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(RECORDINGS), "there are no recordings");
        for (String recording : List.of(
                "snmpsim-data/eaton-93e-80",
                "snmpsim-data/huawei-gse200m",
                "librenms/cyberpower_pr2200rt2uc",
                "librenms/poweralert_ups"))
            explained(
                    recording,
                    differences(SnmpRecording.read(RECORDINGS.resolve(recording + ".snmprec")), "snmp_version = v2c"));
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsOnEveryRecordingOnlyAsDocumented() throws IOException {
        var failures = new TreeSet<String>();
        String only = System.getProperty("cobnut.recordings", "");
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".snmprec"))
                    .filter(path -> only.isEmpty() || path.toString().matches(only))
                    .sorted()
                    .toList()) {
                try {
                    explained(
                            file.getFileName().toString(),
                            differences(SnmpRecording.read(file), "snmp_version = v2c", "snmp_retries = 1"));
                    System.out.println(file.getFileName() + ": as documented");
                } catch (IOException refused) {
                    System.out.println(file.getFileName() + ": not compared: "
                            + String.valueOf(refused.getMessage())
                                    .lines()
                                    .reduce((first, second) -> second)
                                    .orElse(""));
                } catch (AssertionError e) {
                    System.out.println(e.getMessage());
                    failures.add(file.getFileName().toString());
                }
            }
        }
        assertThat(String.join("\n", failures)).isEmpty();
    }
}
