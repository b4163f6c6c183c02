package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.config.ListenAddress;
import org.cobnut.upsd.config.Quotas;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.tls.TlsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loopback has many addresses: each of 127.0.0.0/8 is another client to the server. */
@Timeout(60)
class ConnectionLimiterTest {
    private final Fixture fixture = new Fixture();
    private final ConnectionLimiter limiter = new ConnectionLimiter(() -> fixture.quotas, () -> fixture.limits);
    private final Server server = new Server(
            connection -> new RequestHandler(fixture.service, connection.address(), connection::close),
            TlsProvider.NONE,
            limiter);
    private final List<Socket> open = new ArrayList<>();
    private int port;

    @BeforeEach
    void start() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) socket.close();
        server.close();
    }

    @Test
    void oneAddressCannotTakeTheRoomOfAnother() throws IOException {
        fixture.quotas = new Quotas(5, 5, 60_000, 0, false);
        for (int i = 0; i < 20; i++) connect("127.0.0.2");
        assertThat(ask(connect("127.0.0.3"), "NETVER")).isEqualTo("1.3");
    }

    @Test
    void withoutDescriptorsTheOnlyConnectionOfAnAddressIsSpared() throws IOException {
        for (int i = 0; i < 5; i++) connect("127.0.0.2");
        Socket monitor = connect("127.0.0.3");
        assertThat(ask(connect("127.0.0.2"), "NETVER"))
                .as("all before it are accepted")
                .isEqualTo("1.3");
        limiter.shed(8);
        assertThat(ask(monitor, "NETVER")).isEqualTo("1.3");
    }

    @Test
    void beyondItsShareAnAddressIsTurnedAway() throws IOException {
        fixture.quotas = new Quotas(2, 100, 60_000, 0, false);
        for (int i = 0; i < 2; i++)
            assertThat(ask(connect("127.0.0.2"), "NETVER")).isEqualTo("1.3");
        assertThat(ask(connect("127.0.0.2"), "NETVER")).as("closed").isEmpty();
        open.get(0).close();
        assertThat(ask(retry("127.0.0.2"), "NETVER")).isEqualTo("1.3");
    }

    @Test
    void strangersDriveOutTheOldestThatSaidNothingAndNobodyWhoLoggedIn() throws IOException {
        fixture.quotas = new Quotas(100, 3, 60_000, 0, false);
        Socket monitor = connect("127.0.0.2");
        ask(monitor, "USERNAME mon");
        ask(monitor, "PASSWORD pass");
        assertThat(ask(monitor, "LOGIN demo")).isEqualTo("OK");
        Socket reader = connect("127.0.0.2");
        assertThat(ask(reader, "NETVER")).isEqualTo("1.3");
        for (int i = 0; i < 20; i++) connect("127.0.0.2");
        Socket last = connect("127.0.0.2");
        assertThat(ask(last, "NETVER")).isEqualTo("1.3");
        assertThat(ask(reader, "NETVER")).isEqualTo("1.3");
        assertThat(ask(monitor, "GET NUMLOGINS demo")).isEqualTo("NUMLOGINS demo 1");
    }

    @Test
    void whoSaysNothingIsClosedAndWhoSpokeIsNot() throws IOException {
        fixture.quotas = new Quotas(100, 100, 500, 0, false);
        Socket talker = connect("127.0.0.2");
        assertThat(ask(talker, "NETVER")).isEqualTo("1.3");
        Socket silent = connect("127.0.0.2");
        silent.getOutputStream().write('N');
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
        assertThat(ask(talker, "NETVER")).isEqualTo("1.3");
    }

    @Test
    void whenTheServerHasNoRoomTheAddressWithMostStrangersMakesSome() throws IOException {
        fixture.quotas = new Quotas(100, 100, 60_000, 0, false);
        fixture.limits = new Limits(fixture.limits.maxageNanos(), fixture.limits.trackingNanos(), 40, 10);
        Socket monitor = connect("127.0.0.9");
        assertThat(ask(monitor, "NETVER")).isEqualTo("1.3");
        for (int i = 0; i < 200; i++) connect(i % 2 == 0 ? "127.0.0.2" : "127.0.0.3");
        assertThat(ask(connect("127.0.0.4"), "NETVER")).as("a new address").isEqualTo("1.3");
        assertThat(ask(connect("127.0.0.2"), "NETVER"))
                .as("theirs, if it speaks")
                .isEqualTo("1.3");
        assertThat(ask(monitor, "NETVER")).as("who was there").isEqualTo("1.3");
        assertThat(server.connections()).isLessThanOrEqualTo(40);
    }

    @Test
    void silenceOfAShortTimeIsForWhoNeverAskedOnly() throws IOException {
        fixture.quotas = new Quotas(100, 100, 300, 0, false);
        Socket talker = connect("127.0.0.2");
        assertThat(ask(talker, "NETVER")).isEqualTo("1.3");
        assertThat(connect("127.0.0.2").getInputStream().read()).isEqualTo(-1);
        assertThat(ask(talker, "NETVER")).isEqualTo("1.3");
    }

    /** A connection that was counted out may still be counted for a moment after it went. */
    private Socket retry(String from) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            Socket socket = connect(from);
            if (!ask(socket, "NETVER").isEmpty() || System.nanoTime() > end) return socket;
        }
    }

    private Socket connect(String from) throws IOException {
        var socket = new Socket();
        open.add(socket);
        socket.setSoTimeout(30_000);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return socket;
    }

    private static String ask(Socket socket, String line) {
        try {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            String reply = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return reply == null ? "" : reply;
        } catch (IOException reset) {
            return "";
        }
    }
}
