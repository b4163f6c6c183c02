package org.cobnut.upsd.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.upsd.access.Authenticator;
import org.cobnut.upsd.access.LogText;
import org.cobnut.upsd.access.Login;
import org.cobnut.upsd.access.LoginThrottle;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.protocol.Command.Need;
import org.cobnut.upsd.registry.Ups;
import org.cobnut.upsd.registry.UpsRegistry;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;
import org.cobnut.wire.Version;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one client, and keeps what the client has said: its name, its password and its login. Knows no
 * socket. The event loop of the connection calls it, and no other thread except where a method says so.
 */
public final class RequestHandler implements PrivilegedCommands.Requester, Ups.Client {
    static final String BANNER = "Network UPS Tools upsd " + Version.NUT_LEVEL
            + " - https://www.networkupstools.org/ - Cobnut " + Version.OWN;

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
    private static final byte[] OK = Queries.line(new Reply.Ok(""));

    private final Service service;
    private final String address;
    private final Runnable close;
    private final InetAddress peer;
    private final boolean remote;
    private String user = "";
    private String password = "";
    private @Nullable Login login;
    private boolean userGiven;
    private boolean passwordGiven;
    private boolean tracking;
    private boolean over;
    private volatile boolean ended;
    private boolean encrypted;
    private @Nullable X509Certificate certificate;
    private Optional<Ups> loggedInto = Optional.empty();

    /** What the handlers of all clients share. */
    public record Service(
            UpsRegistry registry,
            Queries queries,
            PrivilegedCommands commands,
            Tracking tracking,
            Supplier<Limits> limits,
            Authenticator authenticator) {}

    /**
     * A handler for a client that has said nothing yet.
     *
     * @param address the peer's numeric address
     * @param close ends the connection, from any thread
     */
    public RequestHandler(Service service, String address, Runnable close) {
        this.service = service;
        this.address = address;
        this.close = close;
        InetAddress numeric = NetUtil.createInetAddressFromIpAddressString(address);
        this.peer = numeric == null ? NetUtil.LOCALHOST : numeric;
        remote = !peer.isLoopbackAddress();
    }

    /** Looks up what the request needs, and the UPS that it names. */
    public ParsedRequest parse(Request request) {
        Command command = Command.of(request);
        boolean guarded = command.needs(Need.CREDENTIALS) || (command.needs(Need.READING) && readingNeedsLogin());
        Ups ups =
                command.needs(Need.UPS) ? service.registry().find(request.ups()).orElse(null) : null;
        return new ParsedRequest(request, command, guarded, ups);
    }

    /**
     * Authenticates the client as far as the request needs it.
     *
     * @return what to wait for before {@link #answer}, which then needs a request that is parsed anew; null when there
     *     is nothing to wait for
     */
    public @Nullable CompletionStage<Void> before(ParsedRequest request) {
        if (!request.guarded() || !identified()) return null;
        CompletionStage<Void> checked = service.authenticator().authenticate(login(), needsUser(request));
        return checked == null ? null : checked.thenRun(() -> logAbandoned(request));
    }

    /** Executes the request; the reply is whole lines, ready to be sent. */
    public byte[] answer(ParsedRequest request) {
        if (request.guarded()) {
            Optional<ErrorCode> refused = refused(request);
            if (identified() && login().unanswered()) return closeUnanswered();
            if (refused.isPresent()) return Queries.error(refused.get());
        }
        Optional<ErrorCode> unmet = unmet(request);
        return unmet.isPresent()
                ? Queries.error(unmet.get())
                : request.command().execute(this, request);
    }

    /**
     * Answers the query that these bytes begin with, if its line is in the cache; then it is read from them. Returns null
     * for any other line, and for every client that must log in before it reads.
     */
    public byte @Nullable [] repeated(ByteBuf bytes) {
        return readingNeedsLogin() ? null : service.queries().repeated(bytes);
    }

    /** Whether the client is an authenticated user; any thread. */
    public boolean authenticated() {
        Login now = login;
        return now != null && now.authenticatedUser().isPresent();
    }

    /**
     * Notes that the connection is encrypted from now on.
     *
     * @param shown the client's certificate, verified; null without one
     */
    public void secured(@Nullable X509Certificate shown) {
        encrypted = true;
        certificate = shown;
        if (shown != null) login = null;
    }

    /** Whether the connection is to be closed when all replies are sent. */
    public boolean over() {
        return over;
    }

    /** Ends the client's login, because its connection is closed. */
    public void end() {
        ended = true;
        loggedInto.ifPresent(ups -> {
            ups.removeClient(this);
            log.info("User {}@{} logged out from UPS [{}]", user(), address, ups.name());
            AuditLog.record(who(), "LOGOUT " + ups.name(), "OK");
        });
        loggedInto = Optional.empty();
    }

    Service service() {
        return service;
    }

    private boolean readingNeedsLogin() {
        return remote && service.authenticator().loginToRead();
    }

