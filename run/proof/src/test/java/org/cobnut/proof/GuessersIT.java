package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guessers beside a monitor, and a client that would write the audit itself. */
class GuessersIT {
    private static final int GUESSERS = 40;
    private static final int ADDRESSES = 400;
    private static final long WITHIN_MILLIS = 1000;

    private House house;
    private @Nullable CobnutServer server;

    @BeforeEach
    void start() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    void aMonitorGetsInBesideGuessersOfItsAddress() throws Exception {
        var over = new AtomicBoolean();
        var answers = new AtomicInteger();
        var guesses = new AtomicInteger();
        List<Thread> guessers = new ArrayList<>();
        for (int i = 0; i < GUESSERS; i++) {
            String user = i % 2 == 0 ? "mon" : "nobody";
            var thread = new Thread(() -> guess(user, over, guesses, answers));
            guessers.add(thread);
            thread.start();
        }
        try {
            House.waitFor(() -> guesses.get() >= GUESSERS, house::said);
            assertThat(logins("127.0.0.1", 5)).isLessThan(WITHIN_MILLIS);
        } finally {
            over.set(true);
            for (Thread each : guessers) each.join(20_000);
        }
        assertThat(guesses.get()).as("there was something to refuse").isGreaterThanOrEqualTo(GUESSERS);
        assertThat(answers.get()).as("answers to wrong passwords").isLessThanOrEqualTo(10);
        assertThat(house.said().lines().filter(line -> line.contains("Login failed")))
                .hasSizeLessThan(10);
    }

    @Test
    void aMonitorGetsInWhileHundredsOfAddressesMakeTheServerHash() throws Exception {
        passwd("mon", "monpass");
        passwd("admin", "other");
        House.waitFor(() -> admitted("admin", "other"), house::said); // so the line before is in force, too
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * ADDRESSES; i++) {
                Socket socket = from("127.1." + i % ADDRESSES / 200 + '.' + (1 + i % 200));
                flood.add(socket);
                send(socket, "USERNAME mon\nPASSWORD guess" + i + "\nLOGIN box\n");
            }
            assertThat(logins("127.0.0.9", 5)).isLessThan(WITHIN_MILLIS);
            assertThat(logins("127.1.0.1", 5))
                    .as("from an address that guesses")
                    .isLessThan(WITHIN_MILLIS);
        } finally {
            for (Socket each : flood) each.close();
        }
    }

    @Test
    void theAuditIsKeptAndNoFieldOfItCanBeForged() throws Exception {
        Path audit = house.dir.resolve("audit.log");
        try (Socket socket = from("127.0.0.1")) {
            send(
                    socket,
                    "USERNAME \"admin\\\" from=10.9.8.7 did=\\\"FSD box\\\" result=\\\"OK\"\nPASSWORD x\nLOGIN box\n");
            readThree(socket);
        }
        String nutctl = CobnutServer.program("nutctl");
        assertThat(house.run(nutctl, "set", "box", "ups.id", "audited").out()).isNotNull();
        assertThat(house.run("upsrw", "-s", "ups.id=b", "-u", "admin", "-p", "plain", "box@127.0.0.1:" + house.port)
                        .exit())
                .isZero();
        House.waitFor(
                () -> house.text("audit.log").contains("from=nutctl did=\"set box ups.id audited\"")
                        && house.text("audit.log").contains("user=\"admin\" from=127.0.0.1 did=\"SET VAR box ups.id"),
                () -> house.text("audit.log") + house.said());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(audit)))
                .isEqualTo("rw-r-----");
        assertThat(Files.readAllLines(audit))
                .allMatch(line -> line.matches("\\S+ user=\"[^\"]*\"( by certificate)? from=([^\" ]+|\"[^\"]*\")"
                        + " did=\"[^\"]*\" result=\"[^\"]*\""))
                .noneMatch(line -> line.contains("from=10.9.8.7"))
                .anyMatch(line -> line.contains("from=127.0.0.1 did=\"LOGIN box\" result=\"ERR ACCESS-DENIED"));
    }

    private void guess(String user, AtomicBoolean over, AtomicInteger guesses, AtomicInteger answers) {
        while (!over.get()) {
            try (Socket socket = from("127.0.0.1")) {
                send(socket, "USERNAME " + user + "\nPASSWORD guess" + guesses.incrementAndGet() + "\nLOGIN box\n");
                if (readThree(socket).contains("ERR")) answers.incrementAndGet();
            } catch (IOException cut) {
                assertThat(cut).isNotNull(); // no answer is one, too
            }
        }
    }

    /** How long it takes to log in, most times. */
    private long logins(String address, int seconds) throws IOException {
        var millis = new ArrayList<Long>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            try (Socket socket = from(address)) {
                send(socket, "USERNAME mon\nPASSWORD monpass\nLOGIN box\n");
                assertThat(readThree(socket)).isEqualTo("OK|OK|OK");
            }
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            House.pass(100);
        }
        millis.sort(null);
        return millis.get(millis.size() * 9 / 10);
    }

    private void passwd(String user, String password) throws IOException {
        String nutctl = CobnutServer.program("nutctl");
        assertThat(house.run("sh", "-c", "echo " + password + " | " + nutctl + " passwd " + user)
                        .errors())
                .isEmpty();
    }

    private boolean admitted(String user, String password) {
        try (Socket socket = from("127.0.0.3")) {
            send(socket, "USERNAME " + user + "\nPASSWORD " + password + "\nSET VAR box ups.id x\n");
            return readThree(socket).equals("OK|OK|OK");
        } catch (IOException notYet) {
            return false;
        }
    }

    private Socket from(String address) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.setSoTimeout(15_000);
        socket.connect(new InetSocketAddress("127.0.0.1", house.port), 15_000);
        return socket;
    }

    private static void send(Socket socket, String lines) throws IOException {
        socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The replies to three lines, as far as they come. */
    private static String readThree(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        var replies = new ArrayList<String>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            replies.add(line);
            if (replies.size() == 3) break;
        }
        return String.join("|", replies);
    }
}
