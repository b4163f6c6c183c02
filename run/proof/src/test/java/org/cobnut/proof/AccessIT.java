package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Debian's clients at our server: hashed passwords, hosts.allow and hosts.deny, and a neighbour who misbehaves. */
class AccessIT {
    private static House house;
    private static @Nullable CobnutServer server;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", house.text("upsd.conf"), Map.of("DIR", house.dir.toString()));
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    void aPasswordIsHashedWhileTheServerRuns() throws IOException {
        change("sesame", 1);
        assertThat(house.text("upsd.users"))
                .startsWith("# who may come\n[admin]\n\tpassword = {PBKDF2-SHA256}")
                .doesNotContain("sesame");
        assertThat(set("sesame").exit()).isZero();
        assertThat(set("plain").errors()).contains("ACCESS-DENIED");
        House.waitFor(
                () -> house.said().contains("Login failed for admin@127.0.0.1 on UPS [box]: wrong password"),
                house::said);
        change("other", 2);
        assertThat(set("other").exit()).isZero();
        assertThat(set("sesame").errors()).contains("ACCESS-DENIED");
        assertThat(house.said()).doesNotContain("sesame").doesNotContain("{PBKDF2");
    }

    @Test
    void hostsDenyCountsAsSoonAsItIsEdited() throws IOException {
        assertThat(monitor()).isEqualTo("OK PRIMARY-GRANTED\n");
        Files.writeString(house.dir.resolve("hosts.deny"), "upsd : mon@ALL\n");
        House.waitFor(() -> monitor().equals("ERR ACCESS-DENIED\n"), house::said);
        assertThat(house.run("upsc", "box@127.0.0.1:" + house.port, "ups.status")
                        .out())
                .as("reading needs no leave")
                .isEqualTo("OL\n");
        Files.writeString(house.dir.resolve("hosts.allow"), "upsd : mon@127.0.0.0/255.0.0.0\n");
        House.waitFor(() -> monitor().equals("OK PRIMARY-GRANTED\n"), house::said);
        Files.delete(house.dir.resolve("hosts.deny"));
        Files.delete(house.dir.resolve("hosts.allow"));
    }

    @Test
    void whileOneAddressFloodsAndGuessesAnotherIsServed() throws Exception {
        var over = new AtomicBoolean();
        var flood = new Thread(() -> flood(over), "flood");
        flood.start();
        try {
            House.waitFor(() -> house.said().contains("127.0.0.2 has"), house::said);
            for (int i = 0; i < 5; i++) {
                assertThat(monitor()).isEqualTo("OK PRIMARY-GRANTED\n");
                assertThat(house.run("upsc", "box@127.0.0.1:" + house.port, "ups.status")
                                .out())
                        .isEqualTo("OL\n");
            }
        } finally {
            over.set(true);
            flood.join(30_000);
        }
        assertThat(flood.isAlive()).isFalse();
    }

    /** Connects without end from another loopback address, keeps what it gets, and guesses on each. */
    private static void flood(AtomicBoolean over) {
        List<Socket> open = new ArrayList<>();
        while (!over.get()) {
            try {
                var socket = new Socket();
                open.add(socket);
                socket.bind(new InetSocketAddress("127.0.0.2", 0));
                socket.connect(new InetSocketAddress("127.0.0.1", house.port), 5000);
                socket.getOutputStream()
                        .write("USERNAME mon\nPASSWORD guess\nLOGIN box\n".getBytes(StandardCharsets.ISO_8859_1));
                if (open.size() > 200) open.remove(0).close();
            } catch (IOException turnedAway) {
                assertThat(turnedAway).isNotNull(); // that is the point
            }
        }
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException gone) {
                assertThat(socket.isClosed()).isTrue();
            }
        }
    }

    /** Gives admin another password and waits until it counts: trying it earlier would be a guess, and guesses are few. */
    private static void change(String password, int edits) throws IOException {
        assertThat(passwd(password, "admin")).contains("upsd.users: the password of [admin] is another now");
        House.waitFor(
                () -> house.said()
                                .lines()
                                .filter(line -> line.contains("upsd.users is in force as edited"))
                                .count()
                        >= edits,
                house::said);
    }

    private static String passwd(String password, String user) throws IOException {
        String nutctl = CobnutServer.program("nutctl");
        House.Ran ran = house.run("sh", "-c", "echo " + password + " | " + nutctl + " passwd -i 20000 " + user);
        assertThat(ran.errors()).isEmpty();
        return ran.out();
    }

    private static House.Ran set(String password) {
        try {
            return house.run("upsrw", "-s", "ups.id=box", "-u", "admin", "-p", password, "box@127.0.0.1:" + house.port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String monitor() {
        try (var connection = new Connection(house.port)) {
            connection.ask("USERNAME mon");
            connection.ask("PASSWORD monpass");
            return connection.ask("PRIMARY box");
        } catch (IOException e) {
            return e.toString();
        }
    }
}
