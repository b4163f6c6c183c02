package org.cobnut.upsd.protocol;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.access.Authentication;
import org.cobnut.access.RequestResult;
import org.cobnut.access.UserAuthenticator;
import org.cobnut.audit.Actor;
import org.cobnut.model.Outcome;
import org.cobnut.upsd.access.Login;
import org.cobnut.upsd.access.LoginThrottle;
import org.cobnut.upsd.access.User;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * Executes requests of users who come by another way than a connection of the server. Each goes through a
 * {@link RequestHandler}, so that every check, limit, log line and audit record is that of a client of the port.
 */
public final class UserRequests implements UserAuthenticator {
    private static final String ERR = "ERR ";
    private static final String TRACKING = "OK TRACKING ";

    private final RequestHandler.Service service;

    /** Requests to this server. */
    public UserRequests(RequestHandler.Service service) {
        this.service = service;
    }

    @Override
    public CompletionStage<Authentication> authenticate(String user, String password, String address) {
        if (!printable(user) || !printable(password))
            return CompletableFuture.completedFuture(new Authentication(Optional.empty(), false));
        InetAddress numeric = NetUtil.createInetAddressFromIpAddressString(address);
        var login = new Login(user, password, numeric == null ? NetUtil.LOCALHOST : numeric, null);
        CompletionStage<Void> checked = service.authenticator().authenticate(login, true);
        return whenDone(checked).thenApply(done -> {
            Optional<User> known = login.authenticatedUser().filter(is -> login.hostAllowed());
            if (known.isEmpty()) logFailure(login, user, address, numeric);
            return new Authentication(
                    known.map(is -> new Known(is, user, () -> handler(user, password, address))), login.unanswered());
        });
    }

    private void logFailure(Login login, String user, String address, @Nullable InetAddress numeric) {
        String why = login.hostAllowed() ? login.refusal() : "refused by hosts.allow and hosts.deny";
        String source = LoginThrottle.source(numeric == null ? NetUtil.LOCALHOST : numeric);
        service.authenticator()
                .failures()
                .tell(new Actor(user, address), source, new Request.Username(user), Optional.empty(), why);
    }

    private RequestHandler handler(String user, String password, String address) {
        var handler = new RequestHandler(service, address, () -> {});
        handler.answer(handler.parse(new Request.Username(user)));
        handler.answer(handler.parse(new Request.Password(password)));
        return handler;
    }

    /** A user who has logged in; each request is that of a new client, which authenticates again. */
    private record Known(User user, String name, Supplier<RequestHandler> client) implements AuthenticatedUser {
        @Override
        public boolean maySet() {
            return user.may(User.Action.SET);
        }

        @Override
        public boolean mayRun(String command) {
            return user.mayRun(command);
        }

        @Override
        public CompletionStage<RequestResult> set(String ups, String variable, String value) {
            if (!printable(value)) return refused(ErrorCode.INVALID_VALUE);
            return execute(client.get(), new Request.SetVar(ups, variable, value));
        }

        @Override
        public CompletionStage<RequestResult> run(String ups, String command, String argument) {
            if (!printable(argument)) return refused(ErrorCode.INVALID_ARGUMENT);
            var given = Optional.of(argument).filter(text -> !text.isEmpty());
            return execute(client.get(), new Request.Instcmd(ups, command, given));
        }

        @Override
        public String toString() {
            return "Known[" + name + "]";
        }
    }

    private static CompletionStage<RequestResult> execute(RequestHandler client, Request request) {
        client.setTracking(client.parse(new Request.SetTracking(true)));
        return whenDone(client.before(client.parse(request)))
                .thenApply(done -> new String(client.answer(client.parse(request)), StandardCharsets.US_ASCII).strip())
                .thenCompose(reply -> result(client, reply));
    }

    private static CompletionStage<RequestResult> result(RequestHandler client, String reply) {
        if (reply.startsWith(ERR))
            return CompletableFuture.completedFuture(new RequestResult(reply.substring(ERR.length()), ""));
        if (!reply.startsWith(TRACKING)) return refused(ErrorCode.ACCESS_DENIED);
        return client.service()
                .tracking()
                .outcome(reply.substring(TRACKING.length()))
                .map(UserRequests::result)
                .orElseGet(() -> refused(ErrorCode.UNKNOWN));
    }

    private static CompletionStage<RequestResult> result(CompletionStage<Outcome> stage) {
        return stage.handle((outcome, failure) ->
                failure == null ? ended(outcome) : new RequestResult(ErrorCode.FAILED.wire(), ""));
    }

    private static RequestResult ended(Outcome outcome) {
        return new RequestResult(
                switch (outcome.code()) {
                    case HANDLED -> "";
                    case UNKNOWN -> ErrorCode.UNKNOWN.wire();
                    case INVALID, CONVERSION_FAILED -> ErrorCode.INVALID_ARGUMENT.wire();
                    case FAILED -> ErrorCode.FAILED.wire();
                },
                outcome.reason());
    }

    private static CompletionStage<RequestResult> refused(ErrorCode error) {
        return CompletableFuture.completedFuture(new RequestResult(error.wire(), ""));
    }

    private static CompletionStage<Void> whenDone(@Nullable CompletionStage<Void> checked) {
        return checked == null ? CompletableFuture.completedFuture(null) : checked;
    }

    /** Whether a word can go over the wire of NUT. */
    private static boolean printable(String word) {
        return word.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
