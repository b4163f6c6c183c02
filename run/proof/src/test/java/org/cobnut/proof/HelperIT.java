package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** upsmon as another user than root, and the helper by which it shuts down all the same. */
class HelperIT {
    private static final String CONF = """
            RUN_AS_USER nobody
            MONITOR box@127.0.0.1:@SERVER@ 1 mon monpass primary
            MINSUPPLIES 1
            FINALDELAY 0
            HOSTSYNC 0
            POWERDOWNFLAG @DIR@/killpower
            SHUTDOWNCMD "id -u > @DIR@/@DOWN@"
            """;

    private House house;
    private Path state;

    @BeforeEach
    void files() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(House.user()).as("only root can leave root behind").isEqualTo("root");
        house = new House(Path.of("src/test/resources/replay"), Map.of("FILE", "none.dev"));
        Files.setPosixFilePermissions(house.dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        state = Files.createDirectory(house.dir.resolve("state"));
        AccountIT.give(state);
    }

    @AfterEach
    void close() throws IOException {
        if (house != null) house.close();
    }

    @Test
    void theCommandOfTheStartRunsAsRootAndUpsmonDoesNot() throws Exception {
        try (var other = new House(Path.of("src/test/resources/access"), Map.of())) {
            other.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
            Process server = other.start(CobnutServer.program("cobnut"), "run");
            other.await("GET VAR box ups.status", is -> is.contains("OL"));
            try {
                shutsDown(other.port);
            } finally {
                server.destroy();
                House.end(server);
            }
        }
    }

    private void shutsDown(int port) throws Exception {
        conf(port, "down");
        Files.writeString(house.dir.resolve("killpower"), "upsmon-shutdown-file");
        Process upsmon = house.start(upsmon("-F", "-u", AccountIT.USER));
        try {
            House.waitFor(() -> house.said().contains("upsmon watches box@127.0.0.1"), house::said);
            assertThat(house.dir.resolve("killpower")).doesNotExist();
            var threads = new Threads(upsmon.pid());
            assertThat(threads.count()).isGreaterThan(5);
            assertThat(threads.rights()).containsExactly(AccountIT.nothingButTheUser(house));
            conf(port, "another");
            House.waitFor(
                    () -> house.said().contains("SHUTDOWNCMD and POWERDOWNFLAG stay what they were"), house::said);
            // upsmon ends when its work is done.
            Path pipes = pipes(upsmon.pid());
            assertThat(pipes).isDirectory();
            House.Ran order = house.run(upsmon("-c", "fsd"));
            assertThat(order.exit()).as(order.errors()).isZero();
            House.waitFor(() -> house.text("down").equals("0\n"), house::said);
            assertThat(Files.getOwner(house.dir.resolve("killpower")).getName()).isEqualTo("root");
            assertThat(house.run(upsmon("-K")).exit()).isZero();
            assertThat(house.dir.resolve("another")).doesNotExist();
            upsmon.destroy();
            House.waitFor(() -> !Files.exists(pipes), () -> "the helper goes on");
        } finally {
            upsmon.destroy();
            House.end(upsmon);
        }
    }

