package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Debian packages of the distribution on a machine that has Debian's NUT: a copy of this one's file system with a systemd of
 * its own. The machine goes down at the end, and its last step switches a UPS off.
 */
@Timeout(480)
class PackagesIT {
    private static final Path FILES = Path.of("src/test/resources/packages");

    @Test
    void aMachineWithDebiansNutChangesOverAndGoesDown() throws Exception {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).as("Debian's NUT").isTrue();
        assumeThat(House.user()).isEqualTo("root");
        assumeThat(Path.of("/lib/systemd/systemd")).exists();
        try (var ups = new QxUps();
                var house = new House(FILES, Map.of("UPS", String.valueOf(ups.port())))) {
            Files.setPosixFilePermissions(house.dir, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String script : List.of("boot", "inside"))
                Files.setPosixFilePermissions(house.dir.resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
            packages(house);
            Process machine = house.start(
                    "unshare",
                    "--mount",
                    "--pid",
                    "--fork",
                    "--mount-proc",
                    "--kill-child",
                    "sh",
                    house.dir.resolve("boot").toString(),
                    house.dir.toString());
            try {
                changesOver(house, machine);
                isUpgraded(house, machine);
                goesDown(house, machine, ups);
            } finally {
                machine.destroyForcibly();
                House.end(machine);
            }
        }
    }

    /** The package cobnut recommends one for each driver bundle. */
    private static void packages(House house) throws IOException {
        DebPackages.make(house);
        String recommended = house.run(
                        "dpkg-deb",
                        "-f",
                        house.dir.resolve("debs/cobnut_1.0_all.deb").toString(),
                        "Recommends")
                .out();
        try (Stream<Path> jars = Files.list(DebPackages.HOME.resolve("drivers"))) {
            assertThat(jars.map(jar -> jar.getFileName()
                                    .toString()
                                    .replaceAll("cobnut\\.drivers\\.(.*)\\.jar", "cobnut-driver-$1"))
                            .toList())
                    .containsExactlyInAnyOrder(recommended.strip().split(", "));
        }
        lintian(house, "cobnut");
    }

    private static void lintian(House house, String... names) throws IOException {
        assumeThat(Path.of("/usr/bin/lintian")).exists();
        var command = new ArrayList<>(List.of(
                "lintian",
                "--allow-root",
                "--fail-on=error,warning",
                "--suppress-tags",
                "uses-no-compression-for-control-tarball,uses-no-compression-for-data-tarball"));
        for (String name : names)
            command.add(house.dir.resolve("debs/" + name + "_1.0_all.deb").toString());
        House.Ran judged = house.run(command.toArray(String[]::new));
        assertThat(judged.exit()).as(judged.out() + judged.errors()).isZero();
    }

