package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.driver.Due;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same files in NUT 2.8.0's driver and in ours. */
@EnabledIf("org.cobnut.drivers.sim.Debian#installed")
final class DebianDriverTest {
    /** Files whose grammar is not plain, each ending in a value of its own. */
    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "words",
            """
            a.plain: one two   three
            a.spacecolon : x
            a.nocolon value here
            a.eq: x=y z = w
            a.quote: "two  words" tail
            a.esc: \\"kept\\" and \\# hash
            a.hash: before # after
            "a.quoted.name": v
            a.tab:\ttab\tsep
            a.control: x\u0001y
            UPS.MODEL: upper
            DRIVER.name: x
            server.x: y
            # comment
            \t # comment
            last: \\
            line
            """,
            "long",
            "a: " + "0123456789".repeat(60) + "\nb:" + " word".repeat(20),
            "open",
            "a: 1\nb: mid\"dle \"un  terminated\nc: 1\nd: \\\" 5",
            "types",
            """
            battery.charge: text
            Battery.Runtime: 5
            ups.id: ABCDEFGHIJKLMNOPQRSTUVWXYZ
            ups.test.result: ok
            input.sensitivity: medium
            input.transfer.reason: none
            input.quality: FF
            ups.serial: 1
            output.L1-N.voltage: 230
            foo: bar
            ups.alarm: Replace battery!
            ups.status: ALARM OL
            """));

    @TempDir
    Path folder;

    @Test
    void readTheSame() throws IOException {
        var files = new TreeMap<String, Path>();
        for (var each : FILES.entrySet())
            files.put(each.getKey(), Files.writeString(folder.resolve(each.getKey() + ".dev"), each.getValue()));
        if (Dumps.present())
            for (Path dump : Dumps.escaped()) files.put("dump" + files.size(), withoutEmptyValues(dump));
        try (var debian = new Debian(folder)) {
            for (var each : files.entrySet()) debian.driver(each.getKey(), each.getValue());
            // NUT's driver sleeps a second between the requests it takes.
            files.entrySet().parallelStream().forEach(each -> assertThat(ours(each.getValue()))
                    .as(each.getValue().toString())
                    .isEqualTo(debian.dump(each.getKey())));
        }
    }

    /** A copy without the lines at which NUT 2.8.0 repeats the value of the line before. */
    private Path withoutEmptyValues(Path dump) throws IOException {
        String text =
                Files.readString(dump, StandardCharsets.ISO_8859_1).replaceAll("(?m)^[^#:\n]+:[ \t]*(#.*)?\n", "");
        return Files.writeString(folder.resolve(dump.getFileName()), text, StandardCharsets.ISO_8859_1);
    }

    private static List<String> ours(Path file) {
        var report = new TestReport();
        try {
            new FileSession("x", file, Mode.ONCE, System::nanoTime).poll(report, Due.FULL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var lines = new ArrayList<String>();
        for (Variable variable : report.variables().values()) {
            String name = variable.name();
            if (name.startsWith("driver.") || name.startsWith("device.")) continue;
            VarType type = variable.type();
            lines.add("SETINFO " + name + " " + variable.value());
            lines.add("SETFLAGS " + name + " RW" + (type.maxLength().isPresent() ? " STRING" : ""));
            if (type.maxLength().isPresent())
                lines.add("SETAUX " + name + " " + type.maxLength().getAsInt());
        }
        report.commands().forEach(command -> lines.add("ADDCMD " + command));
        lines.sort(null);
        return lines;
    }
}
