package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Debian's upslog and ours, each on both servers, write the same; and ours does what a daemon of NUT does. */
@ExtendWith(Servers.Resolver.class)
class UpslogIT {
    private static final Path NOTHING = Path.of("src/test/resources/replay");
    private static final String FORMAT =
            "%VAR ups.status%|%VAR ups.serial%|%var experimental.note%|%VAR battery.nothere%"
                    + "|%VAR nodot%|%VAR%|%WHAT x%|%HOST%|%HOSTNAME%|%UPSHOST%|%TIME @Y@j %a@%|100%%|\\n|tail %";

    @Test
    void bothWriteTheSameOfBothServers(Servers servers) throws Exception {
        for (String ups : List.of("alpha", "gone", "stale", "nothere")) {
            String ours = line(CobnutServer.program("upslog"), ups, servers.ours());
            assertThat(ours).isEqualTo(line("/usr/bin/upslog", ups, servers.ours()));
            String onDebian = line(CobnutServer.program("upslog"), ups, servers.debian());
            assertThat(onDebian).isEqualTo(line("/usr/bin/upslog", ups, servers.debian()));
            assertThat(ours).isEqualTo(onDebian);
        }
    }

    /** The first line that a upslog writes into a file; the port, which the format shows, is put aside. */
    private static String line(String program, String ups, Server server) throws Exception {
        try (var house = new House(NOTHING, Map.of("FILE", "none.dev"))) {
            Process upslog = house.start(
                    program,
                    "-u",
                    House.user(),
                    "-F",
                    "-s",
                    server.ups(ups),
                    "-l",
                    "log.txt",
                    "-i",
                    "30",
                    "-f",
                    FORMAT);
            House.waitFor(() -> house.text("log.txt").contains("\n"), house::said);
            upslog.destroy();
            assertThat(upslog.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(upslog.exitValue()).isZero();
            assertThat(house.said())
                    .contains("logging status of " + server.ups(ups) + " to log.txt (30s intervals)\n")
                    .contains("Signal 15: exiting\n");
            return house.text("log.txt").lines().findFirst().orElseThrow().replace(":" + server.port(), ":PORT");
        }
    }

    @Test
    void writesSeveralDevicesAndAllOfAServer(Servers servers) throws Exception {
        Server server = servers.ours();
        try (var house = new House(NOTHING, Map.of("FILE", "none.dev"))) {
            House.Ran ran = house.run(
                    CobnutServer.program("upslog"),
                    "-m",
                    server.ups("alpha") + ",one",
                    "-m",
                    server.ups("Beta") + ",two",
                    "-m",
                    server.ups("*") + ",-",
                    "-N",
                    "-f",
                    "%VAR ups.status%",
                    "-i",
                    "1",
                    "-d",
                    "2",
                    "-F");
            assertThat(ran.exit()).as(ran.errors()).isZero();
            assertThat(house.text("one")).isEqualTo((server.ups("alpha") + "\tOL CHRG\n").repeat(2));
            assertThat(house.text("two").lines()).hasSize(2);
            assertThat(ran.out()).contains(server.ups("alpha") + "\tOL CHRG\n").contains(server.ups("gone") + "\tNA\n");
        }
    }

    @Test
    void goesToTheBackgroundAndTakesSignals(Servers servers) throws Exception {
        Server server = servers.debian();
        try (var house = new House(NOTHING, Map.of("FILE", "none.dev"))) {
            House.Ran ran = house.run(
                    CobnutServer.program("upslog"),
                    "-s",
                    server.ups("alpha"),
                    "-l",
                    "log.txt",
                    "-i",
                    "3600",
                    "-f",
                    "%PID% %VAR ups.status%");
            assertThat(ran.exit()).as(ran.errors()).isZero();
            House.waitFor(() -> house.text("log.txt").contains("\n"), house::said);
            String pid = house.text("upslog.pid").trim();
            ProcessHandle upslog = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            try {
                String line = pid + " OL CHRG\n";
                assertThat(house.text("log.txt")).isEqualTo(line);
                house.run("kill", "-USR1", pid);
                House.waitFor(() -> house.text("log.txt").equals(line + line), () -> house.text("log.txt"));
                Files.move(house.dir.resolve("log.txt"), house.dir.resolve("old.txt"));
                house.run("kill", "-HUP", pid);
                House.waitFor(() -> house.text("log.txt").equals(line), () -> house.text("log.txt"));
                assertThat(house.text("old.txt")).isEqualTo(line + line);
            } finally {
                upslog.destroy();
                House.waitFor(() -> !upslog.isAlive(), () -> "upslog goes on");
            }
            assertThat(house.dir.resolve("upslog.pid")).doesNotExist();
        }
    }

    @Test
    void endsWithOneLineWhenItCannotBegin(Servers servers) throws IOException {
        servers.ours();
        House house = servers.debian().house();
        String upslog = CobnutServer.program("upslog");
        String ups = servers.debian().ups("alpha");
        assertThat(house.run(upslog, "-l", "-"))
                .extracting("exit", "errors")
                .containsExactly(1, "No UPS defined for monitoring - use -s <system> or -m <ups,logfile>\n");
        assertThat(house.run(upslog, "-s", ups))
                .extracting("exit", "errors")
                .containsExactly(1, "No filename defined for logging - use -l <file>\n");
        // In the background, too, where the one that fails is another process.
        assertThat(house.run(upslog, "-s", ups, "-l", "no/such/dir"))
                .extracting("exit", "errors")
                .containsExactly(1, "could not open logfile no/such/dir: No such file or directory\n");
    }
}