    private static Path pipes(long pid) throws IOException {
        String property = "-Dcobnut.helper=";
        return Stream.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                        .split("\0", -1))
                .filter(word -> word.startsWith(property))
                .map(word -> Path.of(word.substring(property.length())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsNoOrderRunsNothing() throws Exception {
        Path pipes = Files.createDirectory(house.dir.resolve("pipes"));
        fifos(pipes);
        Process process = house.start(
                helper(), pipes.toString(), house.dir + "/flag", "echo \"$@\" >> down; exit 7", "rm -rf /", "x");
        try (var orders = new FileOutputStream(pipes.resolve("orders").toFile());
                var life = new FileOutputStream(pipes.resolve("life").toFile());
                var answers = new BufferedReader(new InputStreamReader(
                        new FileInputStream(pipes.resolve("answers").toFile()), StandardCharsets.US_ASCII))) {
            assertThat(life.getFD().valid()).isTrue();
            orders.write(
                    "Q shutdown; touch evil\n\0$(touch evil)\n`touch evil`\nf s".getBytes(StandardCharsets.US_ASCII));
            House.waitFor(() -> house.said().contains("no order, and so ignored"), house::said);
            orders.write("FS".getBytes(StandardCharsets.US_ASCII));
            assertThat(answers.readLine()).isEqualTo("7");
            assertThat(house.text("down")).isEqualTo("\n");
            assertThat(house.text("flag")).isEqualTo("upsmon-shutdown-file");
            orders.write("US".getBytes(StandardCharsets.US_ASCII));
            assertThat(answers.readLine()).isEqualTo("7");
            assertThat(house.dir.resolve("flag")).doesNotExist();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS))
                .as("it ends with upsmon")
                .isTrue();
        assertThat(pipes).doesNotExist();
        assertThat(house.dir.resolve("evil")).doesNotExist();
        assertThat(house.said().lines()).hasSize(1);
    }

    @Test
    void itEndsWithUpsmonThoughAnotherHoldsThePipe() throws Exception {
        Path pipes = Files.createDirectory(house.dir.resolve("pipes"));
        fifos(pipes);
        Process process = house.start(helper(), pipes.toString(), "", "echo last >> down");
        try (var held = new FileOutputStream(pipes.resolve("orders").toFile())) {
            try (var life = new FileOutputStream(pipes.resolve("life").toFile())) {
                assertThat(life.getFD().valid()).isTrue();
                held.write('S');
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(house.text("down")).as("what was ordered before is done").isEqualTo("last\n");
        assertThat(pipes).doesNotExist();
    }

    @Test
    void theFlagGoesIntoNoLinkAndNoFolderOfOthers() throws Exception {
        Path folder = Files.createDirectory(house.dir.resolve("theirs"));
        Path precious = Files.writeString(house.dir.resolve("precious"), "precious");
        Path link = Files.createSymbolicLink(house.dir.resolve("link"), precious);
        for (Path flag : List.of(folder.resolve("killpower"), link)) {
            AccountIT.give(folder);
            Path pipes = Files.createDirectory(house.dir.resolve("pipes"));
            fifos(pipes);
            Process process = house.start(helper(), pipes.toString(), flag.toString(), "true");
            try (var orders = new FileOutputStream(pipes.resolve("orders").toFile());
                    var life = new FileOutputStream(pipes.resolve("life").toFile());
                    var answers = new FileInputStream(pipes.resolve("answers").toFile())) {
                assertThat(life.getFD().valid()).isTrue();
                orders.write("FSU".getBytes(StandardCharsets.US_ASCII));
                assertThat(answers.read())
                        .as("the machine goes down all the same")
                        .isEqualTo('0');
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            House.waitFor(() -> house.said().contains("cannot write POWERDOWNFLAG " + flag), house::said);
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(precious).hasContent("precious");
        assertThat(house.said()).contains("others than root may write to " + folder + " (owner " + AccountIT.USER);
    }

    private void fifos(Path pipes) throws IOException {
        for (String name : List.of("orders", "answers", "life"))
            house.run("mkfifo", pipes.resolve(name).toString());
    }

    private static String helper() {
        return Path.of(CobnutServer.program("cobnut"))
                .resolveSibling("../lib/helper")
                .toString();
    }

    @Test
    void nobodyElseMayChooseTheCommand() throws IOException {
        conf(house.port, "down");
        AccountIT.give(house.dir.resolve("upsmon.conf"));
        House.Ran ran = house.run(upsmon("-F"));
        assertThat(ran.errors())
                .isEqualTo("upsmon: others than root may write to " + house.dir + "/upsmon.conf (owner "
                        + AccountIT.USER + ", mode 644) and could so choose what root runs as SHUTDOWNCMD\n");
        assertThat(ran.exit()).isEqualTo(1);
    }

    private void conf(int port, String down) throws IOException {
        house.write("new", CONF, Map.of("DIR", house.dir.toString(), "DOWN", down, "SERVER", String.valueOf(port)));
        Files.move(
                house.dir.resolve("new"),
                house.dir.resolve("upsmon.conf"),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private String[] upsmon(String... words) {
        var command = new ArrayList<>(List.of("/usr/bin/env", "NUT_STATEPATH=" + state, "NUT_ALTPIDPATH=" + state));
        command.add(CobnutServer.program("upsmon"));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }
}
