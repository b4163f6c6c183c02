package org.cobnut.notify.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Sender;
import org.cobnut.notify.TargetSettings;
import org.jspecify.annotations.Nullable;

/**
 * Sends a message in one request, by the older of the JDK's clients: it needs no thread of its own, which would outlive
 * this bundle. A redirection is a refusal, because a POST that is redirected is mostly lost.
 */
final class WebhookSender implements Sender {
    private static final int MOST_TEXT = 2048;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final URI address;
    private final Format format;
    private final int timeout;
    private final Map<String, String> login = new HashMap<>();
    private final Optional<SSLSocketFactory> sockets;
    private volatile @Nullable HttpURLConnection connection;

    WebhookSender(URI address, Format format, TargetSettings settings) {
        this.address = address;
        this.format = format;
        timeout = (int) settings.timeout().toMillis();
        sockets = "https".equalsIgnoreCase(address.getScheme())
                ? Optional.of(settings.tls().getSocketFactory())
                : Optional.empty();
        settings.text("token").ifPresent(token -> login.putAll(format.login(token)));
        settings.text("user").ifPresent(user -> {
            String pair = user + ":" + settings.text("password").orElse("");
            String hidden = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            login.put("Authorization", "Basic " + hidden);
        });
    }

    @Override
    public void send(Message message) throws IOException {
        HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection();
        connection = request;
        try {
            byte[] body = format.body(message).getBytes(StandardCharsets.UTF_8);
            if (request instanceof HttpsURLConnection secure) sockets.ifPresent(secure::setSSLSocketFactory);
            request.setConnectTimeout(timeout);
            request.setReadTimeout(timeout);
            request.setInstanceFollowRedirects(false);
            request.setRequestMethod("POST");
            request.setDoOutput(true);
            request.setUseCaches(false);
            // Sent as it stands, once: the client repeats no request by itself then.
            request.setFixedLengthStreamingMode(body.length);
            request.setRequestProperty("Content-Type", format.type());
            request.setRequestProperty("User-Agent", "Cobnut");
            request.setRequestProperty("Connection", "close");
            format.headers(message).forEach(request::setRequestProperty);
            login.forEach(request::setRequestProperty);
            try (OutputStream out = request.getOutputStream()) {
                out.write(body);
            }
            judge(request);
        } finally {
            request.disconnect();
            connection = null;
        }
    }

    private static void judge(HttpURLConnection request) throws IOException {
        int code = request.getResponseCode();
        if (code < 0) throw new IOException("it answers, but not in HTTP");
        if (code / 100 == 2) return;
        if (code / 100 == 3)
            throw new DeliveryRefusedException(
                    "HTTP %d: it is at another address; url must name that one".formatted(code));
        String reason = "HTTP %d: %s".formatted(code, text(request));
        boolean passing = code >= SERVER_ERROR || code == REQUEST_TIMEOUT || code == TOO_EARLY || code == TOO_MANY;
        if (passing) throw new IOException(reason);
        throw new DeliveryRefusedException(reason);
    }

    /** What the peer says about it: its page, or the phrase of its status. */
    private static String text(HttpURLConnection request) throws IOException {
        String phrase = Optional.ofNullable(request.getResponseMessage()).orElse("no reason is given");
        try (InputStream in = request.getErrorStream()) {
            if (in == null) return phrase;
            String page = new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8)
                    .replaceAll("(?s)<[^>]*>", " ")
                    .replaceAll("[\\p{Cntrl}\\s]+", " ")
                    .strip();
            return page.isEmpty() ? phrase : page;
        } catch (IOException cut) {
            return phrase;
        }
    }

    @Override
    public void close() {
        HttpURLConnection running = connection;
        if (running != null) running.disconnect();
    }
}
