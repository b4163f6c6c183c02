package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that misbehave delay nobody else by a second, and do not fill the server's memory. */
@ExtendWith(Servers.Resolver.class)
class BadClientsIT {
    private static final Duration ATTACK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int CLIENTS = 20;
    private static final int MEGABYTES = 150;

    private interface Attack {
        void strike(Socket socket) throws IOException;
    }

    @Test
    void whoAsksForListsAndReadsNothing(Servers servers) throws Exception {
        suffers(servers.ours(), CLIENTS, socket -> repeat(socket, "LIST VAR alpha\n".repeat(100)));
    }

    @Test
    void whoFloodsAndReadsNothing(Servers servers) throws Exception {
        suffers(servers.ours(), CLIENTS, socket -> repeat(socket, "PROTVER\n".repeat(1000)));
    }

    @Test
    void whoSendsALineWithoutEnd(Servers servers) throws Exception {
        suffers(servers.ours(), CLIENTS, socket -> repeat(socket, "x".repeat(8192)));
    }

    @Test
    void whoSendsAQuotedWordWithoutEnd(Servers servers) throws Exception {
        suffers(servers.ours(), CLIENTS, socket -> {
            socket.getOutputStream().write('"');
            repeat(socket, "x y\n".repeat(2048));
        });
    }

    @Test
    void whoFloodsWithParseErrors(Servers servers) throws Exception {
        suffers(servers.ours(), CLIENTS, socket -> repeat(socket, "\"#".repeat(4096)));
    }

    @Test
    void whoOnlyConnects(Servers servers) throws Exception {
        suffers(servers.ours(), 500, socket -> {});
    }

    @Test
    void whoResetsConnectionsAllTheTime(Servers servers) throws Exception {
        suffers(servers.ours(), 100, socket -> {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write("LIST VAR alpha\n".getBytes(StandardCharsets.ISO_8859_1));
            socket.close();
        });
    }

    @Test
    void fiveHundredAtOnceAreAllServed(Servers servers) throws Exception {
        var open = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 500; i++) open.add(new Connection(servers.ours().port()));
            for (Connection each : open) each.send("GET VAR alpha ups.id\n");
            for (Connection each : open) assertThat(each.line()).isEqualTo("VAR alpha ups.id \"rack 1\"\n");
        } finally {
            for (Connection each : open) each.close();
        }
    }

    private static void suffers(Server server, int clients, Attack attack) throws Exception {
        long before = megabytes(server);
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < clients; i++) sockets.add(attacker(server));
            List<CompletableFuture<Void>> attacks = new ArrayList<>();
            for (Socket socket : sockets) attacks.add(strike(attack, socket));
            assertThat(slowest(server)).isLessThan(PATIENCE);
            assertThat(megabytes(server) - before)
                    .as("megabytes more than before")
                    .isLessThan(MEGABYTES);
            for (Socket socket : sockets) socket.close();
            for (CompletableFuture<Void> each : attacks) each.get(10, TimeUnit.SECONDS);
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    private static Socket attacker(Server server) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return socket;
    }

    private static CompletableFuture<Void> strike(Attack attack, Socket socket) {
        var done = new CompletableFuture<Void>();
        var thread = new Thread(() -> {
            try {
                attack.strike(socket);
            } catch (IOException endedByServerOrTest) {
                assertThat(endedByServerOrTest).isNotNull();
            }
            done.complete(null);
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    /** Writes until the socket is closed from either side. */
    private static void repeat(Socket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        while (!socket.isClosed()) socket.getOutputStream().write(bytes);
    }

    /** The longest that a decent client waited for an answer, on one connection and on new ones. */
    private static Duration slowest(Server server) throws IOException {
        long slowest = 0;
        long end = System.nanoTime() + ATTACK.toNanos();
        try (var steady = new Connection(server.port())) {
            while (System.nanoTime() < end) {
                slowest = Math.max(slowest, nanos(steady));
                try (var fresh = new Connection(server.port())) {
                    slowest = Math.max(slowest, nanos(fresh));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        return Duration.ofNanos(slowest);
    }

    private static long nanos(Connection connection) throws IOException {
        long begin = System.nanoTime();
        assertThat(connection.ask("GET VAR alpha ups.id")).isEqualTo("VAR alpha ups.id \"rack 1\"\n");
        return System.nanoTime() - begin;
    }

    private static long megabytes(Server server) throws IOException {
        String status = Files.readString(
                Path.of("/proc", String.valueOf(server.process().pid()), "status"));
        var resident = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
        assertThat(resident.find()).isTrue();
        return Long.parseLong(resident.group(1)) / 1024;
    }
}
