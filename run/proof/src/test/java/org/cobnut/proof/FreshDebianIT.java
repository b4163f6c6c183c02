package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian packages of the distribution on a Debian that mmdebstrap makes of nothing: installed, asked, upgraded and purged. It takes
 * minutes to make: with {@code -Dcobnut.long=true} only; {@link PackagesIT} takes a copy of this machine.
 */
@Timeout(900)
class FreshDebianIT {
    private static final String SERVER = "[own]\n\tdriver = dummy-ups\n\tport = own.dev\n# mine\n";

    @TempDir
    private Path directory;

    @Test
    void packagesComeAreUpgradedAndGoWithoutATrace() throws IOException {
        assumeThat(Boolean.getBoolean("cobnut.long")).isTrue();
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(House.user()).isEqualTo("root");
        assumeThat(Path.of("/usr/bin/mmdebstrap")).exists();
        String root = directory.resolve("root").toString();
        try (var house = new House(Path.of("src/test/resources/access"), Map.of())) {
            ran(house.run(
                    "mmdebstrap",
                    "--quiet",
                    "--variant=essential",
                    "--include=adduser,openjdk-17-jre-headless",
                    "--dpkgopt=force-unsafe-io",
                    "--dpkgopt=path-exclude=/usr/share/man/*/*",
                    "--setup-hook=mkdir -p \"$1/usr/share/man/man1\"",
                    "bookworm",
                    root));
            DebPackages.make(house);
            inside(house, root, "dpkg -i /srv/debs/*_1.0_all.deb");
            assertThat(inside(house, root, "stat -c '%a %U %G' /etc/nut /etc/nut/upsd.users"))
                    .isEqualTo("750 root nut\n640 root nut\n");
            Files.writeString(Path.of(root, "etc/nut/ups.conf"), SERVER);
            Files.writeString(Path.of(root, "etc/nut/own.dev"), "ups.status: OL\n");
            assertThat(inside(house, root, serve(house.port))).isEqualTo("OL\n");

            inside(house, root, "sh /srv/later");
            assertThat(inside(house, root, "dpkg-query -W -f '${Version}' cobnut"))
                    .isEqualTo("1.1");
            assertThat(Files.readString(Path.of(root, "etc/nut/ups.conf"))).isEqualTo(SERVER);
            assertThat(inside(house, root, serve(house.port))).isEqualTo("OL\n");

            inside(
                    house,
                    root,
                    "rm -r /etc/dpkg/dpkg.cfg.d/quick /etc/nut/own.dev /run/nut; dpkg --purge $(cat /srv/packages) cobnut-console");
            assertThat(inside(
                            house,
                            root,
                            "find / -xdev -path /srv -prune -o -path /tmp -prune -o -path /proc -prune -o -ipath '*cobnut*' -print;"
                                    + " ls -d /etc/nut /run/nut 2> /dev/null || true"))
                    .isEmpty();
            assertThat(inside(house, root, "id -un nut")).isEqualTo("nut\n");
        }
    }

    /** A server that is asked once, as the user nut. */
    private static String serve(int port) {
        return """
                sed -i 's/^MODE=.*/MODE=standalone/' /etc/nut/nut.conf
                printf 'LISTEN 127.0.0.1 %d\n' > /etc/nut/upsd.conf
                install -d -o nut -g nut /run/nut
                cobnut run -u nut --no-upsmon > /tmp/log 2>&1 &
                tries=0
                until upsc own@127.0.0.1:%d ups.status 2> /dev/null; do
                    tries=$((tries + 1)); [ $tries -lt 100 ] || { cat /tmp/log; exit 1; }; sleep 0.3
                done
                kill $!; wait $!""".formatted(port, port);
    }

    private static String inside(House house, String root, String script) throws IOException {
        return ran(house.run(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-ec",
                "mount --bind \"$2\" \"$1/srv\"; mount -t proc proc \"$1/proc\"; mount --rbind /dev \"$1/dev\";"
                        + " exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive chroot \"$1\" sh -ec \"$3\"",
                "sh",
                root,
                house.dir.toString(),
                script));
    }

    private static String ran(House.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.errors()).isZero();
        return ran.out();
    }
}
