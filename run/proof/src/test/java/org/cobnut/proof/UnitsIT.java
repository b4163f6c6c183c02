package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units of the distribution, as systemd-analyze judges them; {@link SystemdIT} runs them. */
class UnitsIT {
    /** What may be exposed, in tenths: {@code systemd-analyze security} exits 1 above it. */
    private static final Map<String, Integer> MOST = Map.of(
            "nut-server.service", 15,
            "nut-monitor.service", 15,
            "nut-monitor-helper@.service", 10,
            "nut-driver@.service", 10);

    @TempDir
    Path directory;

    @BeforeEach
    void copy() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        Path home = Path.of(CobnutServer.program("cobnut")).getParent().getParent();
        try (Stream<Path> units = Files.list(home.resolve("systemd"))) {
            for (Path unit : units.toList())
                Files.writeString(
                        directory.resolve(unit.getFileName()),
                        Files.readString(unit).replace("/opt/cobnut", home.toString()));
        }
    }

    @Test
    void areWithoutFault() throws Exception {
        try (Stream<Path> units = Files.list(directory)) {
            var words = new ArrayList<>(List.of("verify"));
            units.sorted().forEach(unit -> words.add(unit.toString()));
            assertThat(words).hasSizeGreaterThan(2);
            // It exits 0 for a key that does not exist, and only says so.
            assertThat(analyze(words.toArray(String[]::new))).isEqualTo("0: ");
        }
    }

    @Test
    void exposeLittle() throws Exception {
        try (Stream<Path> units = Files.list(directory)) {
            for (Path unit :
                    units.filter(each -> each.toString().endsWith(".service")).toList()) {
                Integer most = MOST.get(unit.getFileName().toString());
                assertThat(most).as("a limit for %s", unit.getFileName()).isNotNull();
                assertThat(analyze("security", "--offline=true", "--threshold=" + most, unit.toString()))
                        .as("%s", unit.getFileName())
                        .startsWith("0: ");
            }
        }
    }

    /** The exit code and all that was said. */
    private static String analyze(String... words) throws Exception {
        var command = new ArrayList<>(List.of("systemd-analyze", "--no-pager"));
        command.addAll(Arrays.asList(words));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return program.exitValue() + ": " + said;
    }
}
