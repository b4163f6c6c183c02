package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.server.SmtpSink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An outage that people are told of by mail, by a webhook and by a program, beside a server that hangs. */
class NotifierIT {
    private static final Path FILES = Path.of("src/test/resources/notifier");
    private static final int FINALDELAY = 2;
    private static final int TRIES = 200;

    private final BlockingQueue<String> posts = new LinkedBlockingQueue<>();
    private volatile int status = 200;

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
    }

    @Test
    void peopleAreToldAndNothingWaitsForThem() throws Exception {
        HttpServer hook = hook();
        try (var mail = new SmtpSink();
                var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var house = new House(
                        FILES,
                        Map.of(
                                "SMTP", String.valueOf(mail.port()),
                                "HTTP", String.valueOf(hook.getAddress().getPort()),
                                "SILENT", String.valueOf(silent.getLocalPort())))) {
            assertThat(house.dir.resolve("script").toFile().setExecutable(true)).isTrue();
            Process cobnut = house.start(CobnutServer.program("cobnut"), "run");
            try {
                house.await("GET NUMLOGINS box", "NUMLOGINS box 1\n"::equals);
                anOutageIsTold(house, mail);
                aTestTellsWhatCameOfIt(house, mail);
                anEditCountsAtOnce(house);
                theShutdownWaitsForNobody(house, mail);
                secretsAreShownNowhere(house);
            } finally {
                long begin = System.nanoTime();
                cobnut.destroy();
                assertThat(House.end(cobnut)).as(house.said()).isZero();
                assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(8));
            }
        } finally {
            hook.stop(0);
        }
    }

    /** As under the services: one process serves, another one watches and tells. */
    @Test
    void upsmonAloneTellsAndTakesATest() throws Exception {
        try (var mail = new SmtpSink();
                var house = new House(FILES, Map.of("SMTP", String.valueOf(mail.port()), "HTTP", "9", "SILENT", "9"))) {
            int console = Distribution.freePort();
            Process server = house.start(CobnutServer.program("cobnut"), "run", "--no-upsmon", "--console=" + console);
            Process upsmon = house.start(CobnutServer.program("upsmon"), "-F");
            try {
                house.await("GET NUMLOGINS box", "NUMLOGINS box 1\n"::equals);
                House.Ran test = nutctl(house, "test", "mail");
                assertThat(test.exit()).as(test.errors() + house.said()).isZero();
                awaitMail(house, mail, "TEST");
                assertThat(house.run(CobnutServer.program("nutctl"), "list").out())
                        .contains("box");
                assertThat(planOnThePage(house, console)).contains("box@127.0.0.1:" + house.port, "SHUTDOWNCMD");
                says(house, "OB");
                awaitMail(house, mail, "ONBATT");
            } finally {
                upsmon.destroy();
                assertThat(House.end(upsmon)).as(house.said()).isZero();
                server.destroy();
                House.end(server);
            }
        }
    }

    /** What the page of the server's console has from the upsmon beside it. */
    private static String planOnThePage(House house, int port) throws Exception {
        House.waitFor(() -> !house.text("console.secret.first").isEmpty(), house::said);
        String login = "admin:" + house.text("console.secret.first").strip();
        var plan = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/system/console/ups/api/command".formatted(port)))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString("plan\n"))
                .build();
        HttpResponse<String> answer = null;
        // The page comes last of all.
        for (int i = 0; i < TRIES && (answer == null || answer.statusCode() == HttpURLConnection.HTTP_NOT_FOUND); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            answer = HttpClient.newHttpClient().send(plan, HttpResponse.BodyHandlers.ofString());
        }
        return answer.body();
    }

    private static void anOutageIsTold(House house, SmtpSink mail) throws Exception {
        says(house, "OB");
        assertThat(mail.mails().poll(20, TimeUnit.SECONDS))
                .as(house::said)
                .contains("Subject: ", "UPS box@127.0.0.1:" + house.port + " on battery", "Event:   ONBATT");
        House.waitFor(() -> house.text("told").contains("\n"), house::said);
        assertThat(house.text("told"))
                .isEqualTo("own ONBATT box@127.0.0.1:%1$d: UPS box@127.0.0.1:%1$d on battery\n".formatted(house.port));
        // It has quiet hours all day.
        House.waitFor(() -> nutctl(house, "log").out().contains("not sent: quiet hours"), house::said);
    }

    private void aTestTellsWhatCameOfIt(House house, SmtpSink mail) throws Exception {
        House.Ran one = nutctl(house, "test", "mail");
        assertThat(one.exit()).as(one.errors()).isZero();
        assertThat(one.out()).contains("mail", "delivered");
        assertThat(mail.mails().poll(5, TimeUnit.SECONDS)).contains("Event:   TEST");
        assertThat(nutctl(house, "test", "hook").exit()).isZero();
        assertThat(posts.poll(5, TimeUnit.SECONDS))
                .startsWith("Bearer s3cret-token {\"event\": \"TEST\", \"ups\": null, ");
        status = 403;
        House.Ran refused = nutctl(house, "test", "hook");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.errors()).contains("hook: not delivered: HTTP 403: no room for ********");
        posts.clear();
        status = 200;
        assertThat(nutctl(house, "test", "nobody").errors())
                .contains("there is no target nobody; notify.conf has hook, mail, script, silent");
        assertThat(nutctl(house, "list", "--json").out())
                .contains("\"target\": \"mail\", \"kind\": \"mail\", \"state\": \"ready\"")
                .contains("\"target\": \"hook\", \"kind\": \"webhook\", \"state\": \"failing\"");
    }

    private void anEditCountsAtOnce(House house) throws Exception {
        String before = house.text("notify.conf");
        edit(house, before.replace("to = admin@example.com", "to = admin"));
        House.waitFor(() -> house.said().contains("notify.conf:9: to wants mail addresses, not 'admin'"), house::said);
        assertThat(nutctl(house, "test", "mail").exit()).isZero();
        edit(house, before.replace("quiet = 00:00-24:00", "events = ONLINE FSD"));
        House.waitFor(
                () -> house.said().contains("notify.conf is in force as edited: [hook] events, quiet"), house::said);
        says(house, "OL");
        assertThat(posts.poll(20, TimeUnit.SECONDS))
                .as(house::said)
                .contains("\"event\": \"ONLINE\"", "\"severity\": \"information\"");
    }

    /** One target hangs all the while, with a try that takes a minute. */
    private void theShutdownWaitsForNobody(House house, SmtpSink mail) throws Exception {
        mail.mails().clear();
        says(house, "OB LB");
        House.waitFor(() -> house.text("events").contains("\tFSD\t"), house::said);
        long begin = System.nanoTime();
        House.waitFor(() -> Files.exists(house.dir.resolve("down")), house::said);
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(FINALDELAY + 3));
        awaitMail(house, mail, "SHUTDOWN");
        assertThat(posts.poll(5, TimeUnit.SECONDS)).contains("\"event\": \"FSD\"", "\"severity\": \"critical\"");
        assertThat(nutctl(house, "list").out()).containsPattern("silent +webhook +\\w+ +[1-9]");
    }

    private static void secretsAreShownNowhere(House house) throws IOException {
        House.Ran config = house.run(CobnutServer.program("nutctl"), "config", "cobnut.notify~hook");
        assertThat(config.out()).contains("url.password = ********", "format = json");
        for (String text : new String[] {
            house.said(),
            house.text("notifications"),
            house.text("audit.log"),
            config.out(),
            nutctl(house, "list").out()
        }) assertThat(text).doesNotContain("s3cret");
    }

    private HttpServer hook() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/s3cret-path", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posts.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            byte[] answer = "no room for s3cret-token".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static House.Ran nutctl(House house, String... words) {
        try {
            var command = new ArrayList<>(List.of(CobnutServer.program("nutctl"), "notify"));
            command.addAll(List.of(words));
            return house.run(command.toArray(String[]::new));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void awaitMail(House house, SmtpSink mail, String event) {
        House.waitFor(
                () -> mail.mails().stream().anyMatch(each -> each.contains("Event:   " + event + "\n")), house::said);
    }

    private static void says(House house, String status) throws IOException {
        Files.writeString(house.dir.resolve("box.dev"), "ups.status: " + status + "\n");
    }

    private static void edit(House house, String text) throws IOException {
        Path next = Files.writeString(house.dir.resolve("next"), text);
        Files.move(next, house.dir.resolve("notify.conf"), StandardCopyOption.REPLACE_EXISTING);
    }
}
