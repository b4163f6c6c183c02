package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.testkit.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web pages from other machines: by TLS and a login only, with upsd's certificate as it is at the time. */
class ConsoleTlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    @Test
    void theyListenByTlsOnlyTakeALoginAndUseARenewedCertificate() throws Exception {
        var authority = new CertificateAuthority(Files.createDirectory(directory.resolve("certificates")));
        authority.authority();
        authority.certificate("first", "");
        authority.certificate("second", "");
        int upsd = Distribution.freePort();
        int port = Distribution.freePort();
        var cobnut = new Distribution(directory, Map.of())
                .file("nut.conf", "MODE=standalone\nCOBNUT_WEB_LISTEN=127.0.0.1:" + port + "\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + upsd + "\n")
                .file("demo.dev", "ups.status: OL\n")
                .file("upsd.users", "[guest]\n password = only-a-look\n")
                .file("ups.conf", "[demo]\n driver = dummy-ups\n port = demo.dev\n");
        try (var console = Console.start(cobnut, upsd, "Connected to UPS [demo]")) {
            console.run().awaitLine(line -> line.contains("upsd.conf names no certificate: CERTFILE"));
            Path file = cobnut.conf().resolve("upsd.pem");
            Files.copy(authority.path("first.both"), file);
            cobnut.file("upsd.conf", "LISTEN 127.0.0.1 " + upsd + "\nCERTFILE upsd.pem\n");
            console.run().awaitLine(line -> line.contains("web pages on https://127.0.0.1:" + port));

            String base = "https://127.0.0.1:" + port;
            assertThat(status(client(authority), base + "/api/v1/devices", "")).isEqualTo(401);
            assertThat(status(client(authority), base + "/api/v1/devices", "guest:only-a-look"))
                    .isEqualTo(200);
            assertThat(status(client(authority), base + "/system/console/ups", "guest:only-a-look"))
                    .isEqualTo(401);
            assertThat(status(client(authority), base + "/system/console/ups", "admin:" + console.secret()))
                    .isEqualTo(200);
            assertThat(plain(port)).doesNotContain("200");
            assertThat(subject(client(authority), base)).contains("CN=first");

            Files.move(
                    Files.copy(authority.path("second.both"), cobnut.conf().resolve("next")),
                    file,
                    StandardCopyOption.ATOMIC_MOVE);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!subject(client(authority), base).contains("CN=second")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    /** A client without a session of before, which trusts the authority alone. */
    private static HttpClient client(CertificateAuthority authority) throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(authority.path("ca.pem"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build();
    }

    private static HttpResponse<String> get(HttpClient client, String url, String login) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        if (!login.isEmpty())
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int status(HttpClient client, String url, String login) throws Exception {
        return get(client, url, login).statusCode();
    }

    private static String subject(HttpClient client, String base) throws Exception {
        var session = get(client, base + "/api/ping", "").sslSession().orElseThrow();
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    /** What the port with TLS answers to whoever speaks without. */
    private static String plain(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("GET /ups/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
