package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's {@code snmp-ups} for several cards of one agent: a process each, all of which read everything every 5 s. */
final class DebianCards implements AutoCloseable {
    /** Of every interval of 5 s: C reads when <em>more</em> seconds than this have gone by. */
    private static final String SECTION = """
            [%s]
            driver = snmp-ups
            port = %s
            snmp_version = v2c
            community = %s
            mibs = ietf
            pollfreq = 4
            """;

    private final List<Process> processes = new ArrayList<>();

    /** Starts the drivers, which are ready when the agent hears of them. */
    DebianCards(Path folder, String agent, int count) throws IOException {
        var sections = new StringBuilder("pollinterval = 5\n");
        for (int i = 0; i < count; i++) sections.append(SECTION.formatted(name(i), agent, name(i)));
        Files.writeString(folder.resolve("ups.conf"), sections);
        for (int i = 0; i < count; i++) {
            var builder = new ProcessBuilder(
                            "/lib/nut/snmp-ups", "-u", System.getProperty("user.name"), "-F", "-a", name(i))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name(i) + ".log").toFile());
            Map<String, String> environment = builder.environment();
            for (String variable : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"))
                environment.put(variable, folder.toString());
            processes.add(builder.start());
        }
    }

    private static String name(int number) {
        return "c" + number;
    }

    List<ProcessHandle> processes() {
        return processes.stream().map(Process::toHandle).toList();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
