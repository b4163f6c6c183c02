package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.config.ListenAddress;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.tls.TlsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerTest {
    private final Fixture fixture = new Fixture();
    private final Server server = new Server(
            connection -> new RequestHandler(fixture.service, connection.address(), connection::close),
            TlsProvider.NONE,
            new ConnectionLimiter(() -> fixture.quotas, () -> fixture.limits));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesBothFamiliesOnTheirOwnWildcard() throws IOException {
        int port = freePort();
        server.listen(ListenAddress.all(List.of("* " + port)), false);
        for (String host : List.of("127.0.0.1", "::1"))
            try (var client = new Client(host, port)) {
                assertThat(client.ask("USERNAME mon\nPASSWORD pass\nLOGIN demo"))
                        .isEqualTo("OK");
                assertThat(client.readLine() + client.readLine()).isEqualTo("OKOK");
                assertThat(fixture.registry
                                .find("demo")
                                .orElseThrow()
                                .clients()
                                .get(0)
                                .address())
                        .isEqualTo(host);
            }
    }

    @Test
    void showsIpv6PeersInTheShortForm() throws IOException {
        int port = freePort();
        server.listen(ListenAddress.all(List.of("::1 " + port)), false);
        try (var client = new Client("::1", port)) {
            client.ask("USERNAME mon\nPASSWORD pass\nLOGIN demo");
            client.readLine();
            client.readLine();
            client.ask("LIST CLIENT demo");
            assertThat(client.readLine()).isEqualTo("CLIENT demo ::1");
        }
    }

    @Test
    void aPortInUseIsNamedAndChangesNothing() throws IOException {
        int port = freePort();
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Client("127.0.0.1", port)) {
            assertThatThrownBy(() -> server.listen(
                            ListenAddress.all(List.of("127.0.0.1 " + taken.getLocalPort(), "127.0.0.2 " + freePort())),
                            false))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on 127.0.0.1 port " + taken.getLocalPort() + ": Address already in use");
            assertThat(client.ask("NETVER")).isEqualTo("1.3");
        }
    }

    @Test
    void oneOfSeveralIsEnoughWhenAllowed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
            int port = freePort();
            server.listen(ListenAddress.all(List.of("192.0.2.1 " + taken.getLocalPort(), "127.0.0.1 " + port)), true);
            try (var client = new Client("127.0.0.1", port)) {
                assertThat(client.ask("NETVER")).isEqualTo("1.3");
            }
        }
    }

    @Test
    void newAddressesCloseTheConnectionsOfTheOld() throws IOException {
        int before = freePort();
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + before)), false);
        try (var client = new Client("127.0.0.1", before)) {
            assertThat(client.ask("NETVER")).isEqualTo("1.3");
            int after = freePort();
            server.listen(ListenAddress.all(List.of("127.0.0.1 " + after)), false);
            assertThat(client.readLine()).as("the connection is closed").isNull();
            assertThatThrownBy(() -> new Client("127.0.0.1", before)).isInstanceOf(IOException.class);
            try (var again = new Client("127.0.0.1", after)) {
                assertThat(again.ask("NETVER")).isEqualTo("1.3");
            }
        }
    }

    @Test
    void beyondTheLimitClientsWaitUntilSomebodyLeaves() throws IOException {
        fixture.limits = new Limits(fixture.limits.maxageNanos(), fixture.limits.trackingNanos(), 2, 0);
        int port = freePort();
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
        try (var first = new Client("127.0.0.1", port);
                var second = new Client("127.0.0.1", port);
                var third = new Client("127.0.0.1", port)) {
            assertThat(first.ask("NETVER") + second.ask("NETVER")).isEqualTo("1.31.3");
            third.timeout(200);
            assertThatThrownBy(() -> third.ask("NETVER")).isInstanceOf(SocketTimeoutException.class);
            first.hangUp();
            third.timeout(10_000);
            assertThat(third.readLine()).isEqualTo("1.3");
        }
    }

    @Test
    void whatComesWhileAPasswordIsCheckedIsAnsweredInOrderAndOthersGoOn() throws Exception {
        String hash = org.cobnut.wire.HashedPassword.of("sesame", 200_000).text();
        fixture.users.add(new User("hashed", hash, new String[0], new String[0], "primary"));
        int port = freePort();
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
        try (var client = new Client("127.0.0.1", port);
                var other = new Client("127.0.0.1", port)) {
            client.flood("USERNAME hashed\nPASSWORD sesame\nLOGIN demo\nGET NUMLOGINS demo\nPRIMARY demo\nLOGOUT\n", 1);
            for (int i = 0; i < 100; i++) assertThat(other.ask("NETVER")).isEqualTo("1.3");
            for (String reply : List.of("OK", "OK", "OK", "NUMLOGINS demo 1", "OK PRIMARY-GRANTED", "OK Goodbye"))
                assertThat(client.readLine()).isEqualTo(reply);
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFromAndDelaysNobody() throws Exception {
        int port = freePort();
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
        try (var deaf = new Client("127.0.0.1", port);
                var other = new Client("127.0.0.1", port)) {
            var flood = new Thread(() -> deaf.flood("LIST VAR demo\n".repeat(10_000), 1000), "flood");
            flood.start();
            for (int i = 0; i < 200; i++) assertThat(other.ask("NETVER")).isEqualTo("1.3");
            assertThat(flood.isAlive()).as("its requests are no longer taken").isTrue();
            deaf.hangUp();
            flood.join(10_000);
            assertThat(flood.isAlive()).isFalse();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A plain client with a bound on every wait. */
    private static final class Client implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;

        Client(String host, int port) throws IOException {
            socket.connect(new InetSocketAddress(host, port), 5000);
            socket.setSoTimeout(10_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        String ask(String line) throws IOException {
            socket.getOutputStream().write((line + '\n').getBytes(StandardCharsets.ISO_8859_1));
            return readLine();
        }

        String readLine() throws IOException {
            return in.readLine();
        }

        void timeout(int millis) throws IOException {
            socket.setSoTimeout(millis);
        }

        void flood(String text, int times) {
            try {
                byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                for (int i = 0; i < times; i++) socket.getOutputStream().write(bytes);
            } catch (IOException closed) {
                assertThat(socket.isClosed()).isTrue();
            }
        }

        void hangUp() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void bindsAnAddressOnceThatTwoWordsMean() throws IOException {
        int port = freePort();
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port, "localhost " + port, "127.0.0.1 " + port)), false);
        server.listen(ListenAddress.all(List.of("localhost " + port, "127.0.0.1 " + port)), false);
        try (var client = new Client("127.0.0.1", port)) {
            assertThat(client.ask("USERNAME mon")).isEqualTo("OK");
        }
    }
}
