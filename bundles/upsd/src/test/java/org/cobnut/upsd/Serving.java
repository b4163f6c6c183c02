package org.cobnut.upsd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** The server of a {@link House} with TLS, on a loopback port of its own. */
final class Serving implements AutoCloseable {
    private final Tls tls;
    private final Server server;
    private final int port;

    /** Serves; by BoringSSL, or by Java. */
    Serving(House house, boolean boring, TlsSettings settings) throws IOException {
        tls = new Tls(boring);
        tls.configure(settings);
        server = new Server(
                connection -> new Dialogue(house.service, connection.address(), connection::close),
                tls,
                new ConnectionLimiter(() -> house.quotas, () -> house.limits));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
    }

    int port() {
        return port;
    }

    /** Goes on with other settings. */
    void configure(TlsSettings settings) throws IOException {
        tls.configure(settings);
    }

    @Override
    public void close() {
        server.close();
        tls.close();
    }
}
