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
import org.cobnut.upsd.access.User.Action;
import org.cobnut.upsd.config.Limits;
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
 * One client's conversation: who it says it is, what it is logged into, and an answer to each request. Knows no socket;
 * used by the connection's event loop only.
 */
public final class RequestHandler implements PrivilegedCommands.Requester, Ups.Client {
    static final String BANNER = "Network UPS Tools upsd " + Version.NUT_LEVEL
            + " - https://www.networkupstools.org/ - Cobnut " + Version.OWN;

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
    private static final String HELP =
            "Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS";
    private static final Reply OK = new Reply.Ok("");

    private final Service service;
    private final String address;
    private final Runnable kick;
    private final InetAddress peer;
    private final boolean remote;
    private String user = "";
    private String password = "";
    private @Nullable Login login;
    private boolean named;
    private boolean secretGiven;
    private boolean tracking;
    private boolean over;
    private volatile boolean ended;
    private boolean secure;
    private @Nullable X509Certificate certificate;
    private Optional<Ups> loggedInto = Optional.empty();

    /** What all conversations share. */
    public record Service(
            UpsRegistry registry,
            Queries queries,
            PrivilegedCommands commands,
            Tracking tracking,
            Supplier<Limits> limits,
            Authenticator authenticator) {}

    /**
     * A conversation with nobody known yet.
     *
     * @param address the peer's numeric address
     * @param kick ends the connection, from any thread
     */
    public RequestHandler(Service service, String address, Runnable kick) {
        this.service = service;
        this.address = address;
        this.kick = kick;
        InetAddress numeric = NetUtil.createInetAddressFromIpAddressString(address);
        this.peer = numeric == null ? NetUtil.LOCALHOST : numeric;
        remote = !peer.isLoopbackAddress();
    }

    /** What must be waited for before {@link #answer} may be asked for this request; null for nothing. */
    @Nullable
    public CompletionStage<Void> before(Request request) {
        if (!(request.needsCredentials() || closed(request)) || !identified()) return null;
        CompletionStage<Void> settled =
                service.authenticator().authenticate(login(), addressed(request).isPresent() || closed(request));
        return settled == null ? null : settled.thenRun(() -> abandoned(request));
    }

    /** The reply to one request: whole lines, ready to be sent. */
    public byte[] answer(Request request) {
        if (request.needsCredentials() || closed(request)) {
            Optional<ErrorCode> refused = refused(request);
            if (identified() && login().unanswered()) return leave();
            if (refused.isPresent()) return Queries.error(refused.get());
        }
        if (request instanceof Request.Query query) return service.queries().answer(query);
        if (request instanceof Request.ListUps) return service.queries().listUps();
        return Queries.line(reply(request));
    }

    /**
     * The reply to what these bytes begin with, if that is a query known by its line; then it is read from them. None
     * for whom reading needs a login: that is for {@link #before} and {@link #answer} to tell.
     */
    public byte @Nullable [] repeated(ByteBuf bytes) {
        return remote && service.authenticator().loginToRead()
                ? null
                : service.queries().repeated(bytes);
    }

    /** Whether the client has shown who it is; any thread. */
    public boolean authenticated() {
        Login now = login;
        return now != null && now.authenticatedUser().isPresent();
    }

    /**
     * From now on nobody else can read what is said.
     *
     * @param shown the client's certificate, verified; null without one
     */
    public void secured(@Nullable X509Certificate shown) {
        secure = true;
        certificate = shown;
        if (shown != null) login = null;
    }

    /** Whether the client has said goodbye. */
    public boolean over() {
        return over;
    }

    /** The connection is gone; its login ends. */
    public void end() {
        ended = true;
        loggedInto.ifPresent(ups -> {
            ups.removeClient(this);
            log.info("User {}@{} logged out from UPS [{}]", user(), address, ups.name());
            AuditLog.record(who(), "LOGOUT " + ups.name(), "OK");
        });
        loggedInto = Optional.empty();
    }

    private Reply reply(Request request) {
        if (request instanceof Request.SetVar set) return service.commands().set(set, this);
        if (request instanceof Request.Instcmd instcmd)
            return service.commands().run(instcmd, this);
        if (request instanceof Request.GetTracking get) return tracking(get);
        if (request instanceof Request.SetTracking set) return tracking(set.on());
        if (request instanceof Request.Username username) return username(username.name());
        if (request instanceof Request.Password given) return password(given.password());
        if (request instanceof Request.Login to) return login(to);
        if (request instanceof Request.Logout) return logout();
        if (request instanceof Request.Primary primary)
            return service.commands().primary(primary, this);
        if (request instanceof Request.Fsd fsd) return service.commands().fsd(fsd, this);
        if (request instanceof Request.About about) return about(about.topic());
        if (request instanceof Request.StartTls) return new Reply.Err(ErrorCode.FEATURE_NOT_CONFIGURED);
        if (request instanceof Request.Malformed malformed) return new Reply.Err(malformed.error());
        throw new AssertionError(request);
    }

