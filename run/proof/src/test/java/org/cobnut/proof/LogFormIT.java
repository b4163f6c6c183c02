package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The form of the log of the distribution: each line has date, severity and program, which systemd's journal knows otherwise. */
@Timeout(60)
class LogFormIT {
    private static final String DATED =
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) (INFO |WARN |ERROR) cobnut: \\S.*";
    private static final Path JOURNAL =
            Path.of("src/test/resources/log/journal.py").toAbsolutePath();

    @Test
    void aFileGetsDatesAndTheJournalSeverities() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        try (var house = new House(Path.of("src/test/resources/access"), Map.of())) {
            house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
            Process server = house.start("env", "TZ=Asia/Kolkata", CobnutServer.program("cobnut"), "run");
            try {
                House.waitFor(() -> house.said().contains("listening on"), house::said);
                house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nMAXAGE 25\n", Map.of());
                House.waitFor(() -> house.said().contains("in force as edited"), house::said);
            } finally {
                server.destroy();
                House.end(server);
            }
            List<String> lines = house.said().lines().toList();
            assertThat(lines).allMatch(line -> line.matches(DATED));
            assertThat(lines.get(0)).contains("+05:30 INFO  cobnut: cobnut starts: process ");
            assertThat(lines)
                    .anyMatch(line -> line.endsWith("ups.conf is read: 1 UPS"))
                    .anyMatch(line -> line.endsWith("upsd.conf is in force as edited: maxage"))
                    .last()
                    .asString()
                    .endsWith("cobnut: cobnut ends");

            House.Ran journal =
                    house.run("python3", JOURNAL.toString(), CobnutServer.program("cobnut"), "run", "--no-upsmon");
            assertThat(journal.exit()).as(journal.out() + journal.errors()).isZero();
            assertThat(journal.out().lines())
                    .allMatch(line -> line.matches("<[3467]>\\D.*"))
                    .anyMatch(line -> line.startsWith("<6>cobnut starts"))
                    .anyMatch(line -> line.startsWith("<4>WARNING: ") && line.contains("world readable"));
        }
    }

    /** The logger of util-linux says what it would send: facility daemon is 24, and the severity is added to it. */
    @Test
    void theSystemLogGetsSeveritiesFromWhatRunsInTheBackground() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        try (var house = new House(Path.of("src/test/resources/access"), Map.of())) {
            house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
            Path tools = Files.createDirectory(house.dir.resolve("tools"));
            Path logger = Files.writeString(tools.resolve("logger"), """
                    #!/bin/sh
                    exec /usr/bin/logger --no-act --stderr --socket-errors=off "$@" 2>> %s
                    """.formatted(house.dir.resolve("syslog")));
            Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwxr-xr-x"));
            String path = "PATH=" + tools + ":" + System.getenv("PATH");
            House.Ran upsd = house.run("env", path, CobnutServer.program("upsd"));
            assertThat(upsd.exit()).as(upsd.errors()).isZero();
            try {
                assertThat(upsd.errors().lines()).noneMatch(line -> line.startsWith("<"));
                house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nMAXAGE never\n", Map.of());
                House.waitFor(() -> house.text("syslog").contains("MAXAGE wants"), () -> house.text("syslog"));
            } finally {
                house.run(CobnutServer.program("upsd"), "-c", "stop");
            }
            House.waitFor(() -> house.text("syslog").contains("upsd ends"), () -> house.text("syslog"));
            assertThat(house.text("syslog").lines())
                    .anyMatch(line -> line.startsWith("<27>") && line.contains("MAXAGE wants"))
                    .anyMatch(line -> line.startsWith("<30>") && line.contains("upsd ends"))
                    .noneMatch(line -> line.contains(": <"));
        }
    }
}
