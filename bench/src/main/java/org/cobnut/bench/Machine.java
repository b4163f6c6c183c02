package org.cobnut.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Says where figures come from. */
final class Machine {
    private Machine() {}

    static void describe(Table table) throws IOException {
        table.line(Table.format(
                "%s; %s, %d processors, %s; Java %s; %s; load of the machine before the run: %s.",
                LocalDate.now(ZoneOffset.UTC),
                value("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                value("/proc/meminfo", "MemTotal"),
                System.getProperty("java.version"),
                said("/lib/nut/upsd", "-V"),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
        table.line("");
    }

    private static String value(String file, String label) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("");
    }

    private static String said(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").trim();
    }
}
