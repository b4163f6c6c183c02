package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is recorded of a device that runs plays in Debian's dummy-ups as the same device. */
@ExtendWith(Servers.Resolver.class)
class RecorderIT {
    private static final Path FILES = Path.of("src/test/resources/replay");

    @Test
    void theRecordingOfADeviceAtRestIsThatDevice(Servers servers) throws Exception {
        try (var house = record(servers.ours().ups("alpha"), "rest.dev", "1")) {
            String upsc = CobnutServer.program("upsc");
            replay(house, () -> {
                assertThat(own(house.run(upsc, "replay@127.0.0.1:" + house.port).out()))
                        .isEqualTo(
                                own(house.run(upsc, servers.ours().ups("alpha")).out()));
            });
        }
    }

    @Test
    void theRecordingOfChangesPlaysThem(Servers servers) throws Exception {
        try (var house = record(servers.ours().ups("monitored"), "changes.seq", "8")) {
            // Another test may have set FSD there, which stays.
            assertThat(house.text("changes.seq"))
                    .containsPattern("ups.status: (FSD )?OL\n")
                    .containsPattern("ups.status: (FSD )?OB DISCHRG\n")
                    .contains("TIMER ");
            replay(house, () -> {
                House.Ran again = house.run(
                        CobnutServer.program("nut-recorder"),
                        "-d",
                        "10",
                        "replay@127.0.0.1:" + house.port,
                        "again.seq",
                        "1");
                assertThat(again.exit()).as(again.errors()).isZero();
                assertThat(said(house.text("again.seq").replace("FSD ", "")))
                        .isEqualTo(said(house.text("changes.seq").replace("FSD ", "")));
            });
        }
    }

    @Test
    void sockdebugTalksWithDebiansDriver(Servers servers) throws IOException {
        servers.ours();
        House house = servers.debian().house();
        House.Ran ran = house.run(
                "sh", "-c", "printf 'PING\\nDUMPALL\\n' | " + CobnutServer.program("sockdebug") + " dummy-ups-alpha");
        assertThat(ran.out())
                .contains("numarg=1 : [PONG] \n")
                .contains("numarg=3 : [SETINFO] [ups.model] [Filbert 1500] \n")
                .endsWith("numarg=1 : [DUMPDONE] \n");
        assertThat(ran.exit()).isZero();
        assertThat(house.run(CobnutServer.program("sockdebug"), "no-such").exit())
                .isEqualTo(1);
    }

    private static House record(String ups, String file, String looks) throws IOException {
        var house = new House(FILES, Map.of("FILE", file));
        House.Ran ran = house.run(CobnutServer.program("nut-recorder"), "-d", looks, ups, file, "1");
        assertThat(ran.exit()).as(ran.errors()).isZero();
        return house;
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void replay(House house, Check check) throws Exception {
        Process driver = house.start("/lib/nut/dummy-ups", "-a", "replay", "-u", House.user(), "-D");
        Process upsd = null;
        try {
            House.waitFor(() -> Files.exists(house.dir.resolve("dummy-ups-replay")), house::said);
            upsd = house.start("/lib/nut/upsd", "-F", "-u", House.user());
            house.await("GET VAR replay battery.charge", is -> is.startsWith("VAR"));
            check.run();
        } finally {
            for (Process each : upsd == null ? List.of(driver) : List.of(upsd, driver)) {
                each.destroy();
                House.end(each);
            }
        }
    }

    /** Without what the server and the driver say of themselves, and the copies of 2.8.0 (device-copy-escapes). */
    private static String own(String upsc) {
        return upsc.lines()
                .filter(line -> !line.matches("(driver|server|device\\.serial).*"))
                .collect(Collectors.joining("\n"));
    }

    private static SortedSet<String> said(String recording) {
        return recording
                .lines()
                .filter(line -> !line.matches("(TIMER|#).*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
