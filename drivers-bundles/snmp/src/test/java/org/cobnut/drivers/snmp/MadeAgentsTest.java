package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.driver.Session;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.snmp.testkit.SnmpRecording;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mapping on an agent that has every object of NUT's table, with a value of its own: files of src/test/resources/agents, which
 * hold the objects, and what NUT says of them. That is what Debian's snmp-ups 2.8.0 said where it has the mapping, else what NUT's
 * table makes of the values. With -Dcobnut.take=true a run takes it anew from Debian's program.
 */
@Timeout(600)
class MadeAgentsTest {
    private static final Path AGENTS = Path.of("src/test/resources/agents");

    /** Names that mappings have in 2.8.0. */
    private static final Map<String, String> FORMER = Map.of("eaton_pw_nm2", "pw", "eaton_pxg_ups", "pxgx_ups");

    /** In the first line of a file whose facts are the table's. */
    private static final String BY_TABLE = "does not read it";

    @TempDir
    Path folder;

    static List<Path> agents() throws IOException {
        try (Stream<Path> files = Files.list(AGENTS)) {
            return files.sorted().toList();
        }
    }

    private static String mapping(Path file) {
        return file.getFileName().toString().replaceFirst("(-3)?\\.txt$", "");
    }

    private static DriverFacts theirs(String text) {
        return new DriverFacts(text.lines()
                .filter(line -> line.matches("[a-zL].*:( .*)?"))
                .map(line -> line.split(": ?", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, two) -> two, TreeMap::new)));
    }

    /** A table says that a row can be written, and nothing of what may be. */
    private static DriverFacts withoutSettings(DriverFacts all) {
        var facts = new TreeMap<>(all.facts());
        facts.keySet().removeIf(name -> name.startsWith("setting "));
        return new DriverFacts(facts);
    }

    @Test
    void areThereForEveryMapping() throws IOException {
        List<String> made = agents().stream().map(MadeAgentsTest::mapping).toList();
        List<String> shipped = Bench.SHIPPED.all().stream().map(Mapping::name).toList();
        assertThat(made).containsAll(shipped);
    }

    @ParameterizedTest
    @MethodSource("agents")
    void areReadAsNutReadsThem(Path file) throws IOException {
        String text = Files.readString(file);
        var links = new SnmpLinks();
        try (var agent = new SnmpAgent(SnmpRecording.parse(text));
                Session session = Bench.open(links, Bench.settings(agent, "mibs = " + mapping(file)))) {
            DriverFacts ours = DriverFacts.of(new TestReport().poll(session));
            if (text.contains(BY_TABLE)) ours = withoutSettings(ours);
            KnownDifferences.explain(file.getFileName().toString(), theirs(text).differences(ours), mapping(file));
        } finally {
            links.stop();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.take", matches = "true")
    void takesAnewWhatDebiansProgramSays() throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("snmp-ups"), "nut-snmp is not installed");
        for (Path file : agents()) {
            String text = Files.readString(file);
            if (text.contains(BY_TABLE)) continue;
            String objects = text.lines()
                    .filter(line -> line.matches("#.*|[0-9.]+[|].*"))
                    .collect(Collectors.joining("\n", "", "\n"));
            Path own = Files.createTempDirectory(folder, "c");
            String name = mapping(file);
            try (var agent = new SnmpAgent(SnmpRecording.parse(text));
                    var driver = DebianDriver.start(
                            own,
                            "snmp-ups",
                            agent.host(),
                            "snmp_version = v2c",
                            "mibs = " + FORMER.getOrDefault(name, name))) {
                String facts = driver.facts().facts().entrySet().stream()
                        .map(fact -> fact.getKey() + ": " + fact.getValue())
                        .collect(Collectors.joining("\n", "", "\n"));
                Files.writeString(file, objects + facts, StandardCharsets.UTF_8);
            } catch (IOException refused) {
                System.out.println(file.getFileName() + ": " + refused.getMessage());
            }
        }
    }
}