    /** Whether reading, too, is for users only: where upsd.conf says so, for all but this machine. */
    private boolean closed(Request request) {
        return remote
                && (request instanceof Request.Query
                        || request instanceof Request.ListUps
                        || request instanceof Request.GetTracking)
                && service.authenticator().loginToRead();
    }

    /** The UPS for which a request needs a right; none when it needs none, or names no UPS of ours. */
    private Optional<Ups> addressed(Request request) {
        Optional<String> name = Optional.empty();
        if (request instanceof Request.Login login) name = Optional.of(login.ups());
        if (request instanceof Request.SetVar set) name = Optional.of(set.ups());
        if (request instanceof Request.Instcmd instcmd) name = Optional.of(instcmd.ups());
        if (request instanceof Request.Primary primary) name = Optional.of(primary.ups());
        if (request instanceof Request.Fsd fsd) name = Optional.of(fsd.ups());
        return name.flatMap(service.registry()::find);
    }

    /** Why the request is refused before anybody looks at it; a wrong password is told of here, once. */
    private Optional<ErrorCode> refused(Request request) {
        if (!named) return Optional.of(ErrorCode.USERNAME_REQUIRED);
        if (!identified()) return Optional.of(ErrorCode.PASSWORD_REQUIRED);
        Optional<Ups> ups = addressed(request);
        boolean hostAllowed = login().hostAllowed();
        if (!hostAllowed) failed(request, ups, "refused by hosts.allow and hosts.deny");
        else if ((ups.isPresent() || closed(request)) && authenticatedUser().isEmpty())
            failed(request, ups, login().refusal());
        boolean refused =
                !hostAllowed || (closed(request) && authenticatedUser().isEmpty());
        return refused ? Optional.of(ErrorCode.ACCESS_DENIED) : Optional.empty();
    }

    private void failed(Request request, Optional<Ups> ups, String why) {
        service.authenticator().failures().tell(who(), LoginThrottle.source(peer), request, ups.map(Ups::name), why);
    }

    @Override
    public void denied(Request request, Ups ups, String why) {
        failed(request, Optional.of(ups), why);
    }

    /** Whoever goes before the answer to a wrong password comes has guessed all the same. */
    private void abandoned(Request request) {
        if (ended && authenticatedUser().isEmpty()) failed(request, addressed(request), login().refusal());
    }

    private byte[] leave() {
        over = true;
        kick.run();
        return new byte[0];
    }

    /** Whether the client has said all that it takes to be somebody; a certificate needs no password. */
    private boolean identified() {
        return named && (secretGiven || service.authenticator().certified(login()));
    }

    private Login login() {
        Login now = login;
        if (now == null) {
            now = new Login(user, password, peer, certificate);
            login = now;
        }
        return now;
    }

    private static Reply about(Request.About.Topic topic) {
        return new Reply.Text(
                switch (topic) {
                    case VER -> BANNER;
                    case HELP -> HELP;
                    case PROTVER, NETVER -> Version.PROTOCOL;
                });
    }

    private Reply username(String name) {
        if (named) return new Reply.Err(ErrorCode.ALREADY_SET_USERNAME);
        named = true;
        user = name;
        return OK;
    }

    private Reply password(String given) {
        if (secretGiven) return new Reply.Err(ErrorCode.ALREADY_SET_PASSWORD);
        secretGiven = true;
        login = null;
        password = given;
        return OK;
    }

    private Reply login(Request.Login request) {
        if (loggedInto.isPresent()) return new Reply.Err(ErrorCode.ALREADY_LOGGED_IN);
        Optional<Ups> found = service.registry().find(request.ups());
        if (found.isEmpty()) return new Reply.Err(ErrorCode.UNKNOWN_UPS);
        Ups ups = found.get();
        Optional<ErrorCode> denied = service.commands().denied(this, Action.LOGIN, ups, request);
        if (denied.isPresent()) return new Reply.Err(denied.get());
        loggedInto = found;
        ups.addClient(this);
        log.info("User {}@{} logged into UPS [{}]{}", user(), address, ups.name(), secure ? " (SSL)" : "");
        AuditLog.record(who(), request.line(), "OK");
        return OK;
    }

    private Reply logout() {
        over = true;
        return new Reply.Ok("Goodbye");
    }

    private Reply tracking(boolean on) {
        tracking = on;
        return OK;
    }

    private Reply tracking(Request.GetTracking get) {
        if (get.id().isEmpty()) return new Reply.Text(tracking ? "ON" : "OFF");
        if (!tracking) return new Reply.Err(ErrorCode.FEATURE_NOT_CONFIGURED);
        return service.tracking().state(get.id().get(), service.limits().get().trackingNanos());
    }

    /** The name as a log may hold it. */
    @Override
    public String user() {
        return LogText.printable(user);
    }

    @Override
    public Optional<User> authenticatedUser() {
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
        kick.run();
    }
}