    private static void changesOver(House house, Process machine) throws IOException {
        House.waitFor(
                () -> !machine.isAlive()
                        || inside(house, machine, "systemctl", "show", "--property=Version")
                                        .exit()
                                == 0,
                house::said);
        inside(
                house,
                machine,
                "sh",
                "-c",
                "stat -c '%n %a %U %G' /etc/nut/* > /srv/before; cat /etc/nut/* >> /srv/before");
        House.Ran installed = inside(
                house,
                machine,
                "sh",
                "-c",
                "apt-get install -y --no-install-recommends $(sed 's:[^ ]*:/srv/debs/&_1.0_all.deb:g' /srv/packages)");
        assertThat(installed.exit()).as(installed.out() + installed.errors()).isZero();
        assertThat(inside(house, machine, "sh", "-c", "ls /usr/share/cobnut/lib/*.jsa")
                        .exit())
                .isZero();
        serves(house, machine);
        // Manual pages, links among them, are found and without fault; as an index would, were there one.
        assertThat(inside(house, machine, "sh", "-c", """
                for page in nutctl.1 upsd.conf.5 upsc.8 nutdrv_qx.8 blazer_ser.8; do
                    LC_ALL=C.UTF-8 man --warnings -E UTF-8 -Tutf8 -Z ${page##*.} ${page%.*} 2>&1 > /dev/null
                done""").out()).isEmpty();
        House.Ran doctor = inside(house, machine, "nutctl", "doctor");
        // That script was Debian's, and went with its package.
        assertThat(doctor.exit()).as(doctor.out() + doctor.errors()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("CMDSCRIPT cannot run: /bin/upssched-cmd is not there", "1 to mend")
                .doesNotContain("power-off hook");
        // Nobody's files are lost, neither now nor when what is left of Debian's NUT goes.
        inside(
                house,
                machine,
                "sh",
                "-c",
                "dpkg --purge nut-server nut-client; stat -c '%n %a %U %G' /etc/nut/* > /srv/after; cat /etc/nut/* >> /srv/after");
        assertThat(house.text("after")).isEqualTo(house.text("before")).contains("administrator's own");
        assertThat(inside(house, machine, "systemctl", "is-enabled", "nut-server", "nut-monitor", "nut.target")
                        .out())
                .isEqualTo("enabled\nenabled\nenabled\n");
        assertThat(inside(
                                house,
                                machine,
                                "env",
                                "-i",
                                "PATH=/bin:/sbin:/usr/bin",
                                "upsc",
                                "own@127.0.0.1:" + house.port,
                                "ups.status")
                        .out())
                .isEqualTo("OL\n");
    }

    private static void isUpgraded(House house, Process machine) throws IOException {
        String before = inside(house, machine, "systemctl", "show", "--property=MainPID", "nut-server")
                .out();
        House.Ran upgraded = inside(house, machine, "sh", "/srv/later");
        assertThat(upgraded.exit()).as(upgraded.out() + upgraded.errors()).isZero();
        serves(house, machine);
        assertThat(inside(house, machine, "systemctl", "show", "--property=MainPID", "nut-server")
                        .out())
                .as("another process")
                .isNotEqualTo(before);
        assertThat(inside(house, machine, "cat", "/etc/nut/ups.conf").out()).isEqualTo(house.text("ups.conf"));
    }

    private static void serves(House house, Process machine) {
        House.waitFor(
                () -> inside(house, machine, "systemctl", "is-active", "nut-server", "nut-monitor")
                        .out()
                        .equals("active\nactive\n"),
                () -> inside(house, machine, "systemctl", "status", "nut-server", "nut-monitor") + house.said());
        house.await("GET VAR own ups.status", is -> is.equals("VAR own ups.status \"OL\"\n"));
        house.await("GET NUMLOGINS own", is -> is.equals("NUMLOGINS own 1\n"));
    }

    /** upsmon orders a real shutdown; the hook of systemd-shutdown, when nothing runs any more, the one of the UPS. */
    private static void goesDown(House house, Process machine, QxUps ups) throws InterruptedException, IOException {
        ups.batteryIsLow();
        House.waitFor(
                () -> ups.orders().stream().anyMatch(order -> order.startsWith("S")),
                () -> ups.orders() + house.said());
        House.waitFor(() -> !machine.isAlive(), house::said);
        assertThat(house.text("left")).as(house.said()).isEmpty();
    }

    private static House.Ran inside(House house, Process machine, String... command) {
        try {
            String systemd = machine.descendants()
                    .filter(child -> child.info().command().orElse("").endsWith("/systemd"))
                    .map(child -> String.valueOf(child.pid()))
                    .findFirst()
                    .orElse("0");
            Stream<String> enter = Stream.of(
                    "nsenter",
                    "--target",
                    systemd,
                    "--mount",
                    "--pid",
                    "env",
                    "-u",
                    "NUT_CONFPATH",
                    "-u",
                    "NUT_STATEPATH",
                    "-u",
                    "NUT_ALTPIDPATH",
                    "-u",
                    "NUT_PIDPATH",
                    "DEBIAN_FRONTEND=noninteractive");
            return house.run(Stream.concat(enter, Stream.of(command)).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A UPS that speaks Q1 behind a serial server. */
    private static final class QxUps implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        private final List<String> orders = new CopyOnWriteArrayList<>();
        private volatile String answer = "(230.0 000.0 230.0 010 50.0 27.3 25.0 00000000\r";

        QxUps() throws IOException {
            var thread = new Thread(this::serve, "ups");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return server.getLocalPort();
        }

        void batteryIsLow() {
            answer = "(000.0 000.0 230.0 010 50.0 20.3 25.0 11000000\r";
        }

        /** What it was told to do. */
        List<String> orders() {
            return List.copyOf(orders);
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket line = server.accept();
                        var in = new BufferedReader(
                                new InputStreamReader(line.getInputStream(), StandardCharsets.US_ASCII))) {
                    for (String asked = in.readLine(); asked != null; asked = in.readLine()) {
                        if (asked.equals("Q1"))
                            line.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                        else if (asked.startsWith("S") || asked.startsWith("C")) orders.add(asked);
                        else line.getOutputStream().write((asked + '\r').getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException over) {
                    // the next one connects
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
