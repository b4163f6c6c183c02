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
import org.cobnut.driver.Session;
import org.cobnut.table.Numbers;

/** What one of Debian's drivers and ours say of the same UPS, and where that differs. */
final class Differences {
    private static final Path DOCUMENT = Path.of("../../docs/drivers/megatec.md");

    private Differences() {}

    static Path program(String name) {
        return Path.of("/lib/nut", name);
    }

    /**
     * What the C driver says.
     *
     * @param section the lines of the section, {@code driver} left out
     * @param environment of its process; nothing of ours stays in it
     */
    static Map<String, String> theirs(String name, Path folder, String section, Map<String, String> environment)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("ups.conf"), "maxretry = 1\n[u]\n driver = " + name + "\n" + section + "\n");
        var builder = new ProcessBuilder(program(name).toString(), "-a", "u", "-u", "root", "-d", "1")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeAll(Set.of("LD_PRELOAD", "UMOCKDEV_DIR"));
        builder.environment().putAll(environment);
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

    /** What our driver says after so many polls; closes it. */
    static Map<String, String> ours(Session session, int polls) throws IOException {
        var report = Bench.poll(session);
        for (int i = 1; i < polls; i++) report = Bench.poll(session);
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
        return variable.matches("[a-z]+\\.\\S+")
                && !variable.startsWith("driver.")
                && !variable.equals("device.type")
                && !variable.equals("ups.alarm");
    }

    /** Lines "variable | 2.8.0 | ours". */
    static Set<String> between(Map<String, String> theirs, Map<String, String> ours) {
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

    /** The same of the table "driver | dialect | variable | 2.8.0 | ours | why". */
    static Set<String> documented(String driver, String dialect) throws IOException {
        var lines = new TreeSet<String>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            String[] cells = line.split("\\s*\\|\\s*", -1);
            if (cells.length == 8 && cells[1].equals(driver) && cells[2].equals(dialect))
                lines.add(cells[3] + " | " + cells[4] + " | " + cells[5]);
        }
        return lines;
    }
}
