package org.cobnut.link.http.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.http.HttpException;
import org.cobnut.link.http.HttpLink;
import org.cobnut.link.http.HttpParameters;

/** Asks one device for pages. */
final class ClientHttpLink implements HttpLink {
    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;

    private final HttpClient client;
    private final URI base;
    private final HttpParameters parameters;
    private final Consumer<ClientHttpLink> closed;
    private volatile CompletableFuture<?> running = CompletableFuture.completedFuture("");
    private volatile boolean gone;
    private boolean authenticated;

    /** @param closed is told when the link is closed */
    ClientHttpLink(HttpClient client, URI base, HttpParameters parameters, Consumer<ClientHttpLink> closed) {
        this.client = client;
        this.base = base;
        this.parameters = parameters;
        this.closed = closed;
    }

    @Override
    public String get(String page) throws IOException {
        return page(page, request(page).GET());
    }

    @Override
    public String post(String page, String type, String text) throws IOException {
        BodyPublisher body = BodyPublishers.ofString(text, StandardCharsets.UTF_8);
        return page(page, request(page).header("Content-Type", type).POST(body));
    }

    @Override
    public void close() {
        gone = true;
        running.cancel(true);
        closed.accept(this);
    }

    private HttpRequest.Builder request(String page) throws IOException {
        if (!page.startsWith("/") || page.startsWith("//"))
            throw new IOException("'" + page + "' is no page of the device");
        return HttpRequest.newBuilder(base.resolve(page)).timeout(parameters.timeout());
    }

    private String page(String page, HttpRequest.Builder request) throws IOException {
        if (authenticated) authenticate(request);
        HttpResponse<byte[]> response = send(page, request);
        if (response.statusCode() == UNAUTHORIZED
                && !authenticated
                && parameters.login().isPresent()) {
            authenticate(request);
            response = send(page, request);
            authenticated = response.statusCode() == OK;
        }
        if (response.statusCode() != OK) throw new HttpException(page, response.statusCode());
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private void authenticate(HttpRequest.Builder request) {
        String both =
                parameters.login().orElse("") + ":" + parameters.password().orElse("");
        request.setHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<byte[]> send(String page, HttpRequest.Builder request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request.build(), head -> new LimitedBody(page, parameters.limit()));
        running = asked;
        try {
            if (gone) throw new IOException("the link is closed");
            return asked.get(parameters.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            asked.cancel(true);
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new NoAnswerException(new byte[0], parameters.timeout());
        } catch (CancellationException e) {
            throw new IOException("the link is closed", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private IOException failure(ExecutionException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause())
            if (cause instanceof HttpException wrong) return wrong;
        Throwable cause = failed.getCause();
        if (cause instanceof HttpTimeoutException) return new NoAnswerException(new byte[0], parameters.timeout());
        if (cause instanceof ConnectException)
            return new IOException(base + " cannot be reached: is the host right, and does it serve pages?", cause);
        return new IOException(base + " cannot be reached: " + cause, cause);
    }
}
