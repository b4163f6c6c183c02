package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
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
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.smi.Variable;

/**
 * The same agent read by Debian's snmp-ups 2.8.0 and by us. What differs is listed, with why, in docs/drivers/snmp-ups.md; a
 * difference that is not listed fails here.
 */
@Timeout(1800)
class DifferentialTest {
    /** What real agents once said; the recordings lie beside the checkout, where there are any. */
    private static final Path RECORDINGS = FieldDumps.folder().resolveSibling("snmprec");

    private static final String SECRET = "a long secret";

    private static final List<List<String>> VERSIONS = List.of(
            List.of("snmp_version = v2c"),
            List.of("snmp_version = v1"),
            List.of(
                    "snmp_version = v3",
                    "secLevel = authPriv",
                    "secName = me",
                    "authProtocol = SHA",
                    "authPassword = \"" + SECRET + "\"",
                    "privProtocol = AES",
                    "privPassword = \"" + SECRET + "\""));

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheProgram() {
        Assumptions.assumeTrue(DebianDriver.installed("snmp-ups"), "nut-snmp is not installed");
    }

    private SortedSet<String> differences(Map<String, Variable> objects, String... options) throws IOException {
        var links = new SnmpLinks();
        Path own = Files.createTempDirectory(folder, "c");
        try (var agent = new SnmpAgent(objects).user("me", AuthSHA.ID, SECRET, PrivAES128.ID, SECRET)) {
            DriverFacts theirs;
            try (var driver = DebianDriver.start(own, "snmp-ups", agent.host(), options)) {
                theirs = driver.facts();
            }
            try (Session session = Bench.open(links, Bench.settings(agent, options))) {
                return theirs.differences(DriverFacts.of(new TestReport().poll(session)));
            } catch (IOException refused) {
                return new TreeSet<>(List.of("device | read | " + refused.getMessage()));
            }
        } finally {
            links.stop();
        }
    }

    @Test
    void differsOnUpsesByRfc1628OnlyAsDocumented() throws IOException {
        KnownDifferences.explain("one phase", differences(Rfc1628.onLine(), "snmp_version = v2c"));
        KnownDifferences.explain("three phases", differences(Rfc1628.threePhases(), "snmp_version = v1"));
    }

    @Test
    void differsOnRecordingsOfRealDevicesOnlyAsDocumented() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(RECORDINGS), "there are no recordings");
        for (String recording : List.of(
                "snmpsim-data/eaton-93e-80",
                "snmpsim-data/huawei-gse200m",
                "librenms/cyberpower_pr2200rt2uc",
                "librenms/poweralert_ups",
                "snmpsim-data/ingrasys-power-switch",
                "librenms/cetpower",
                "librenms/cyberpower_cp1000pfclcd",
                "librenms/poweralert_2",
                "librenms/huaweiups_ups2000",
                "librenms/powerwalker-vfi_20kcpgpf133"))
            KnownDifferences.explain(
                    recording,
                    differences(SnmpRecording.read(RECORDINGS.resolve(recording + ".snmprec")), "snmp_version = v2c"));
    }

    @Test
    void readsTheSameByEveryVersionOfSnmp() throws IOException {
        for (List<String> version : VERSIONS)
            KnownDifferences.explain(
                    version.get(0), differences(Rfc1628.threePhases(), version.toArray(new String[0])));
    }

    /** Some minutes; -Dcobnut.recordings=REGEX compares those of these paths alone. */
    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsOnEveryRecordingOnlyAsDocumented() throws IOException {
        String only = System.getProperty("cobnut.recordings", "");
        List<Path> all;
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            all = files.filter(path -> path.toString().matches(".*[.](snmprec|snmpwalk)"))
                    .filter(path -> only.isEmpty() || path.toString().matches(only))
                    .sorted()
                    .toList();
        }
        SortedMap<String, String> told = new ConcurrentSkipListMap<>();
        all.parallelStream().forEach(file -> {
            for (List<String> version : VERSIONS) {
                String name = file.getFileName() + ", " + version.get(0);
                String outcome = compared(file, version);
                told.put(name, outcome);
                if (outcome.startsWith("not compared")) break; // C could not start, whatever the version
            }
        });
        told.forEach((name, outcome) -> System.out.println(name + ": " + outcome));
        long compared = told.entrySet().stream()
                .filter(entry -> !entry.getValue().startsWith("not compared"))
                .map(entry -> entry.getKey().replaceFirst(", .*", ""))
                .distinct()
                .count();
        System.out.println(compared + " of " + all.size() + " recordings compared");
        assertThat(told.entrySet().stream().filter(entry -> entry.getValue().startsWith("differs")))
                .isEmpty();
        assertThat(told.values()).contains("as documented");
    }

    private String compared(Path file, List<String> version) {
        var options = new ArrayList<>(version);
        options.add("snmp_retries = 1");
        try {
            SortedSet<String> unexplained =
                    KnownDifferences.unexplained(differences(SnmpRecording.read(file), options.toArray(new String[0])));
            return unexplained.isEmpty() ? "as documented" : "differs: " + unexplained;
        } catch (IOException refused) {
            return "not compared: "
                    + String.valueOf(refused.getMessage())
                            .lines()
                            .reduce((first, second) -> second)
                            .orElse("");
        }
    }
}
