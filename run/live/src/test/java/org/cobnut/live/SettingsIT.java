package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an edit of a file changes, and what it leaves alone. */
@Timeout(120)
class SettingsIT {
    private static final String ONE = "[one]\n driver = acme\n port = auto\n";
    private static final String TWO = "[two]\n driver = acme\n port = auto\n colour = red\n desc = Second\n";

    @TempDir
    private Path directory;

    private House house;
    private Pollers pollers;
    private String session;

    @BeforeEach
    void build() throws Exception {
        house = new House(directory);
        new DriverJar("acme", "1.0.0").into(house.driver("acme.jar"));
        house.start(ONE + TWO);
        session = house.value("one", "device.serial");
        house.value("two", "device.serial");
        pollers = house.pollers(20, "GET VAR one ups.status");
    }

    @AfterEach
    void end() throws Exception {
        pollers.close();
        house.close();
    }

    /** The device that no edit was about, and the clients. */
    private void undisturbed() throws Exception {
        assertThat(house.value("one", "device.serial"))
                .as("one was opened once")
                .isEqualTo(session);
        assertThat(pollers.answers().keySet()).containsExactly("VAR one ups.status \"OL\"");
        assertThat(pollers.lost()).isZero();
    }

    @Test
    void aNewSectionStartsItsDeviceWithinASecondOrTwoAndTouchesNoOther() throws Exception {
        String two = house.value("two", "device.serial");
        house.write("ups.conf", "pollinterval = 1\n" + ONE + TWO + "[three]\n driver = acme\n port = auto\n");
        assertThat(house.value("three", "ups.status")).isEqualTo("OL");
        try (var line = house.line()) {
            // Like NUT, which puts what a reload adds in front.
            assertThat(line.list("LIST UPS"))
                    .containsExactly(
                            "UPS three \"Description unavailable\"",
                            "UPS one \"Description unavailable\"",
                            "UPS two \"Second\"");
        }
        assertThat(house.value("two", "device.serial")).isEqualTo(two);
        undisturbed();
    }

    @Test
    void aChangedOptionOpensThatDeviceAnewAndKeepsItReadable() throws Exception {
        String two = house.value("two", "device.serial");
        try (var watching = house.pollers(5, "GET VAR two ups.id")) {
            house.edit("ups.conf", "colour = red", "colour = blue");
            house.await("GET VAR two ups.id", a -> a.contains("blue"));
            // The pollers ask by turns, and may be behind.
            for (int i = 0; i < 100 && watching.answers().size() < 2; i++) House.pass(Duration.ofMillis(50));
            assertThat(watching.answers().keySet())
                    .containsExactlyInAnyOrder("VAR two ups.id \"red\"", "VAR two ups.id \"blue\"");
            assertThat(watching.lost()).isZero();
        }
        assertThat(house.value("two", "device.serial")).isNotEqualTo(two);
        undisturbed();
    }

    @Test
    void aRemovedSectionSendsThoseAwayWhoWereLoggedIntoIt() throws Exception {
        try (var gone = loggedInto("two");
                var stays = loggedInto("one");
                var reader = house.line()) {
            reader.ask("GET VAR two ups.status");
            house.write("ups.conf", "pollinterval = 1\n" + ONE);
            house.await("GET VAR two ups.status", a -> a.equals("ERR UNKNOWN-UPS"));
            assertThat(closed(gone)).isTrue();
            assertThat(stays.ask("GET NUMLOGINS one")).isEqualTo("NUMLOGINS one 1");
            assertThat(reader.ask("GET VAR two ups.status")).isEqualTo("ERR UNKNOWN-UPS");
        }
        undisturbed();
    }

    @Test
    void aDescriptionAndAPollingIntervalAreTakenLive() throws Exception {
        String two = house.value("two", "device.serial");
        house.edit("ups.conf", "desc = Second", "desc = \"Under the stairs\"\n pollinterval = 3");
        house.await("GET UPSDESC two", a -> a.equals("UPSDESC two \"Under the stairs\""));
        house.await("GET VAR two driver.parameter.pollinterval", a -> a.contains("\"3\""));
        assertThat(house.value("two", "device.serial")).isEqualTo(two);
        undisturbed();
    }

