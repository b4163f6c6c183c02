package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Options -u and -r: all in one, and programs alone, inside a jail that {@code nutctl jail} has made. */
class JailIT {
    private static final String USER = AccountIT.USER;
    private static final int EXECUTABLE = 0111;
    private static final int SETUID_OR_SETGID = 06000;
    private static final String DEVICES = """
            [box]
            driver = dummy-ups
            port = box.dev
            [kept]
            driver = dummy-ups
            port = box.dev
            isolation = process
            [line]
            driver = nothere
            port = /dev/zero
            [outside]
            driver = dummy-ups
            port = %s
            """;

    private static final String MONITOR = """
            MONITOR box@127.0.0.1:@PORT@ 1 mon monpass primary
            MINSUPPLIES 1
            FINALDELAY 0
            HOSTSYNC 0
            POWERDOWNFLAG @OUTSIDE@/killpower
            SHUTDOWNCMD "id -u > @OUTSIDE@/down"
            """;

    private static final String KEY = "-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----\n";

    private static House house;
    private static Path jail;
    private static Path outside;

    @BeforeAll
    static void build() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(House.user()).as("only root can change its root directory").isEqualTo("root");
        house = new House(Path.of("src/test/resources/access"), Map.of());
        outside = Files.createTempDirectory("outside");
        Files.writeString(outside.resolve("outside.dev"), "ups.status: OL\n");
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nCERTFILE server.pem\n", Map.of());
        house.write("ups.conf", DEVICES.formatted(outside.resolve("outside.dev")), Map.of());
        house.write("upsmon.conf", MONITOR, Map.of("OUTSIDE", outside.toString()));
        certificate(house.dir.resolve("server.pem"), "inside");
        certificate(outside.resolve("outside.pem"), "outside");
        Files.createDirectory(house.dir.resolve("tls"));
        Files.writeString(house.dir.resolve("tls/ca.key"), KEY);
        Files.writeString(house.dir.resolve("other.key"), KEY);
        Files.writeString(house.dir.resolve("note"), "nothing names this\n");
        Files.createFile(
                house.dir.resolve("nutauth.conf"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        jail = Files.createTempDirectory("jail");
        House.Ran asked = nutctl("jail", "-u", USER, jail.toString());
        assertThat(asked.out()).contains("becomes a jail", house.dir.toString());
        assertThat(asked.errors()).isEqualTo("nutctl jail: nothing is made yet; --yes makes it without asking\n");
        assertThat(jail).isEmptyDirectory();
        assertThat(nutctl("jail", "-u", USER, "--yes", jail.toString()).out())
                .contains("something new")
                .contains("cobnut run -u " + USER + " -r " + jail);
    }

    @AfterAll
    static void close() throws IOException {
        if (jail == null) return;
        house.close();
        for (Path each : List.of(jail, outside)) {
            try (Stream<Path> all = Files.walk(each)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    @Test
    void holdsWhatIsNeededAndIsRenewedAsItIs() throws IOException {
        var run = new TreeSet<String>();
        var others = new TreeSet<String>();
        try (Stream<Path> all = Files.walk(jail)) {
            for (Path file : all.filter(each -> !Files.isSymbolicLink(each)).toList()) {
                int mode = (int) Files.getAttribute(file, "unix:mode");
                assertThat(mode & SETUID_OR_SETGID).as("%s", file).isZero();
                String name = file.getFileName().toString();
                if (Files.isRegularFile(file) && (mode & EXECUTABLE) != 0 && !name.contains(".so")) run.add(name);
                if (!Files.isRegularFile(file) && !Files.isDirectory(file) && !name.endsWith(".sock")) others.add(name);
            }
        }
        assertThat(run).containsExactly("java", "jspawnhelper");
        assertThat(others).containsExactly("null", "random", "urandom", "zero");
        for (String none : List.of("tls/ca.key", "other.key", "note", "nutauth.conf"))
            assertThat(inside(none))
                    .as("no program needs it, or the user may not read it")
                    .doesNotExist();
        assertThat(inside("server.pem")).exists();
        Files.writeString(inside("upsd.users"), "# edited\n");
        assertThat(nutctl("jail", "-u", USER, jail.toString()).out())
                .contains("is ready")
                .doesNotContain("new, so");
        assertThat(inside("upsd.users")).hasContent("# edited");
        assertThat(nutctl("jail", "-u", USER, outside.toString()).errors())
                .isEqualTo("nutctl jail: " + outside + " is not empty, and no jail\n");
    }

    @Test
    void aRenewalFollowsNoLinkOfTheUsers() throws IOException {
        Path below = jail.resolve("run/nut/pids");
        Path precious = Files.createDirectory(outside.resolve("precious"));
        Files.createSymbolicLink(below, precious);
        House.Ran ran = house.run(
                "/usr/bin/env",
                "NUT_STATEPATH=/run/nut",
                "NUT_ALTPIDPATH=/run/nut/pids",
                CobnutServer.program("nutctl"),
                "jail",
                "-u",
                USER,
                jail.toString());
        Files.delete(below);
        assertThat(ran.errors()).contains("others than root may write to " + jail.resolve("run/nut"));
        assertThat(Files.getOwner(precious).getName()).isEqualTo("root");
    }

    @Test
    void allInOneServesInsideAndReadsNothingOutside() throws Exception {
        Process server = house.start(command("cobnut", "run", "-u", USER, "-r", jail.toString()));
        try {
            house.await("GET VAR kept ups.status", is -> is.contains("OL"));
            house.await("GET VAR box ups.status", is -> is.contains("OL"));
            House.Ran upsc = house.run("/usr/bin/upsc", "box@127.0.0.1:" + house.port, "ups.status");
            assertThat(upsc.out()).isEqualTo("OL\n");
            assertThat(upsc.errors()).contains("SSL handshake done successfully");
            assertThat(house.said()).contains("TLS by BoringSSL: the certificate of CN=inside");
            isInside(server.pid());
            Set<Long> kept = server.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
            assertThat(kept).hasSize(1);
            for (long pid : kept) isInside(pid);
            Files.writeString(inside("box.dev"), "ups.status: OB\n");
            house.await("GET VAR box ups.status", is -> is.contains("OB"));
            seesNothingOutside();
            shutsDownOutside();
            assertThat(cobnut("cobnut", "run", "-u", USER, "-r", jail.toString())
                            .errors())
                    .contains("already running as process " + server.pid());
            assertThat(cobnut("upsd", "-r", jail.toString(), "-c", "stop").exit())
                    .isZero();
            assertThat(House.end(server)).isZero();
        } finally {
            server.destroyForcibly();
            House.end(server);
            Files.writeString(inside("box.dev"), "ups.status: OL\n");
        }
    }

    private static void shutsDownOutside() throws IOException {
        assertThat(outside.resolve("down")).doesNotExist();
        House.Ran order = cobnut("upsmon", "-r", jail.toString(), "-c", "fsd");
        assertThat(order.exit()).as(order.errors()).isZero();
        // As the house reads one of its own: empty as long as it is not there.
        House.waitFor(() -> house.text(outside.resolve("down").toString()).equals("0\n"), house::said);
        assertThat(Files.getOwner(outside.resolve("killpower")).getName()).isEqualTo("root");
        assertThat(cobnut("upsmon", "-r", jail.toString(), "-u", USER, "-K").exit())
                .isZero();
    }

    private static void seesNothingOutside() throws IOException {
        assertThat(house.said()).contains("no such file: " + outside.resolve("outside.dev"));
        Files.writeString(
                inside("upsd.conf"),
                house.text("upsd.conf")
                        .replace("server.pem", outside.resolve("outside.pem").toString()));
        House.waitFor(() -> house.said().contains(outside.resolve("outside.pem") + ": no such file"), house::said);
        Files.writeString(inside("upsd.conf"), house.text("upsd.conf"));
    }

    @Test
    void programsAloneServeInside() throws Exception {
        String[] where = {"-u", USER, "-r", jail.toString()};
        succeeds("upsdrvctl", where, "start", "box");
        succeeds("upsd", where);
        try {
            house.await("GET VAR box ups.status", is -> is.contains("OL"));
            for (String program : List.of("dummy-ups-box", "upsd"))
                isInside(
                        Long.parseLong(Files.readString(state(program + ".pid")).strip()));
            assertThat(cobnut("upsd", "-F", "-u", USER, "-r", jail.toString()).errors())
                    .contains("A previous upsd instance is already running!");
        } finally {
            succeeds("upsd", where, "-c", "stop");
            succeeds("upsdrvctl", where, "stop", "box");
            House.waitFor(() -> !Files.exists(state("upsd.pid")), () -> "upsd goes on");
        }
        assertThat(state("dummy-ups-box")).doesNotExist();
    }

    @Test
    void onlyRootComesIntoAJailAndAsSomebodyElse() throws IOException {
        assertThat(cobnut("upsd", "-F", "-r", jail.toString()))
                .isEqualTo(new House.Ran("", "upsd: -r " + jail + " wants -u: no jail holds root\n", 1));
        assertThat(cobnut("upsd", "-F", "-u", USER, "-r", outside.toString()).errors())
                .startsWith("upsd: " + outside + " is no jail for this");
        assertThat(house.run(
                                "setpriv",
                                "--reuid=" + USER,
                                "--clear-groups",
                                CobnutServer.program("upsd"),
                                "-F",
                                "-r",
                                "/nowhere")
                        .errors())
                .contains("only root can change the root directory to /nowhere");
    }

    private static void isInside(long pid) throws IOException {
        var threads = new Threads(pid);
        assertThat(threads.roots()).containsExactly(jail.toRealPath());
        assertThat(threads.rights()).containsExactly(AccountIT.nothingButTheUser(house));
    }

    /** The file that the jail has in the place of one of the house. */
    private static Path inside(String name) {
        return jail.resolve(Path.of("/").relativize(house.dir.resolve(name)));
    }

    private static House.Ran nutctl(String... words) throws IOException {
        return cobnut("nutctl", words);
    }

    private static Path state(String name) {
        return jail.resolve("run/nut").resolve(name);
    }

    private static House.Ran cobnut(String program, String... words) throws IOException {
        return house.run(command(program, words));
    }

    /** Whoever is in the jail may write to the state path, and not to the files beside it. */
    private static String[] command(String program, String... words) {
        var command = new ArrayList<>(List.of("/usr/bin/env", "NUT_STATEPATH=/run/nut", "NUT_ALTPIDPATH=/run/nut"));
        command.add(CobnutServer.program(program));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }

    private static void succeeds(String program, String[] where, String... words) throws IOException {
        String[] all = Stream.concat(Stream.of(where), Stream.of(words)).toArray(String[]::new);
        House.Ran ran = cobnut(program, all);
        assertThat(ran.exit()).as(ran.errors() + ran.out()).isZero();
    }

    private static void certificate(Path file, String name) throws IOException {
        House.Ran ran = house.run(
                "/bin/sh",
                "-c",
                "openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=" + name
                        + " -keyout key -out cert && cat cert key > " + file + " && rm key cert");
        assertThat(ran.exit()).as(ran.errors()).isZero();
    }
}
