package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our upsmon where things go wrong around it: no false shutdown, and no late one. */
class FaultsIT {
    private static final Path FILES = Path.of("src/test/resources/faults");
    /** Two polls and a second for the second look, HOSTSYNC and a second, the flag's 2 s, and a slow machine. */
    private static final long IN_TIME = 10_000;

    private static final int STOPPED = Boolean.getBoolean("cobnut.long") ? 60_000 : 6000;

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).isTrue();
    }

    @Test
    void aStopHidesNoOutageAndMakesNone() throws Exception {
        try (var stage = new Stage();
                var house = house(stage)) {
            Process upsmon = house.start(CobnutServer.program("upsmon"), "-F");
            try {
                stage.awaitLogins(1);
                stage.says("OB");
                awaitNotices(house, "ONBATT");
                // It has seen OB; the battery is low, and full again, while it stands still.
                signal(house, "STOP", upsmon);
                stage.says("OB LB");
                House.pass(STOPPED);
                stage.says("OL");
                stage.await("OL");
                signal(house, "CONT", upsmon);
                // What is over at the first answer after it stood still is told.
                awaitNotices(house, "ONBATT", "SUSPEND_TIMEJUMP_UNEXPECTED", "ONLINE");
                House.pass(3000);
                assertThat(house.text("down")).as(house.said()).isEmpty();
                // And the same with an outage that is there still.
                stage.says("OB");
                awaitNotices(house, "ONBATT", "SUSPEND_TIMEJUMP_UNEXPECTED", "ONLINE", "ONBATT");
                signal(house, "STOP", upsmon);
                stage.says("OB LB");
                House.pass(STOPPED);
                long on = System.currentTimeMillis();
                signal(house, "CONT", upsmon);
                assertThat(down(house) - on).isBetween(0L, IN_TIME);
                assertThat(House.end(upsmon)).as(house.said()).isZero();
            } finally {
                upsmon.destroyForcibly();
            }
        }
    }

    /** The state path is a disk that is full and takes no flag either; the system's log is there or not. */
    @Test
    void aFullDiskAndANotifycmdThatHangsDelayNothing() throws Exception {
        try (var stage = new Stage();
                var house = house(stage)) {
            assumeThat(mounts(house)).as("mounts in a name space of one's own").isTrue();
            Files.copy(house.dir.resolve("hang"), house.dir.resolve("notify"), StandardCopyOption.REPLACE_EXISTING);
            executable(house, "notify");
            Process upsmon = house.start(
                    "unshare",
                    "-m",
                    "sh",
                    "-c",
                    "mount -t tmpfs -o size=64m tmpfs state && exec \"$@\"",
                    "full",
                    "/usr/bin/env",
                    "NUT_STATEPATH=" + house.dir.resolve("state"),
                    CobnutServer.program("upsmon"),
                    "-F");
            try {
                stage.awaitLogins(1);
                String full = "nsenter -t %d -m sh -c 'cd %s/state; cat /dev/zero > zeros; echo x > more && echo taken'"
                        .formatted(upsmon.pid(), house.dir);
                assertThat(house.run("sh", "-c", full).out()).isEmpty();
                stage.says("OB LB");
                long on = System.currentTimeMillis();
                assertThat(down(house) - on).isBetween(0L, IN_TIME);
                House.waitFor(
                        () -> house.said().contains("Cannot write POWERDOWNFLAG")
                                && house.said().contains("Notices cannot be kept"),
                        house::said);
            } finally {
                upsmon.destroy();
                House.end(upsmon);
                ends(house);
            }
        }
    }

    /** The clock on the wall, ten years ahead and ten behind; the monotonic one, which nobody can turn, goes on. */
    @Test
    void aClockThatIsTurnedDecidesNothing() throws Exception {
        Path faketime = faketime();
        assumeThat(faketime).as("libfaketime").exists();
        try (var stage = new Stage();
                var house = house(stage)) {
            turn(house, 0);
            Process upsmon = house.start(
                    "/usr/bin/env",
                    "LD_PRELOAD=" + faketime,
                    "FAKETIME_TIMESTAMP_FILE=" + house.dir.resolve("clock"),
                    "FAKETIME_CACHE_DURATION=1",
                    "FAKETIME_DONT_FAKE_MONOTONIC=1",
                    CobnutServer.program("upsmon"),
                    "-F");
            try {
                stage.awaitLogins(1);
                stage.says("OB");
                awaitNotices(house, "ONBATT");
                for (int years : new int[] {10, -10, 0}) {
                    turn(house, years);
                    House.pass(3000);
                }
                assertThat(notices(house)).as(house.said()).containsExactly("ONBATT");
                assertThat(house.text("down")).as(house.said()).isEmpty();
                turn(house, 10);
                stage.says("OB LB");
                long on = System.nanoTime();
                down(house);
                assertThat(System.nanoTime() - on).isBetween(0L, IN_TIME * 1_000_000);
                assertThat(Instant.ofEpochMilli(down(house)))
                        .isAfter(Instant.now().plus(3000, ChronoUnit.DAYS));
            } finally {
                upsmon.destroy();
                House.end(upsmon);
            }
        }
    }

    /** The library that turns it, where Debian keeps that for this kind of machine. */
    private static Path faketime() throws IOException {
        try (Stream<Path> each = Files.list(Path.of("/usr/lib"))) {
            return each.map(kind -> kind.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(Path.of("libfaketimeMT.so.1"));
        }
    }

    private static void turn(House house, int years) throws IOException {
        house.write("clock.new", "%+dy%n".formatted(years), Map.of());
        Files.move(
                house.dir.resolve("clock.new"),
                house.dir.resolve("clock"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static House house(Stage stage) throws IOException {
        var house = new House(FILES, stage.places());
        Files.createDirectory(house.dir.resolve("state"));
        executable(house, "notify");
        return house;
    }

    private static void executable(House house, String name) {
        assertThat(house.dir.resolve(name).toFile().setExecutable(true)).isTrue();
    }

    private static boolean mounts(House house) throws IOException {
        return house.run("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "state")
                        .exit()
                == 0;
    }

    private static void signal(House house, String name, Process process) throws IOException {
        assertThat(house.run("kill", "-" + name, String.valueOf(process.pid())).exit())
                .isZero();
    }

    private static void awaitNotices(House house, String... types) {
        List<String> wanted = List.of(types).stream().sorted().toList();
        // Those of one moment come in any order, as their scripts may write.
        House.waitFor(
                () -> notices(house).stream().sorted().toList().equals(wanted), () -> notices(house) + house.said());
    }

    private static List<String> notices(House house) {
        return house.text("notices").lines().map(line -> line.split(" ")[1]).toList();
    }

    /** When the machine would have gone down. */
    private static long down(House house) {
        House.waitFor(() -> house.text("down").endsWith("\n"), () -> "not down: " + house.said());
        return Long.parseLong(house.text("down").strip());
    }

    /** What the NOTIFYCMD that hangs left; it runs in that directory. */
    private static void ends(House house) {
        ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").endsWith("sleep 120"))
                .filter(each -> UpsschedIT.directory(each).equals(house.dir))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
