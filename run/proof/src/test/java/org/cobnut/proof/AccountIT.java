package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Option -u: programs that root starts are another user from their first thread on, as the kernel sees them. */
class AccountIT {
    /** Debian's nut-server made it; the tests of the distribution need that package anyway. */
    static final String USER = "nut";

    private House house;

    @BeforeEach
    void files() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(House.user()).as("only root can become another user").isEqualTo("root");
        house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        give(house.dir);
    }

    @AfterEach
    void close() throws IOException {
        if (house != null) house.close();
    }

    @Test
    void allInOneBecomesTheUserAndServes() throws Exception {
        Path certificate = house.dir.resolve("server.pem");
        Files.createFile(
                certificate, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Process server = house.start(CobnutServer.program("cobnut"), "run", "-u", USER);
        try {
            house.await("GET VAR box ups.status", is -> is.contains("OL"));
            assertThat(house.run("/usr/bin/upsc", "box@127.0.0.1:" + house.port, "ups.status")
                            .out())
                    .isEqualTo("OL\n");
            isTheUser(server.pid());
            house.write("upsd.conf", house.text("upsd.conf") + "CERTFILE server.pem\n", Map.of());
            House.waitFor(
                    () -> house.said().contains(certificate + ": permission denied; it stays as it was"), house::said);
            assertThat(house.text("upsd.pid")).isEqualTo(server.pid() + "\n");
            assertThat(Files.getOwner(house.dir.resolve("upsd.pid")).getName()).isEqualTo(USER);
            House.Ran second = house.run(CobnutServer.program("cobnut"), "run", "-u", USER);
            assertThat(second.errors()).contains("already running as process " + server.pid());
            assertThat(second.exit()).isEqualTo(1);
        } finally {
            server.destroy();
            assertThat(House.end(server)).isZero();
        }
        assertThat(house.dir.resolve("upsd.pid")).doesNotExist();
    }

    @Test
    void programsAloneBecomeTheUser() throws Exception {
        Files.createDirectory(house.dir.resolve("logs"));
        give(house.dir.resolve("logs"));
        String box = "box@127.0.0.1:" + house.port;
        succeeds("upsdrvctl", "-u", USER, "start", "box");
        succeeds("upsd", "-u", USER);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
        succeeds("upslog", "-u", USER, "-s", box, "-l", "logs/box", "-i", "300", "-f", "%VAR ups.status%");
        House.waitFor(() -> house.text("logs/box").equals("OL\n"), house::said);
        for (String program : List.of("dummy-ups-box", "upsd", "upslog"))
            isTheUser(Long.parseLong(house.text(program + ".pid").strip()));
        assertThat(Files.getOwner(house.dir.resolve("logs/box")).getName()).isEqualTo(USER);
        succeeds("upsd", "-c", "stop");
        succeeds("upsdrvctl", "-u", USER, "stop");
        end(Long.parseLong(house.text("upslog.pid").strip()));
        House.waitFor(() -> !Files.exists(house.dir.resolve("upsd.pid")), () -> "upsd goes on");
    }

    @Test
    void aDriverBecomesWhomUpsConfNames() throws Exception {
        String files = "user = nosuchuser\n" + house.text("ups.conf");
        house.write("ups.conf", files, Map.of());
        assertThat(house.run(CobnutServer.program("dummy-ups"), "-a", "box").errors())
                .contains("dummy-ups: OS user nosuchuser not found, whom " + house.dir.resolve("ups.conf") + " names");
        house.write("ups.conf", files + "\tuser = \"" + USER + "\" # not root\n", Map.of());
        succeeds("dummy-ups", "-a", "box");
        isTheUser(Long.parseLong(house.text("dummy-ups-box.pid").strip()));
        succeeds("upsdrvctl", "stop");
        succeeds("dummy-ups", "-a", "box", "-u", "root");
        assertThat(new Threads(Long.parseLong(house.text("dummy-ups-box.pid").strip())).rights())
                .allSatisfy(rights -> assertThat(rights).startsWith("Uid: 0 0 0 0"));
        succeeds("upsdrvctl", "stop");
    }

    @Test
    void inCobnutOfRootsTheDriversOfOtherUsersAreProcesses() throws Exception {
        String own = "\tuser = " + USER + "\n";
        String files = house.text("ups.conf") + own;
        house.write("ups.conf", files + files.replace("[box]", "[apart]") + "\tisolation = process\n", Map.of());
        Path state = Files.createTempDirectory("state");
        Process server = house.start(
                "/usr/bin/env",
                "NUT_STATEPATH=" + state,
                "NUT_ALTPIDPATH=" + state,
                CobnutServer.program("cobnut"),
                "run");
        try {
            house.await("GET VAR apart ups.status", is -> is.contains("OL"));
            house.await("GET VAR box ups.status", is -> is.contains("OL"));
            assertThat(house.said())
                    .contains("UPS [box]: user = " + USER + " counts with isolation = process only; here it is root")
                    .doesNotContain("UPS [apart]: user");
            isTheUser(server.children().findFirst().orElseThrow().pid());
        } finally {
            server.destroy();
            House.end(server);
        }
        Files.deleteIfExists(state.resolve("audit.log"));
        assertThat(state).as("the link to the other's socket goes, too").isEmptyDirectory();
        Files.delete(state);
    }

    @Test
    void aPortOfRootsIsTheOneThingItMayOpen() throws Exception {
        int port = lowPort();
        house.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n", Map.of());
        Process upsd = house.start(CobnutServer.program("upsd"), "-F", "-u", USER);
        try {
            House.waitFor(() -> house.said().contains("listening on 127.0.0.1 port " + port), house::said);
            assertThat(new Threads(upsd.pid()).rights())
                    .containsExactly(nothingButTheUser(house).replaceAll("(?m)^(Cap.*: 0{13})000$", "$1400"));
        } finally {
            upsd.destroy();
            House.end(upsd);
        }
    }

    private static int lowPort() {
        return IntStream.iterate(1023, port -> port > 600, port -> port - 1)
                .filter(AccountIT::free)
                .findFirst()
                .orElseThrow();
    }

    private static boolean free(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Test
    void whatCannotBeIsOneLine() throws IOException {
        assertThat(house.run(CobnutServer.program("cobnut"), "run", "-u", "nosuchuser"))
                .matches(ran -> ran.exit() == 1 && ran.errors().endsWith(" ERROR cobnut: user nosuchuser not found\n"));
        assertThat(house.run(CobnutServer.program("upslog"), "-u", "nosuchuser", "-s", "box", "-l", "-"))
                .isEqualTo(new House.Ran("", "upslog: OS user nosuchuser not found\n", 1));
        Files.createDirectory(house.dir.resolve("roots"));
        House.Ran driver = house.run(
                "/usr/bin/env",
                "NUT_STATEPATH=" + house.dir.resolve("roots"),
                CobnutServer.program("dummy-ups"),
                "-a",
                "box",
                "-u",
                USER);
        assertThat(driver.errors())
                .contains("cannot write to state directory %s as user %s (NUT_STATEPATH)\n"
                        .formatted(house.dir.resolve("roots"), USER));
        assertThat(driver.exit()).isEqualTo(1);
    }

    private void succeeds(String program, String... words) throws IOException {
        var command = new java.util.ArrayList<>(List.of(CobnutServer.program(program)));
        command.addAll(List.of(words));
        House.Ran ran = house.run(command.toArray(String[]::new));
        assertThat(ran.exit()).as(ran.errors() + ran.out()).isZero();
    }

    private void isTheUser(long pid) throws IOException {
        var threads = new Threads(pid);
        assertThat(threads.count()).isGreaterThan(5);
        assertThat(threads.rights()).containsExactly(nothingButTheUser(house));
    }

    /** The rights of a thread that is that user and may do nothing else. */
    static String nothingButTheUser(House house) throws IOException {
        String uid = house.run("/usr/bin/id", "-u", USER).out().strip();
        String gid = house.run("/usr/bin/id", "-g", USER).out().strip();
        return String.join(
                "\n",
                "Uid: %1$s %1$s %1$s %1$s".formatted(uid),
                "Gid: %1$s %1$s %1$s %1$s".formatted(gid),
                "Groups: " + house.run("/usr/bin/id", "-G", USER).out().strip(),
                "CapInh: 0000000000000000",
                "CapPrm: 0000000000000000",
                "CapEff: 0000000000000000",
                "CapAmb: 0000000000000000",
                "NoNewPrivs: 1");
    }

    private static void end(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroy();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    /** Makes it the user's. */
    static void give(Path file) throws IOException {
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
}