    @Test
    void usersGainAndLoseRightsOnTheConnectionsTheyHave() throws Exception {
        try (var admin = loggedInto("one");
                var novice = house.line()) {
            novice.ask("USERNAME novice");
            novice.ask("PASSWORD new");
            assertThat(novice.ask("FSD two")).isEqualTo("ERR ACCESS-DENIED");
            house.edit("upsd.users", "[admin]", "[novice]\n password = new\n actions = FSD\n[admin]");
            house.await(novice, "FSD two", a -> a.equals("OK FSD-SET"));
            house.edit("upsd.users", "upsmon primary", "upsmon secondary");
            house.edit(
                    "upsd.users", "password = secret\n    actions = SET FSD", "password = secret\n    actions = SET");
            house.await(admin, "FSD two", a -> a.equals("ERR ACCESS-DENIED"));
            house.edit("upsd.users", "password = new", "password = newer");
            house.await(novice, "FSD two", a -> a.equals("ERR ACCESS-DENIED"));
        }
        undisturbed();
    }

    @Test
    void maxconnCountsAtOnceAndClosesNobody() throws Exception {
        house.write("upsd.conf", house.listen() + "MAXCONN 5\n");
        var late = unanswered();
        House.pass(Duration.ofSeconds(1));
        assertThat(late).isNotDone();
        house.write("upsd.conf", house.listen());
        assertThat(late).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("1.3");
        undisturbed();
    }

    /** The answer to somebody who has to wait for it, soon. */
    private CompletableFuture<String> unanswered() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            var answer = CompletableFuture.supplyAsync(this::version);
            House.pass(Duration.ofMillis(300));
            if (!answer.isDone()) return answer;
            assertThat(System.nanoTime()).as("MAXCONN has come to count").isLessThan(deadline);
        }
    }

    private String version() {
        try (var line = house.line()) {
            return String.valueOf(line.ask("NETVER"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void maxageCountsAtOnce() throws Exception {
        house.write("upsd.conf", house.listen() + "MAXAGE 600\n");
        House.pass(Duration.ofSeconds(1));
        new DriverJar("acme", "2.0.0")
                .polling("if (polls > 1) throw new java.io.IOException(\"unplugged\");")
                .into(house.driver("acme.jar"));
        house.says("unplugged");
        House.pass(Duration.ofSeconds(2));
        try (var line = house.line()) {
            assertThat(line.ask("GET VAR two ups.status")).isEqualTo("VAR two ups.status \"OL\"");
            house.write("upsd.conf", house.listen() + "MAXAGE 1\n");
            house.await(line, "GET VAR two ups.status", a -> a.equals("ERR DATA-STALE"));
        }
        assertThat(pollers.lost()).isZero();
    }

    @Test
    void anotherListenRestartsUpsdAndSaysSo() throws Exception {
        int other = Distribution.freePort();
        try (var client = loggedInto("one")) {
            house.edit("upsd.conf", house.listen(), house.listen() + "LISTEN 127.0.0.1 " + other + "\n");
            house.says("LISTEN has changed: upsd restarts, and every connection is closed");
            house.says("listening on 127.0.0.1 port " + other);
            assertThat(closed(client)).isTrue();
        }
        for (int port : new int[] {house.port(), other})
            try (var line = new Line(port)) {
                assertThat(line.ask("NETVER")).isEqualTo("1.3");
            }
        assertThat(house.value("one", "device.serial")).isEqualTo(session);
    }

    @Test
    void aListenThatCannotBeBoundLeavesTheOldOneServing() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            house.edit("upsd.conf", house.listen(), house.listen() + "LISTEN 127.0.0.1 " + port + "\n");
            assertThat(house.says("cannot listen on 127.0.0.1 port " + port))
                    .contains("the server still listens on the addresses of before");
        }
        assertThat(house.log("every connection is closed")).isEmpty();
        undisturbed();
    }

    @Test
    void aFileWithOneBadValueChangesNothing() throws Exception {
        house.write("ups.conf", "pollinterval = soon\n" + ONE);
        assertThat(house.says("ups.conf:1")).contains("soon");
        assertThat(house.value("two", "ups.status")).isEqualTo("OL");
        house.write("ups.conf", "pollinterval = 1\n" + ONE);
        house.await("GET VAR two ups.status", a -> a.equals("ERR UNKNOWN-UPS"));
        undisturbed();
    }

    private Line loggedInto(String ups) throws Exception {
        var line = house.line();
        line.ask("USERNAME admin");
        line.ask("PASSWORD secret");
        assertThat(line.ask("LOGIN " + ups)).isEqualTo("OK");
        return line;
    }

    /** Whether the other end closes it, soon. */
    private static boolean closed(Line line) {
        try {
            for (int i = 0; i < 200; i++) {
                if (line.ask("NETVER") == null) return true;
                House.pass(Duration.ofMillis(20));
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
