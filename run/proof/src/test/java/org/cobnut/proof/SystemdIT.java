package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Our units as they are, in a systemd of their own: a process with mounts and processes of its own that is number one there. */
class SystemdIT {
    private static final Path FILES = Path.of("src/test/resources/systemd");
    private static final List<String> OWN = List.of(
            "unshare",
            "--pid",
            "--fork",
            "--mount",
            "--mount-proc",
            "--cgroup",
            "--uts",
            "--ipc",
            "--kill-child",
            "sh");

    @Test
    void theUnitsServeWatchReloadAndGoDown() throws Exception {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).as("there is the user nut").isTrue();
        assumeThat(House.user()).isEqualTo("root");
        assumeThat(Path.of("/lib/systemd/systemd")).exists();
        try (var house = new House(FILES, Map.of())) {
            Files.setPosixFilePermissions(house.dir, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path distribution = Path.of(CobnutServer.program("cobnut")).resolveSibling("..");
            var command = new ArrayList<>(OWN);
            command.add(house.dir.resolve("boot").toString());
            command.add(distribution.toRealPath().toString());
            command.add(house.dir.toString());
            Process unshare = house.start(command.toArray(String[]::new));
            try {
                House.waitFor(() -> !unshare.isAlive() || up(house, unshare), house::said);
                assumeThat(unshare.isAlive())
                        .as("a systemd of one's own: %s", house.said())
                        .isTrue();
                runs(house, unshare);
            } finally {
                unshare.destroyForcibly();
                House.end(unshare);
            }
        }
    }

    private static boolean up(House house, Process unshare) {
        return systemctl(house, unshare, "show --property=Version --value").exit() == 0;
    }

    private static void runs(House house, Process unshare) throws IOException {
        await(house, unshare, "is-active nut-server nut-monitor", "active\nactive\n");
        house.await("GET NUMLOGINS own", is -> is.equals("NUMLOGINS own 1\n"));
        for (String unit : List.of("nut-server", "nut-monitor"))
            assertThat(systemctl(house, unshare, "reload " + unit).exit())
                    .as(house.said())
                    .isZero();
        // The watchdog finds who stands still.
        systemctl(house, unshare, "kill --kill-whom=main --signal=STOP nut-monitor");
        House.waitFor(
                () -> systemctl(house, unshare, "show --property=NRestarts --value nut-monitor")
                        .out()
                        .matches("[1-9]\\d*\n"),
                house::said);
        await(house, unshare, "is-active nut-monitor", "active\n");
        house.await("GET NUMLOGINS own", is -> is.equals("NUMLOGINS own 1\n"));
        // The sandbox lets the machine go down, and lets the helper say so as root.
        Files.writeString(house.dir.resolve("own.dev"), "ups.status: OB LB\n");
        House.waitFor(() -> house.text("down").equals("root\n"), house::said);
        assertThat(house.text("killpower")).isEqualTo("upsmon-shutdown-file");
        assertThat(systemctl(house, unshare, "stop nut-server").exit()).isZero();
        await(house, unshare, "show --property=Result --value nut-server nut-monitor", "success\n\nsuccess\n");
    }

    private static void await(House house, Process unshare, String words, String answer) {
        House.waitFor(
                () -> systemctl(house, unshare, words).out().equals(answer),
                () -> words + ": " + systemctl(house, unshare, words) + house.said());
    }

    private static House.Ran systemctl(House house, Process unshare, String words) {
        try {
            String systemd = unshare.children()
                    .map(child -> String.valueOf(child.pid()))
                    .findFirst()
                    .orElse("0");
            Stream<String> enter = Stream.of("nsenter", "--target", systemd, "--mount", "--pid", "systemctl");
            return house.run(Stream.concat(enter, Stream.of(words.split(" "))).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
