package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cobnut.model.Names;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded device comes back as it was recorded. */
@EnabledIf("org.cobnut.drivers.sim.Dumps#present")
final class DumpsTest {
    /** One unterminated quote makes a value of the rest of its file, in NUT's driver as in ours (DebianDriverTest). */
    private static final String UNTERMINATED = "\"Exide";

    static List<Path> dumps() throws IOException {
        return Dumps.files();
    }

    @Test
    void areThere() throws IOException {
        assertThat(dumps()).hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void comesBackUnchanged(Path dump) throws IOException {
        String text = Files.readString(dump, StandardCharsets.ISO_8859_1);
        var report = new Recorded();
        new FileSession("x", dump, Mode.ONCE, System::nanoTime).poll(report);
        var values = new TreeMap<String, String>(Names.ORDER);
        report.variables.forEach((name, variable) -> values.put(name, variable.value()));
        values.remove(DummyUps.MODE);

        var expected = new TreeMap<String, String>(Names.ORDER);
        expected.put("ups.mfr", "Dummy Manufacturer");
        expected.put("ups.model", "Dummy UPS");
        expected.put("ups.status", "OL");
        text.lines().takeWhile(line -> !line.contains(UNTERMINATED)).forEach(line -> expect(line, expected));
        if (text.contains(UNTERMINATED)) assertThat(values).containsAllEntriesOf(minus(expected, "ups.mfr"));
        else assertThat(values).isEqualTo(expected);
        String words = String.join(" ", report.words);
        assertThat(words).isEqualTo(values.getOrDefault("ups.status", ""));
    }

    /** What a line says, read without our grammar: a name, a colon, and words, but no more than 127 characters. */
    private static void expect(String line, TreeMap<String, String> expected) {
        int hash = line.indexOf('#');
        String said = (hash < 0 ? line : line.substring(0, hash))
                .replaceAll("[^\\x20-\\x7e\\t]", "")
                .strip();
        int colon = said.indexOf(':');
        if (colon < 0 || said.startsWith("driver.")) return;
        String value = said.substring(colon + 1).strip().replaceAll("\\s+", " ").replaceAll("\\\\(.)", "$1");
        if (value.contains("="))
            value = Stream.of(value.split(" *= *", 2))
                    .reduce((a, b) -> a + " = " + b)
                    .orElseThrow();
        if (value.isEmpty()) expected.remove(said.substring(0, colon));
        else expected.put(said.substring(0, colon), value.substring(0, Math.min(127, value.length())));
    }

    private static TreeMap<String, String> minus(TreeMap<String, String> map, String name) {
        map.remove(name);
        return map;
    }
}
