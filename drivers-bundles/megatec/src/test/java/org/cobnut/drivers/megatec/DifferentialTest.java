package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cobnut.driver.Driver;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.table.Numbers;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same UPS read by Debian's NUT 2.8.0 and by us. What differs is listed, with why, in docs/drivers/megatec.md; a
 * difference that is not listed fails here, and so does one that is listed and no longer there.
 */
@Timeout(60)
class DifferentialTest {
    private static final Path DOCUMENT = Path.of("../../docs/drivers/megatec.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "nutdrv_qx, megatec",
        "nutdrv_qx, megatec-old",
        "nutdrv_qx, q1",
        "nutdrv_qx, mustek",
        "nutdrv_qx, mecer",
        "nutdrv_qx, zinto",
        "nutdrv_qx, voltronic",
        "nutdrv_qx, voltronic-qs",
        "blazer_ser, megatec-old",
        "blazer_ser, mustek",
        "blazer_ser, zinto",
    })
    void differsFromTheCDriverOnlyAsDocumented(String name, String dialect) throws Exception {
        Path program = Path.of("/lib/nut", name);
        Assumptions.assumeTrue(Files.isExecutable(program), "Debian's NUT is not installed");
        String protocol = dialect.replace("megatec-old", "megatec/old");
        try (var ups = new PtyUps(dialect, folder)) {
            Map<String, String> theirs = theirs(program, ups.port(), protocol);
            Map<String, String> ours = ours(name.equals("nutdrv_qx") ? new NutdrvQx() : new BlazerSer(), ups, protocol);
            assertThat(differences(theirs, ours)).isEqualTo(documented(name, dialect));
        }
    }

    private Map<String, String> theirs(Path program, String port, String protocol) throws Exception {
        Files.writeString(folder.resolve("ups.conf"), """
                maxretry = 1
                [u]
                  driver = %s
                  port = %s
                  protocol = %s
                """.formatted(program.getFileName(), port, protocol));
        var builder = new ProcessBuilder(program.toString(), "-a", "u", "-u", "root", "-d", "1")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("NUT_CONFPATH", folder.toString());
        builder.environment().put("NUT_STATEPATH", folder.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("it ended").isTrue();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines()
                    .filter(line -> line.contains(": "))
                    .map(line -> line.split(": ", 2))
                    .filter(parts -> compared(parts[0]))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> ours(Driver driver, PtyUps ups, String protocol) throws IOException {
        var link = TestRequest.of(ByteLink.class, ups.port(), SerialParameters.at(2400))
                .open(new SerialLinks());
        var session = Bench.open(driver, link, "protocol = " + protocol);
        var report = Bench.poll(session);
        session.close();
        var ours = new TreeMap<>(report.values());
        ours.put("ups.status", String.join(" ", report.status()));
        for (String part : new String[] {"mfr", "model", "serial"})
            if (ours.containsKey("ups." + part)) ours.putIfAbsent("device." + part, ours.get("ups." + part));
        ours.keySet().removeIf(variable -> !compared(variable));
        return ours;
    }

    /** What the driver itself says of the UPS, and not what NUT's core or our runtime adds. */
    private static boolean compared(String variable) {
        return variable.matches("[a-z]+\\.\\S+") && !variable.startsWith("driver.") && !variable.equals("device.type");
    }

    private static Set<String> differences(Map<String, String> theirs, Map<String, String> ours) {
        var differences = new TreeSet<String>();
        var names = new TreeSet<>(theirs.keySet());
        names.addAll(ours.keySet());
        for (String name : names) {
            String their = theirs.getOrDefault(name, "-");
            String our = ours.getOrDefault(name, "-");
            if (!same(name, their, our)) differences.add(name + " | " + their + " | " + our);
        }
        return differences;
    }

    private static boolean same(String name, String their, String our) {
        if (name.equals("ups.status")) return Set.of(their.split(" ")).equals(Set.of(our.split(" ")));
        var number = Numbers.parse(their);
        return number.isPresent() ? number.equals(Numbers.parse(our)) : their.equals(our);
    }

    /** Lines of the table "driver | dialect | variable | 2.8.0 | ours | why". */
    private static Set<String> documented(String driver, String dialect) throws IOException {
        var lines = new TreeSet<String>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            String[] cells = line.split("\\s*\\|\\s*", -1);
            if (cells.length == 8 && cells[1].equals(driver) && cells[2].equals(dialect))
                lines.add(cells[3] + " | " + cells[4] + " | " + cells[5]);
        }
        return lines;
    }
}
