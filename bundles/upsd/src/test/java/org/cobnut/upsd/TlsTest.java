package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cobnut.tls.Judged;
import org.cobnut.tls.Material;
import org.cobnut.upsd.TlsSettings.Clients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS over real sockets, by BoringSSL and by Java, with Java's client. */
@Timeout(120)
class TlsTest {
    @TempDir
    static Path directory;

    private static Certificates files;

    private final House house = new House();
    private Tls tls = new Tls();
    private Server server = new Server(c -> null, TlsOffer.NONE, () -> 1, new Crowd(() -> house.quotas));
    private int port;

    @BeforeAll
    static void make() throws Exception {
        files = new Certificates(directory);
        files.own("here", "");
        files.own("other", "");
        files.own("client", "");
        files.own("stranger", "");
    }

    @AfterEach
    void stop() {
        server.close();
        tls.close();
    }

    @ParameterizedTest
    @CsvSource({"true, TLSv1.3", "true, TLSv1.2", "false, TLSv1.3", "false, TLSv1.2"})
    void servesBehindStarttls(boolean boring, String protocol) throws Exception {
        assertThat(OpenSsl.isAvailable()).isTrue();
        serve(boring, files.settings("here.both", "", Clients.NO));
        try (var client = new Client()) {
            assertThat(client.ask("USERNAME mon")).isEqualTo("OK");
            client.secure("", protocol);
            assertThat(client.protocol()).isEqualTo(protocol);
            assertThat(client.ask("STARTTLS")).isEqualTo("ERR ALREADY-SSL-MODE");
            for (int i = 0; i < 3; i++)
                assertThat(client.ask("GET VAR demo ups.status")).isEqualTo("VAR demo ups.status \"OL\"");
            assertThat(client.ask("PASSWORD pass") + client.ask("LOGIN demo")).isEqualTo("OKOK");
            client.send("LIST VAR demo\n".repeat(2000) + "LOGOUT\n");
            assertThat(client.rest())
                    .startsWith("BEGIN LIST VAR demo\nVAR demo battery.charge \"100\"\n")
                    .endsWith("END LIST VAR demo\nOK Goodbye\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingThatCameInClearIsTakenForSecret(boolean boring) throws Exception {
        serve(boring, files.settings("here.both", "", Clients.NO));
        try (var client = new Client()) {
            client.send("USERNAME mon\nSTARTTLS\nPASSWORD pass\nLOGIN demo\nGET NUM");
            assertThat(client.line() + client.line()).isEqualTo("OKOK STARTTLS");
            client.shake("", "TLSv1.3");
            assertThat(client.ask("NETVER")).isEqualTo("1.3");
            assertThat(client.ask("LOGIN demo")).isEqualTo("ERR PASSWORD-REQUIRED");
        }
    }

    @Test
    void textInsteadOfAHandshakeEndsTheConnectionAndNoOther() throws Exception {
        serve(true, files.settings("here.both", "", Clients.NO));
        try (var other = new Client();
                var stalling = new Client();
                var client = new Client()) {
            assertThat(stalling.ask("STARTTLS")).isEqualTo("OK STARTTLS");
            assertThat(client.ask("STARTTLS")).isEqualTo("OK STARTTLS");
            client.send("GET VAR demo ups.status\n");
            assertThat(client.rest()).doesNotContain("VAR");
            other.secure("", "TLSv1.3");
            assertThat(other.ask("NETVER")).isEqualTo("1.3");
            long begin = System.nanoTime();
            assertThat(stalling.rest()).doesNotContain("VAR");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .isLessThan(Connection.IDLE_SECONDS / 2);
            assertThat(other.ask("NETVER")).isEqualTo("1.3");
        }
    }

    @Test
    void withoutACertificateThereIsNoTls() throws Exception {
        serve(true, TlsSettings.NONE);
        try (var client = new Client()) {
            assertThat(client.ask("STARTTLS")).isEqualTo("ERR FEATURE-NOT-CONFIGURED");
            assertThat(client.ask("NETVER")).isEqualTo("1.3");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, NO, '', true",
        "true, NO, stranger, true",
        "true, REQUEST, '', true",
        "true, REQUEST, client, true",
        "true, REQUEST, stranger, false",
        "true, REQUIRE, '', false",
        "true, REQUIRE, client, true",
        "true, REQUIRE, stranger, false",
        "false, REQUEST, '', true",
        "false, REQUEST, stranger, false",
        "false, REQUIRE, '', false",
        "false, REQUIRE, client, true",
    })
    void asksForClientsCertificates(boolean boring, Clients clients, String own, boolean welcome) throws Exception {
        serve(boring, files.settings("here.both", "client.pem", clients));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3"))
            try (var client = new Client()) {
                if (welcome) {
                    client.secure(own, protocol);
                    assertThat(client.ask("NETVER")).isEqualTo("1.3");
                } else
                    assertThatThrownBy(() -> {
                                client.secure(own, protocol);
                                client.ask("NETVER");
                            })
                            .isInstanceOf(IOException.class);
            }
    }

    @Test
    void anotherCertificateIsUsedAtOnceAndABrokenOneNever() throws Exception {
        files.replace("here.both", "live.both");
        serve(true, files.settings("live.both", "", Clients.NO));
        try (var before = new Client()) {
            before.secure("", "TLSv1.3");
            assertThat(before.server()).isEqualTo("CN=here");
            files.replace("other.both", "live.both");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!shown().equals("CN=other")) assertThat(System.nanoTime()).isLessThan(end);
            Files.writeString(directory.resolve("live.both"), "-----BEGIN CERTIFICATE-----\nbroken");
            assertThat(shown()).isEqualTo("CN=other");
            assertThatThrownBy(() -> tls.configure(files.settings("none.both", "", Clients.NO)))
                    .hasMessage(directory.resolve("none.both") + ": no such file");
            assertThat(shown()).isEqualTo("CN=other");
            files.replace("here.both", "live.both");
            while (!shown().equals("CN=here")) assertThat(System.nanoTime()).isLessThan(end);
            assertThat(before.ask("NETVER")).isEqualTo("1.3");
        }
    }

    private String shown() throws Exception {
        try (var client = new Client()) {
            client.secure("", "TLSv1.3");
            return client.server();
        }
    }

    private void serve(boolean boring, TlsSettings settings) throws IOException {
        tls = new Tls(boring);
        tls.configure(settings);
        server = new Server(
                connection -> new Dialogue(house.service, connection.address(), connection::close),
                tls,
                () -> house.limits.connections(),
                new Crowd(() -> house.quotas));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server.listen(ListenAddress.all(List.of("127.0.0.1 " + port)), false);
    }

    /** A client that is plain until {@link #secure}, with a bound on every wait. */
    private final class Client implements AutoCloseable {
        private Socket socket = new Socket("127.0.0.1", port);

        Client() throws IOException {
            socket.setSoTimeout(30_000);
        }

        void secure(String own, String protocol) throws Exception {
            assertThat(ask("STARTTLS")).isEqualTo("OK STARTTLS");
            shake(own, protocol);
        }

        /** With the certificate of that name, or none; whatever the server's is. */
        void shake(String own, String protocol) throws Exception {
            var context = SSLContext.getInstance("TLS");
            KeyManager[] keys = own.isEmpty()
                    ? new KeyManager[0]
                    : Material.load(
                                    files.settings(own + ".both", "", Clients.NO)
                                            .files(),
                                    Judged.SERVERS)
                            .keyManagers();
            context.init(keys, new TrustManager[] {new Anybody()}, null);
            var tlsSocket = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
            tlsSocket.setEnabledProtocols(new String[] {protocol});
            tlsSocket.startHandshake();
            socket = tlsSocket;
        }

        String protocol() {
            return ((SSLSocket) socket).getSession().getProtocol();
        }

        String server() throws IOException {
            var shown = ((SSLSocket) socket).getSession().getPeerCertificates()[0];
            return ((X509Certificate) shown).getSubjectX500Principal().getName();
        }

        String ask(String line) throws IOException {
            send(line + '\n');
            return line();
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Byte by byte, for what follows may be a handshake. */
        String line() throws IOException {
            var line = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) throw new IOException("the connection ended");
                line.append((char) c);
            }
            return line.toString();
        }

        String rest() throws IOException {
            var rest = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(rest);
            return rest.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Trusts every server. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
