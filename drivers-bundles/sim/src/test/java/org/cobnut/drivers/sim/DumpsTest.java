package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.driver.Due;
import org.cobnut.model.Names;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded device comes back as it was recorded. */
@EnabledIf("org.cobnut.drivers.sim.Dumps#present")
final class DumpsTest {
    /** Those that mean what they look like; DebianDriverTest takes the others. */
    static List<Path> dumps() throws IOException {
        var plain = new ArrayList<>(Dumps.files());
        plain.removeAll(Dumps.escaped());
        return plain;
    }

    @Test
    void areThere() throws IOException {
        assertThat(dumps()).hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void comesBackUnchanged(Path dump) throws IOException {
        String text = Files.readString(dump, StandardCharsets.ISO_8859_1);
        var report = new TestReport();
        new FileSession("x", dump, Mode.ONCE, System::nanoTime).poll(report, Due.FULL);
        var values = new TreeMap<String, String>(Names.ORDER);
        report.variables().forEach((name, variable) -> values.put(name, variable.value()));
        values.remove(DummyUps.MODE);

        var expected = new TreeMap<String, String>(Names.ORDER);
        expected.put("ups.mfr", "Dummy Manufacturer");
        expected.put("ups.model", "Dummy UPS");
        expected.put("ups.status", "OL");
        plain(text).lines().forEach(line -> expect(line, expected));
        assertThat(values).isEqualTo(expected);
        assertThat(String.join(" ", report.status())).isEqualTo(values.getOrDefault("ups.status", ""));
    }

    /** The text without comments, what follows a TIMER, and declarations that only a library of dumps reads. */
    private static String plain(String text) {
        return text.replaceAll("#.*", "").replaceAll("(?s)TIMER .*", "").replaceAll("(?m)^(RW|CMD):.*", "");
    }

    /** What a line says, read without our grammar: a name, a colon, and words, but no more than 127 characters. */
    private static void expect(String line, Map<String, String> expected) {
        String said = line.replaceAll("[^\\x20-\\x7e\\t]", "").strip();
        int colon = said.indexOf(':');
        if (colon < 0 || said.startsWith("driver.")) return;
        String value = said.substring(colon + 1).strip().replaceAll("\\s+", " ").replaceAll(" ?= ?", " = ");
        if (value.isEmpty()) expected.remove(said.substring(0, colon));
        else expected.put(said.substring(0, colon), value.substring(0, Math.min(127, value.length())));
    }
}