    /** Whether the request needs an authenticated user. One that names an unknown UPS fails without. */
    private static boolean needsUser(ParsedRequest request) {
        return request.command().needs(Need.READING) || (request.command().needs(Need.RIGHT) && request.upsKnown());
    }

    /** Why a guarded request is refused; a failed login is logged here, once. */
    private Optional<ErrorCode> refused(ParsedRequest request) {
        if (!userGiven) return Optional.of(ErrorCode.USERNAME_REQUIRED);
        if (!identified()) return Optional.of(ErrorCode.PASSWORD_REQUIRED);
        boolean failed = needsUser(request) && authenticatedUser().isEmpty();
        if (!login().hostAllowed()) {
            logFailure(request, "refused by hosts.allow and hosts.deny");
            return Optional.of(ErrorCode.ACCESS_DENIED);
        }
        if (failed) logFailure(request, login().refusal());
        // What needs a right fails later, because an error of the UPS goes before it.
        return failed && request.command().needs(Need.READING)
                ? Optional.of(ErrorCode.ACCESS_DENIED)
                : Optional.empty();
    }

    /** The first need of the request that is not met, as the error that NUT has for it. */
    private Optional<ErrorCode> unmet(ParsedRequest request) {
        Command command = request.command();
        if (command.needs(Need.NO_LOGIN) && loggedInto.isPresent()) return Optional.of(ErrorCode.ALREADY_LOGGED_IN);
        if (!command.needs(Need.UPS)) return Optional.empty();
        if (!request.upsKnown()) return Optional.of(ErrorCode.UNKNOWN_UPS);
        if (command.needs(Need.DATA)) {
            Optional<ErrorCode> unavailable = request.ups()
                    .unavailable(request.snapshot(), service.limits().get().maxageNanos());
            if (unavailable.isPresent()) return unavailable;
        }
        if (command.needs(Need.OFFERED) && !PrivilegedCommands.offered(request))
            return Optional.of(ErrorCode.CMD_NOT_SUPPORTED);
        return command.right().flatMap(right -> denied(right, request));
    }

    /** Whether the user lacks the right. Logs it for an authenticated user; {@link #refused} has logged any other. */
    private Optional<ErrorCode> denied(Right right, ParsedRequest request) {
        Optional<User> known = authenticatedUser();
        if (known.filter(one -> right.granted().test(one, request.request())).isPresent()) return Optional.empty();
        if (known.isPresent()) logFailure(request, "no right to " + right.name().apply(request.request()));
        return Optional.of(ErrorCode.ACCESS_DENIED);
    }

    private void logFailure(ParsedRequest request, String why) {
        Optional<String> ups = request.command().needs(Need.RIGHT) && request.upsKnown()
                ? Optional.of(request.ups().name())
                : Optional.empty();
        service.authenticator().failures().tell(who(), LoginThrottle.source(peer), request.request(), ups, why);
    }

    /** Logs a wrong password whose client left before the answer came: it was a guess all the same. */
    private void logAbandoned(ParsedRequest request) {
        if (ended && authenticatedUser().isEmpty()) logFailure(request, login().refusal());
    }

    private byte[] closeUnanswered() {
        over = true;
        close.run();
        return new byte[0];
    }

    /** Whether the client has sent all that a login takes: a name, and a password unless its certificate is enough. */
    private boolean identified() {
        return userGiven && (passwordGiven || service.authenticator().certified(login()));
    }

    private Login login() {
        Login now = login;
        if (now == null) {
            now = new Login(user, password, peer, certificate);
            login = now;
        }
        return now;
    }

    byte[] username(ParsedRequest request) {
        if (userGiven) return Queries.error(ErrorCode.ALREADY_SET_USERNAME);
        userGiven = true;
        user = ((Request.Username) request.request()).name();
        return OK;
    }

    byte[] password(ParsedRequest request) {
        if (passwordGiven) return Queries.error(ErrorCode.ALREADY_SET_PASSWORD);
        passwordGiven = true;
        login = null;
        password = ((Request.Password) request.request()).password();
        return OK;
    }

    byte[] login(ParsedRequest request) {
        Ups ups = request.ups();
        loggedInto = Optional.of(ups);
        ups.addClient(this);
        log.info("User {}@{} logged into UPS [{}]{}", user(), address, ups.name(), encrypted ? " (SSL)" : "");
        AuditLog.record(who(), request.request().line(), "OK");
        return OK;
    }

    byte[] logout(ParsedRequest request) {
        over = true;
        return Queries.line(new Reply.Ok("Goodbye"));
    }

    byte[] setTracking(ParsedRequest request) {
        tracking = ((Request.SetTracking) request.request()).on();
        return OK;
    }

    /** The name as a log may hold it. */
    @Override
    public String user() {
        return LogText.printable(user);
    }

    private Optional<User> authenticatedUser() {
        Login now = login;
        return now == null ? Optional.empty() : now.authenticatedUser();
    }

    @Override
    public Actor who() {
        Login now = login;
        return new Actor(user, address, now != null && now.certified());
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean tracking() {
        return tracking;
    }

    @Override
    public void kick() {
        close.run();
    }
}
