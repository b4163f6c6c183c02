package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A state path in which another account plants links, which is full, which takes nothing, or is too long. */
class HostileStateIT {
    private static final String MONITOR = """
            MONITOR box@127.0.0.1:@PORT@ 1 mon monpass primary
            MINSUPPLIES 1
            NOTIFYFLAG COMMBAD SYSLOG
            NOTIFYFLAG NOCOMM SYSLOG
            SHUTDOWNCMD "true"
            """;

    private House house;
    private Path state;
    private Path precious;

    @BeforeEach
    void files() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(House.user()).as("only root has what others want").isEqualTo("root");
        house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        state = Files.createDirectory(house.dir.resolve("state"));
        precious = Files.createDirectories(house.dir.resolve("precious/tree")).getParent();
        Files.writeString(precious.resolve("tree/file"), "precious\n");
    }

    @AfterEach
    void close() throws IOException {
        if (house != null) house.close();
    }

    @Test
    void rootWorksInNoDirectoryOfAnothers() throws Exception {
        plant();
        House.Ran ran = house.run(at(state, "cobnut", "run"));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.errors())
                .contains(" ERROR cobnut: state directory " + state + ": others than root may write to " + state
                        + " (owner " + AccountIT.USER + ", mode 0755)")
                .contains("start it with -u USER, or name a directory that is root's alone");
        nothingWasFollowed();
    }

    @Test
    void upsmonOfRootsKeepsItsStateElsewhere() throws Exception {
        house.write("upsmon.conf", MONITOR, Map.of());
        plant();
        Process upsmon = house.start(at(state, "upsmon", "-F"));
        try {
            House.waitFor(() -> house.said().contains("upsmon watches box@127.0.0.1"), house::said);
            assertThat(house.said())
                    .contains("state directory " + state + " takes no cache: others than root may write to " + state);
            House.Ran second = house.run(at(state, "upsmon", "-F"));
            assertThat(second.errors())
                    .startsWith("Fatal error: A previous upsmon instance is already running!\n"
                            + "Either stop the previous instance first, or use the 'reload' command.");
            assertThat(second.exit()).isEqualTo(1);
        } finally {
            upsmon.destroy();
            assertThat(House.end(upsmon)).isZero();
        }
        nothingWasFollowed();
    }

    /** As the account that owns the directory could, before root comes. */
    private void plant() throws IOException {
        for (String name : List.of("events", "events.1", "upssched.timers.new", "upsd.pid", "upsmon.pid"))
            Files.createSymbolicLink(state.resolve(name), precious.resolve("tree/file"));
        for (String name : List.of("cache", "cache.upsmon.2147483647"))
            Files.createSymbolicLink(state.resolve(name), precious.resolve("tree"));
        AccountIT.give(state);
    }

    private void nothingWasFollowed() throws IOException {
        assertThat(precious.resolve("tree/file")).hasContent("precious\n");
        try (var left = Files.walk(precious)) {
            assertThat(left).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"'size=64k', 'no space left'", "'ro', 'it cannot be written'"})
    void aStatePathThatTakesNothingDoesNotKeepMachinesUnprotected(String mount, String cause) throws Exception {
        house.write("upsmon.conf", MONITOR, Map.of());
        Process server = house.start(mounted(mount, at(state, "cobnut", "run", "--no-upsmon")));
        Process upsmon = house.start(mounted(mount, at(state, "upsmon", "-F")));
        try {
            house.await("GET VAR box ups.status", is -> is.contains("OL"));
            house.await("GET NUMLOGINS box", is -> is.equals("NUMLOGINS box 1\n"));
            assertThat(house.said())
                    .contains("cobnut: state directory " + state + " takes no cache: " + cause)
                    .contains("upsmon: state directory " + state + " takes no cache: " + cause)
                    .doesNotContain("Unable to cache bundle")
                    .doesNotContain("Error during instantiation")
                    .doesNotContain("Exception");
        } finally {
            server.destroy();
            upsmon.destroy();
            assertThat(House.end(upsmon)).isZero();
            assertThat(House.end(server)).isZero();
        }
    }

    /** In mounts of its own, where the state path is a file system of that kind. */
    private String[] mounted(String options, String... command) {
        var all = new ArrayList<>(List.of("unshare", "--mount", "/bin/sh", "-c"));
        all.add("mount -t tmpfs -o " + options + " tmpfs " + state + " && exec \"$@\"");
        all.add("sh");
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    @Test
    void aStatePathThatIsTooLongIsOneLine() throws Exception {
        Path longer = house.dir.resolve("x".repeat(120));
        House.Ran ran = house.run(at(longer, "cobnut", "run"));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.errors().lines())
                .singleElement()
                .asString()
                .contains(" ERROR cobnut: state directory " + longer + " is too long")
                .contains("a system takes 107");
    }

    @ParameterizedTest
    @CsvSource({"000", "077"})
    void modesAreSetAndNotInherited(String umask) throws Exception {
        house.write("upsmon.conf", MONITOR, Map.of());
        Process server = house.start(
                "/bin/sh",
                "-c",
                "umask " + umask + " && exec \"$@\"",
                "sh",
                "/usr/bin/env",
                "NUT_STATEPATH=" + state,
                "NUT_ALTPIDPATH=" + state,
                CobnutServer.program("cobnut"),
                "run");
        try {
            house.await("GET NUMLOGINS box", is -> is.equals("NUMLOGINS box 1\n"));
            for (String name : List.of("nutctl.sock", "dummy-ups-box"))
                House.waitFor(() -> Files.exists(state.resolve(name)), house::said);
            assertThat(mode("cache")).isEqualTo("rwx------");
            assertThat(mode("upsd.pid")).isEqualTo("rw-r--r--");
            assertThat(mode("nutctl.sock")).isEqualTo("rw-------");
            assertThat(mode("dummy-ups-box")).isEqualTo("rw-rw----");
            house.write("box.dev", "ups.status: OB\n", Map.of());
            House.waitFor(() -> house.text("state/events").contains("ONBATT"), house::said);
            assertThat(mode("events")).isEqualTo("rw-r-----");
        } finally {
            server.destroy();
            assertThat(House.end(server)).isZero();
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(name)));
    }

    private static String[] at(Path state, String program, String... words) {
        var command = new ArrayList<>(List.of("/usr/bin/env", "NUT_STATEPATH=" + state, "NUT_ALTPIDPATH=" + state));
        command.add(CobnutServer.program(program));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }
}
