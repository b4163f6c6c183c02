package org.cobnut.upsd.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.cobnut.upsd.config.ListenAddress;
import org.cobnut.upsd.net.ConnectionLimiter;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.net.Server;
import org.cobnut.upsd.protocol.RequestHandler;

/** The server of a {@link Fixture} with TLS, on a loopback port of its own. */
public final class TlsTestServer implements AutoCloseable {
    private final Tls tls;
    private final Server server;
    private final int port;

    /** Serves; by BoringSSL, or by Java. */
    public TlsTestServer(Fixture fixture, boolean boring, TlsSettings settings) throws IOException {
        tls = new Tls(boring);
        tls.configure(settings);
        server = new Server(
                connection -> new RequestHandler(fixture.service, connection.address(), connection::close),
                tls,
                new ConnectionLimiter(() -> fixture.quotas, () -> fixture.limits));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
    }

    public int port() {
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
