package org.cobnut.web.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.web.device.Access;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that {@link Access} allows; no thread waits for a password or a device. */
@SuppressWarnings("serial") // a servlet is never serialized
public abstract class GuardedServlet extends HttpServlet {
    /** Sent by our own page, which asks for the password itself: the browser shall not. */
    public static final String PAGE_HEADER = "Cobnut-Page";

    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(GuardedServlet.class);
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int TOO_MANY_REQUESTS = 429;

    private final transient Access access;

    protected GuardedServlet(Access access) {
        this.access = access;
    }

    /** Answers a GET; the user is there when the request had a login. Must not block. */
    protected abstract CompletionStage<Reply> get(HttpServletRequest request, Optional<AuthenticatedUser> user);

    /** Answers a POST of a user with this text as its body. Must not block. */
    protected CompletionStage<Reply> post(HttpServletRequest request, AuthenticatedUser user, String body) {
        return CompletableFuture.completedFuture(Reply.error(
                HttpServletResponse.SC_METHOD_NOT_ALLOWED, "METHOD-NOT-ALLOWED", "only GET is answered here"));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                request,
                response,
                access.judge(request, false)
                        .thenCompose(decision -> decision.verdict() == Access.Verdict.ALLOWED
                                ? get(request, decision.user())
                                : refused(decision.verdict())));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> body = RequestBody.of(request);
        if (body.isEmpty()) {
            Reply.error(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "TOO-LONG", "the body is too long")
                    .send(response);
            return;
        }
        answer(request, response, access.judge(request, true).thenCompose(decision -> decision.user()
                .map(user -> post(request, user, body.get()))
                .orElseGet(() -> refused(decision.verdict()))));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, CompletionStage<Reply> stage)
            throws IOException {
        CompletableFuture<Reply> reply =
                stage.exceptionally(GuardedServlet::failed).toCompletableFuture();
        if (reply.isDone()) {
            send(request, response, reply.join());
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(PATIENCE_MILLIS);
        reply.thenAccept(ready -> async.start(() -> {
            try {
                send(request, response, ready);
                async.complete();
            } catch (IOException | IllegalStateException gone) {
                log.debug("a client of the web interface has gone: {}", ErrorText.of(gone));
            }
        }));
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, Reply reply) throws IOException {
        challenge(request, response, reply.status());
        String seen = request.getHeader("If-None-Match");
        if (seen != null && reply.status() == HttpServletResponse.SC_OK) {
            String tag = reply.tag();
            response.setHeader("ETag", tag);
            if (tag.equals(seen)) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
        }
        reply.send(response);
    }

    /** Adds what the status of a refused login demands. */
    public static void challenge(HttpServletRequest request, HttpServletResponse response, int status) {
        if (status == TOO_MANY_REQUESTS) response.setHeader("Retry-After", "60");
        if (status == HttpServletResponse.SC_UNAUTHORIZED)
            response.setHeader(
                    "WWW-Authenticate",
                    request.getHeader(PAGE_HEADER) == null
                            ? "Basic realm=\"Cobnut\", charset=\"UTF-8\""
                            : "Cobnut realm=\"Cobnut\"");
    }

    private static Reply failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        log.error("A request to the web interface failed: {}", ErrorText.of(cause), cause);
        return Reply.error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "FAILED", "the log says why");
    }

    private static CompletionStage<Reply> refused(Access.Verdict verdict) {
        return CompletableFuture.completedFuture(refusal(verdict));
    }

    /** The answer to a request that is not allowed. */
    public static Reply refusal(Access.Verdict verdict) {
        return switch (verdict) {
            case FOREIGN ->
                Reply.error(
                        HttpServletResponse.SC_FORBIDDEN,
                        "ACCESS-DENIED",
                        "the request names another machine, or another site's page sent it");
            case TOO_MANY_ATTEMPTS ->
                Reply.error(TOO_MANY_REQUESTS, "ACCESS-DENIED", "too many wrong passwords; try again in a minute");
            case LOGIN_FAILED ->
                Reply.error(HttpServletResponse.SC_UNAUTHORIZED, "ACCESS-DENIED", "wrong user name or password");
            case LOGIN_REQUIRED, ALLOWED ->
                Reply.error(
                        HttpServletResponse.SC_UNAUTHORIZED,
                        "USERNAME-REQUIRED",
                        "this takes the name and the password of a user of upsd.users");
        };
    }
}
