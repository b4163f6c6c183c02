package org.cobnut.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Sender;
import org.cobnut.notify.Severity;
import org.cobnut.notify.TargetSettings;
import org.cobnut.testkit.CertificateAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over real sockets. */
@Timeout(30)
class WebhookNotifierTest {
    private static final Message ONBATT = Message.of(
            Severity.WARNING,
            "ONBATT",
            "rack1@localhost",
            "UPS <rack1@localhost> \"on\" battery & @everyone",
            Instant.parse("2026-01-31T02:03:04Z"),
            "nas");

    @TempDir
    private Path directory;

    private final BlockingQueue<String> bodies = new ArrayBlockingQueue<>(10);
    private final BlockingQueue<HttpExchange> requests = new ArrayBlockingQueue<>(10);
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile int status = 204;
    private volatile String answer = "";

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) each.close();
    }

    @Test
    void eachServiceGetsItsOwnForm() throws Exception {
        String url = server();
        sender("format", "slack", "url", url + "/hook").send(ONBATT);
        assertThat(bodies.take())
                .isEqualTo(
                        "{\"text\": \"\\u26a0 nas: UPS &lt;rack1@localhost&gt; \\\"on\\\" battery &amp; @everyone\"}");
        sender("format", "discord", "url", url + "/hook").send(ONBATT);
        assertThat(bodies.take())
                .isEqualTo("{\"content\": \"\\u26a0 nas: UPS <rack1@localhost> \\\"on\\\" battery & @everyone\","
                        + " \"allowed_mentions\": {\"parse\": []}}");
        sender("format", "json", "url", url + "/hook", "token", "abc").send(ONBATT);
        assertThat(bodies.take())
                .isEqualTo("{\"event\": \"ONBATT\", \"ups\": \"rack1@localhost\","
                        + " \"text\": \"UPS <rack1@localhost> \\\"on\\\" battery & @everyone\", \"severity\": \"warning\","
                        + " \"time\": \"2026-01-31T02:03:04Z\", \"host\": \"nas\"}");
        for (int i = 0; i < 2; i++) assertThat(requests.take().getRequestURI()).hasToString("/hook");
        assertThat(header("Authorization")).isEqualTo("Bearer abc");
    }

    @Test
    void ntfyGetsItsHeaders() throws Exception {
        sender("format", "ntfy", "url", server() + "/topic", "user", "me", "password", "secret")
                .send(ONBATT);
        assertThat(bodies.take()).isEqualTo(ONBATT.text());
        HttpExchange request = requests.take();
        assertThat(request.getRequestMethod() + " " + request.getRequestURI()).isEqualTo("POST /topic");
        assertThat(request.getRequestHeaders().getFirst("Title")).isEqualTo("ONBATT nas");
        assertThat(request.getRequestHeaders().getFirst("Priority")).isEqualTo("4");
        assertThat(request.getRequestHeaders().getFirst("Authorization")).isEqualTo("Basic bWU6c2VjcmV0");
    }

    @Test
    void gotifyGetsItsKeyAtItsPlace() throws Exception {
        String url = server();
        for (String place : List.of("", "/", "/push", "/push/", "/push/message")) {
            sender("format", "gotify", "url", url + place, "token", "abc").send(ONBATT);
            HttpExchange request = requests.take();
            assertThat(request.getRequestURI()).hasToString(place.startsWith("/push") ? "/push/message" : "/message");
            assertThat(request.getRequestHeaders().getFirst("X-Gotify-Key")).isEqualTo("abc");
            assertThat(bodies.take()).contains("\"priority\": 6");
        }
    }

    @Test
    void whatIsRefusedIsToldInTheWordsOfThePeer() throws Exception {
        Sender sender = sender("format", "json", "url", server());
        answer = "{\"error\": \"invalid token\"}";
        for (int code : List.of(400, 401, 404, 301)) {
            status = code;
            assertThatThrownBy(() -> sender.send(ONBATT))
                    .isInstanceOf(DeliveryRefusedException.class)
                    .hasMessageStartingWith("HTTP " + code + ": ")
                    .hasMessageContaining(
                            code == 301 ? "url must name that one" : code == 401 ? "Unauthorized" : "invalid token");
        }
        for (int code : List.of(500, 503, 429)) {
            status = code;
            assertThatThrownBy(() -> sender.send(ONBATT))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("HTTP " + code + ": {\"error\": \"invalid token\"}");
        }
    }

    @Test
    void aServerThatIsSilentOrGoneIsAFailureForNow() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            Sender sender = sender("format", "json", "url", url, "timeout", "1");
            assertThatThrownBy(() -> sender.send(ONBATT)).isInstanceOf(java.net.SocketTimeoutException.class);
            // One request was sent, and not repeated by the client itself.
            silent.setSoTimeout(1);
            silent.accept().close();
            assertThatThrownBy(silent::accept).isInstanceOf(java.net.SocketTimeoutException.class);
            silent.close();
            assertThatThrownBy(() -> sender.send(ONBATT))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(DeliveryRefusedException.class);
        }
    }

    @Test
    void aRequestUnderWayEndsWhenTheSenderIsClosed() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Sender sender = sender("format", "json", "url", "http://127.0.0.1:" + silent.getLocalPort() + "/");
            var sending = CompletableFuture.runAsync(() -> {
                try {
                    sender.send(ONBATT);
                } catch (IOException | InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
            });
            try (var peer = silent.accept()) {
                assertThat(peer.getInputStream().readNBytes(200)).hasSize(200);
                long begin = System.nanoTime();
                sender.close();
                assertThatThrownBy(() -> sending.get(5, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
                assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(2));
            }
        }
    }

    @Test
    void theCertificateOfTheServerIsVerified() throws Exception {
        var authority = new CertificateAuthority(directory);
        authority.selfSigned("hook", "-addext subjectAltName=IP:127.0.0.1");
        authority.selfSigned("other", "-addext subjectAltName=DNS:other.example");
        String url = secure("hook");
        assertThatThrownBy(() -> sender("format", "json", "url", url).send(ONBATT))
                .isInstanceOf(javax.net.ssl.SSLHandshakeException.class);
        sender("format", "json", "url", url, "cafile", "hook.pem").send(ONBATT);
        assertThat(bodies.take()).contains("ONBATT");
        // Of an authority that is trusted, but of another host.
        String wrong = secure("other");
        assertThatThrownBy(() -> sender("format", "json", "url", wrong, "cafile", "other.pem")
                        .send(ONBATT))
                .isInstanceOf(javax.net.ssl.SSLException.class);
        assertThat(bodies).isEmpty();
        Files.writeString(directory.resolve("empty.pem"), "");
        assertThatThrownBy(() -> sender("format", "json", "url", url, "cafile", "empty.pem"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cafile");
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        for (List<String> wrong : List.of(
                List.of("format", "teams", "url", "https://x/"),
                List.of("format", "json"),
                List.of("format", "json", "url", "ftp://x/"),
                List.of("format", "json", "url", "https:///path"),
                List.of("format", "json", "url", "https://me:secret@x/"),
                List.of("format", "json", "url", "https://x/", "password", "secret"),
                List.of("format", "json", "url", "not an address: secret")))
            assertThatThrownBy(() -> sender(wrong.toArray(String[]::new)))
                    .as("%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("secret");
    }

    private String header(String name) throws InterruptedException {
        return requests.take().getRequestHeaders().getFirst(name);
    }

    private String server() throws IOException {
        return "http://127.0.0.1:" + serve(HttpServer.create(address(), 10));
    }

    private String secure(String name) throws Exception {
        var authority = new CertificateAuthority(directory);
        authority.run(
                "openssl pkcs12 -export -in %1$s.pem -inkey %1$s.key -out %1$s.p12 -passout pass:x".formatted(name));
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(authority.path(name + ".p12"))), "x".toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "x".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(address(), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return "https://127.0.0.1:" + serve(server);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private int serve(HttpServer server) {
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(exchange);
            byte[] text = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private Sender sender(String... pairs) {
        var values = new HashMap<String, List<String>>();
        for (int i = 0; i < pairs.length; i += 2) values.put(pairs[i], List.of(pairs[i + 1]));
        return new WebhookNotifier()
                .open(TargetSettings.of("hook", values, Set.of("url", "token", "password"), directory));
    }
}
