package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.config.ListenAddress;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.tls.TlsProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of several event loops that come and leave at the limit never leave the gates shut behind them. */
@Timeout(120)
class MaxconnRaceTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 400;

    private final Fixture fixture = new Fixture();

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void theLastThatLeavesOpensTheGates(int loops) throws Exception {
        fixture.limits = new Limits(fixture.limits.maxageNanos(), fixture.limits.trackingNanos(), 2, 0);
        var server = new Server(
                connection -> new RequestHandler(fixture.service, connection.address(), connection::close),
                TlsProvider.NONE,
                new ConnectionLimiter(() -> fixture.quotas, () -> fixture.limits),
                MemoryLimiter.ofThisProcess(),
                loops);
        try (server) {
            int port;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
            List<String> lost = new ArrayList<>();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                var client = new Thread(() -> comeAndGo(port, lost));
                clients.add(client);
                client.start();
            }
            for (Thread client : clients) client.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(lost).isEmpty();
        }
    }

    private static void comeAndGo(int port, List<String> lost) {
        for (int i = 0; i < ROUNDS; i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write("NETVER\n".getBytes(StandardCharsets.ISO_8859_1));
                if (socket.getInputStream().read() >= 0) continue;
                throw new SocketTimeoutException("closed without an answer");
            } catch (IOException nobodyAnswers) {
                synchronized (lost) {
                    lost.add(nobodyAnswers.toString());
                }
                return;
            }
        }
    }
}
