package org.cobnut.link.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.http.HttpException;
import org.cobnut.link.http.HttpLink;
import org.cobnut.link.http.HttpParameters;
import org.cobnut.link.record.Recording;
import org.cobnut.link.record.Transcript;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HttpLinksTest {
    private final HttpLinks links = new HttpLinks();
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(run -> {
            var thread = new Thread(run);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/page", exchange -> answer(exchange, 200, "text \u00e9"));
        server.createContext(
                "/echo",
                exchange -> answer(
                        exchange,
                        200,
                        exchange.getRequestHeaders().getFirst("Content-Type") + " "
                                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        server.createContext("/secret", exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(String.valueOf(given));
            answer(exchange, "Basic YWRtaW46aHVzaA==".equals(given) ? 200 : 401, "open");
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://192.0.2.1/");
            answer(exchange, 302, "");
        });
        server.createContext("/silent", exchange -> await());
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var body = exchange.getResponseBody();
            while (ended.getCount() > 0) body.write(new byte[1 << 16]);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        links.stop();
    }

    private void await() {
        try {
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private HttpLink open(HttpParameters parameters) throws IOException {
        String port = "http://127.0.0.1:" + server.getAddress().getPort();
        return TestRequest.of(HttpLink.class, port, parameters).open(links);
    }

    @Test
    void asksForPagesAndSendsText() throws IOException {
        HttpLink link = open(HttpParameters.USUAL);
        assertThat(link.get("/page")).isEqualTo("text \u00e9");
        assertThat(link.post("/echo", "text/xml", "<a/>")).isEqualTo("text/xml <a/>");
    }

    @Test
    void tellsAPageThatIsNot() throws IOException {
        HttpLink link = open(HttpParameters.USUAL);
        assertThatExceptionOfType(HttpException.class)
                .isThrownBy(() -> link.get("/none"))
                .withMessage("/none: the device has no such page (status 404)");
        assertThat(link.get("/page")).startsWith("text");
    }

    @Test
    void givesItsLoginOnlyWhenItIsAskedForIt() throws IOException {
        HttpLink link = open(HttpParameters.USUAL.login("admin", "hush"));
        assertThat(link.get("/secret")).isEqualTo("open");
        assertThat(link.get("/secret")).isEqualTo("open");
        assertThat(authorizations).containsExactly("null", "Basic YWRtaW46aHVzaA==", "Basic YWRtaW46aHVzaA==");

        HttpLink wrong = open(HttpParameters.USUAL.login("admin", "wrong"));
        assertThatExceptionOfType(HttpException.class)
                .isThrownBy(() -> wrong.get("/secret"))
                .withMessageContaining("another login or password")
                .withMessageNotContaining("wrong");
        assertThat(HttpParameters.USUAL.login("admin", "hush")).asString().doesNotContain("hush");
    }

    @Test
    void followsNoWayToAnotherHost() throws IOException {
        HttpLink link = open(HttpParameters.USUAL);
        assertThatExceptionOfType(HttpException.class)
                .isThrownBy(() -> link.get("/elsewhere"))
                .matches(moved -> moved.status() == 302);
        assertThatIOException().isThrownBy(() -> link.get("//192.0.2.1/page"));
        assertThatIOException().isThrownBy(() -> link.get("http://192.0.2.1/page"));
    }

    @Test
    void takesNoMoreThanItsLimit() throws IOException {
        HttpLink link = open(HttpParameters.USUAL.limit(100_000));
        assertThatExceptionOfType(HttpException.class)
                .isThrownBy(() -> link.get("/endless"))
                .withMessage("/endless: the page has more than 100000 bytes");
    }

    @Test
    void givesUpInTimeAndGoesOn() throws IOException {
        HttpLink link = open(HttpParameters.USUAL.timeout(Duration.ofMillis(300)));
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.get("/silent"));
        assertThat(link.get("/page")).startsWith("text");
    }

    @Test
    void endsAWaitWhenItIsInterruptedOrClosed() throws Exception {
        HttpLink link = open(HttpParameters.USUAL.timeout(Duration.ofSeconds(15)));
        var interrupted = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> interrupted.complete(Assertions.catchThrowable(() -> link.get("/silent"))));
        thread.start();
        thread.interrupt();
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);

        var closed = CompletableFuture.supplyAsync(() -> Assertions.catchThrowable(() -> link.get("/silent")));
        link.close();
        link.close();
        assertThat(closed.get(5, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThatIOException().isThrownBy(() -> link.get("/page"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http://a b", "http://user:hush@card", "card"})
    void refusesAPortThatIsNoAddress(String port) {
        assertThatIOException()
                .isThrownBy(() -> TestRequest.of(HttpLink.class, port).open(links))
                .withMessageContaining("is no address of a device")
                .withMessageNotContaining("hush");
    }

    @Test
    void saysThatAHostCannotBeReached() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);
        HttpLink link =
                TestRequest.of(HttpLink.class, "http://127.0.0.1:" + port).open(links);
        assertThatIOException()
                .isThrownBy(() -> link.get("/page"))
                .withMessageContaining("http://127.0.0.1:" + port + " cannot be reached");
    }

    @Test
    void playsWhatItRecorded() throws IOException {
        var lines = new ArrayList<String>();
        var recording = new Recording() {
            @Override
            public void sent(String text) {
                lines.add("> " + Transcript.escape(text));
            }

            @Override
            public void received(String text) {
                lines.add("< " + Transcript.escape(text));
            }

            @Override
            public void state(String name, String value) {
                throw new AssertionError(name);
            }

            @Override
            public void failed(String reason) {
                lines.add("! " + reason);
            }
        };
        HttpLink recorded = new HttpRecorder().record(HttpLink.class, open(HttpParameters.USUAL), recording);
        recorded.get("/page");
        recorded.post("/echo", "text/xml", "<a/>");
        assertThatIOException().isThrownBy(() -> recorded.get("/none"));
        assertThat(lines).contains("> GET /page", "> POST /echo <a/>", "> GET /none", "< 404");

        HttpLink played = new HttpRecorder()
                .replay(HttpLink.class, Transcript.of(String.join("\n", lines)).conversation());
        assertThat(played.get("/page")).isEqualTo("text \u00e9");
        assertThat(played.post("/echo", "text/xml", "<a/>")).isEqualTo("text/xml <a/>");
        assertThatExceptionOfType(HttpException.class)
                .isThrownBy(() -> played.get("/none"))
                .matches(missing -> missing.status() == 404);
    }
}
