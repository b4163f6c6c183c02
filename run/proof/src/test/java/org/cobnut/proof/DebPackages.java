package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian packages of the distribution: cobnut and two drivers in version 1.0, and what makes 1.1 of them. */
final class DebPackages {
    static final Path HOME = Path.of(CobnutServer.program("cobnut")).getParent().getParent();

    private static final Path BUILD = HOME.resolve("../../run/deb/build").normalize();

    private DebPackages() {}

    /**
     * Makes them in {@code debs}, their names in {@code packages}, and {@code later}, a script that installs 1.1 where the house is
     * {@code /srv}. Another build, by somebody of other habits, gives the same bytes.
     */
    static void make(House house) throws IOException {
        build(house, "debs", "umask 022; exec env TZ=UTC");
        build(house, "again", "umask 077; exec env TZ=Asia/Tokyo LC_ALL=C.UTF-8");
        House.Ran differ = house.run(
                "diff",
                "-r",
                house.dir.resolve("debs").toString(),
                house.dir.resolve("again").toString());
        assertThat(differ.exit()).as(differ.out() + differ.errors()).isZero();
        Files.writeString(house.dir.resolve("packages"), "cobnut cobnut-driver-megatec cobnut-driver-sim\n");
        Files.writeString(house.dir.resolve("later"), """
                set -e
                cd /srv
                for name in $(cat packages); do
                    dpkg-deb -R debs/${name}_1.0_all.deb /tmp/$name
                    sed -i 's/1\\.0\\b/1.1/' /tmp/$name/DEBIAN/control
                    dpkg-deb -Znone -b /tmp/$name debs/${name}_1.1_all.deb
                done
                # The archive of classes costs seconds, and was seen to be made before.
                echo path-exclude=/usr/share/cobnut/lib/archive > /etc/dpkg/dpkg.cfg.d/quick
                dpkg -i debs/*_1.1_all.deb
                """);
    }

    private static void build(House house, String out, String habits) throws IOException {
        House.Ran built = house.run(
                "sh",
                "-c",
                habits + " COBNUT_DEB_COMPRESSION=none COBNUT_DEB_FAMILIES='megatec sim' sh \"$@\"",
                "sh",
                BUILD.toString(),
                HOME.toString(),
                "1.0",
                "1700000000",
                house.dir.resolve(out).toString());
        assertThat(built.exit()).as(built.errors()).isZero();
    }
}
