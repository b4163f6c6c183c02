package org.cobnut.container;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Started;

/** A distribution that runs with its web console, and how to speak with it over HTTP. */
final class Console implements AutoCloseable {
    /** A password of a NUT user, which no page may tell. */
    static final String PASSWORD = "hush-hush-77";

    /** A password by which a driver logs in elsewhere, which no page may tell either. */
    static final String UPSTREAM = "hush-there-88";

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Distribution cobnut;
    private final Started run;
    private final int port;
    private final int upsdPort;
    private final String secret;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private Console(Distribution cobnut, Started run, int port, int upsdPort) throws IOException {
        this.cobnut = cobnut;
        this.run = run;
        this.port = port;
        this.upsdPort = upsdPort;
        // It goes with its first use.
        secret =
                Files.readString(cobnut.state().resolve("console.secret.first")).strip();
    }

    /** Returns when the console is open. */
    static Console start(Path directory) throws Exception {
        int upsd = Distribution.freePort();
        return start(demo(directory, upsd), upsd, "Connected to UPS [demo]");
    }

    /** Returns when the console of that one is open, and it has said so much. */
    static Console start(Distribution cobnut, int upsd, String last) throws Exception {
        int port = Distribution.freePort();
        var run = cobnut.start("cobnut", "run", "--console=" + port);
        try {
            run.awaitLine(line -> line.contains("web console on http://127.0.0.1:" + port));
            run.awaitLine(line -> line.contains(last));
            return new Console(cobnut, run, port, upsd);
        } catch (InterruptedException | IOException | AssertionError e) {
            run.close();
            throw e;
        }
    }

    /** NUT files with comments in them, one device and one user. */
    static Distribution demo(Path directory, int upsd) throws IOException {
        return new Distribution(directory, Map.of())
                .file("nut.conf", "MODE=standalone\n")
                .file("upsd.conf", "# who may come\nLISTEN 127.0.0.1 " + upsd + "\n")
                .file("demo.dev", "ups.status: OL\nbattery.charge: 97\ndevice.location: <b>here</b> ${appRoot}\n")
                .file("upsd.users", """
                        # who is who
                        [boss]
                            password = %s  # not to be told
                            actions = SET
                        [repeater]
                            password = %s
                            actions = SET
                        """.formatted(PASSWORD, UPSTREAM))
                .file("ups.conf", """
                        # before all
                        [demo]
                            driver = dummy-ups  # which program
                            port = demo.dev
                            desc = "A demonstration"
                            maxretry = 4
                            default.ups.mfr = Nobody
                        [repeated]
                            driver = dummy-ups
                            port = demo@127.0.0.1:%d
                            user = repeater
                            password = %s  # not to be told
                        """.formatted(upsd, UPSTREAM));
    }

    Distribution cobnut() {
        return cobnut;
    }

    Started run() {
        return run;
    }

    int port() {
        return port;
    }

    int upsdPort() {
        return upsdPort;
    }

    Path secretFile() {
        return cobnut.state().resolve("console.secret");
    }

    String secret() {
        return secret;
    }

    /** The text of a file of NUT's as it is now. */
    String file(String name) throws IOException {
        return Files.readString(cobnut.conf().resolve(name));
    }

    /** With the secret in it, for a browser. */
    String url(String page) throws IOException {
        return "http://admin:%s@127.0.0.1:%d/system/console/%s".formatted(secret(), port, page);
    }

    HttpResponse<String> get(String page) throws IOException, InterruptedException {
        return send(request(page, "admin", secret()).GET());
    }

    HttpResponse<String> get(String page, String user, String password) throws IOException, InterruptedException {
        return send(request(page, user, password).GET());
    }

    /** Sends a form as the console's own pages do. */
    HttpResponse<String> post(String page, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        var body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        var request = request(page, "admin", secret())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** The head of the answer to a request of any method for any path. */
    String raw(String method, String path, boolean loggedIn) throws IOException {
        var pair = Base64.getEncoder().encodeToString(("admin:" + secret).getBytes(StandardCharsets.UTF_8));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var request = "%s /%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sConnection: close\r\n\r\n"
                    .formatted(method, path, port, loggedIn ? "Authorization: Basic " + pair + "\r\n" : "");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf("\r\n\r\n"));
        }
    }

    @Override
    public void close() {
        run.close();
    }

    /** The header Authorization of the administrator. */
    String basic() {
        return basic("admin", secret);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String page, String user, String password) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/system/console/%s".formatted(port, page)))
                .timeout(PATIENCE)
                .header("Authorization", basic(user, password));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
