package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.upsd.User.Action;
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
final class Dialogue implements Orders.Asker, Ups.Login {
    static final String BANNER = "Network UPS Tools upsd " + Version.NUT_LEVEL
            + " - https://www.networkupstools.org/ - Cobnut " + Version.OWN;

    private static final Logger log = LoggerFactory.getLogger(Dialogue.class);
    private static final String HELP =
            "Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS";
    private static final Reply OK = new Reply.Ok("");

    private final Service service;
    private final String address;
    private final Runnable kick;
    private final InetAddress peer;
    private final boolean elsewhere;
    private String user = "";
    private String password = "";
    private @Nullable Claim claim;
    private boolean named;
    private boolean secretGiven;
    private boolean tracking;
    private boolean over;
    private volatile boolean ended;
    private boolean secure;
    private @Nullable X509Certificate certificate;
    private Optional<Ups> login = Optional.empty();

    /** What all conversations share. */
    record Service(
            Inventory inventory,
            Queries queries,
            Orders orders,
            Tracking tracking,
            Supplier<Limits> limits,
            Admission admission) {}

    /**
     * A conversation with nobody known yet.
     *
     * @param address the peer's numeric address
     * @param kick ends the connection, from any thread
     */
    Dialogue(Service service, String address, Runnable kick) {
        this.service = service;
        this.address = address;
        this.kick = kick;
        InetAddress numeric = NetUtil.createInetAddressFromIpAddressString(address);
        this.peer = numeric == null ? NetUtil.LOCALHOST : numeric;
        elsewhere = !peer.isLoopbackAddress();
    }

    /** What must be waited for before {@link #answer} may be asked for this request; null for nothing. */
    @Nullable
    CompletionStage<Void> before(Request request) {
        if (!(request.needsCredentials() || closed(request)) || !claimed()) return null;
        CompletionStage<Void> settled =
                service.admission().settle(claim(), addressed(request).isPresent() || closed(request));
        return settled == null ? null : settled.thenRun(() -> abandoned(request));
    }

    /** The reply to one request: whole lines, ready to be sent. */
    byte[] answer(Request request) {
        if (request.needsCredentials() || closed(request)) {
            Optional<ErrorCode> refused = refused(request);
            if (claimed() && claim().unanswered()) return leave();
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
    byte @Nullable [] repeated(ByteBuf bytes) {
        return elsewhere && service.admission().loginToRead()
                ? null
                : service.queries().repeated(bytes);
    }

    /** Whether the client has shown who it is; any thread. */
    boolean known() {
        Claim now = claim;
        return now != null && now.proven().isPresent();
    }

    /**
     * From now on nobody else can read what is said.
     *
     * @param shown the client's certificate, verified; null without one
     */
    void secured(@Nullable X509Certificate shown) {
        secure = true;
        certificate = shown;
        if (shown != null) claim = null;
    }

    /** Whether the client has said goodbye. */
    boolean over() {
        return over;
    }

    /** The connection is gone; its login ends. */
    void end() {
        ended = true;
        login.ifPresent(ups -> {
            ups.logout(this);
            log.info("User {}@{} logged out from UPS [{}]", user(), address, ups.name());
            AuditLog.record(who(), "LOGOUT " + ups.name(), "OK");
        });
        login = Optional.empty();
    }

    private Reply reply(Request request) {
        if (request instanceof Request.SetVar set) return service.orders().set(set, this);
        if (request instanceof Request.Instcmd instcmd) return service.orders().run(instcmd, this);
        if (request instanceof Request.GetTracking get) return tracking(get);
        if (request instanceof Request.SetTracking set) return tracking(set.on());
        if (request instanceof Request.Username username) return username(username.name());
        if (request instanceof Request.Password given) return password(given.password());
        if (request instanceof Request.Login to) return login(to);
        if (request instanceof Request.Logout) return logout();
        if (request instanceof Request.Primary primary) return service.orders().primary(primary, this);
        if (request instanceof Request.Fsd fsd) return service.orders().fsd(fsd, this);
        if (request instanceof Request.About about) return about(about.topic());
        if (request instanceof Request.StartTls) return new Reply.Err(ErrorCode.FEATURE_NOT_CONFIGURED);
        if (request instanceof Request.Malformed malformed) return new Reply.Err(malformed.error());
        throw new AssertionError(request);
    }

    /** Whether reading, too, is for users only: where upsd.conf says so, for all but this machine. */
    private boolean closed(Request request) {
        return elsewhere
                && (request instanceof Request.Query
                        || request instanceof Request.ListUps
                        || request instanceof Request.GetTracking)
                && service.admission().loginToRead();
    }

    /** The UPS for which a request needs a right; none when it needs none, or names no UPS of ours. */
    private Optional<Ups> addressed(Request request) {
        Optional<String> name = Optional.empty();
        if (request instanceof Request.Login login) name = Optional.of(login.ups());
        if (request instanceof Request.SetVar set) name = Optional.of(set.ups());
        if (request instanceof Request.Instcmd instcmd) name = Optional.of(instcmd.ups());
        if (request instanceof Request.Primary primary) name = Optional.of(primary.ups());
        if (request instanceof Request.Fsd fsd) name = Optional.of(fsd.ups());
        return name.flatMap(service.inventory()::find);
    }

    /** Why the request is refused before anybody looks at it; a wrong password is told of here, once. */
    private Optional<ErrorCode> refused(Request request) {
        if (!named) return Optional.of(ErrorCode.USERNAME_REQUIRED);
        if (!claimed()) return Optional.of(ErrorCode.PASSWORD_REQUIRED);
        Optional<Ups> ups = addressed(request);
        boolean welcome = claim().welcome();
        if (!welcome) failed(request, ups, "refused by hosts.allow and hosts.deny");
        else if ((ups.isPresent() || closed(request)) && proven().isEmpty()) failed(request, ups, claim().refusal());
        boolean refused = !welcome || (closed(request) && proven().isEmpty());
        return refused ? Optional.of(ErrorCode.ACCESS_DENIED) : Optional.empty();
    }

    private void failed(Request request, Optional<Ups> ups, String why) {
        service.admission().failures().tell(who(), LoginThrottle.source(peer), request, ups, why);
    }

    @Override
    public void denied(Request request, Ups ups, String why) {
        failed(request, Optional.of(ups), why);
    }

    /** Whoever goes before the answer to a wrong password comes has guessed all the same. */
    private void abandoned(Request request) {
        if (ended && proven().isEmpty()) failed(request, addressed(request), claim().refusal());
    }

    private byte[] leave() {
        over = true;
        kick.run();
        return new byte[0];
    }

    /** Whether the client has said all that it takes to be somebody; a certificate needs no password. */
    private boolean claimed() {
        return named && (secretGiven || service.admission().certified(claim()));
    }

    private Claim claim() {
        Claim now = claim;
        if (now == null) {
            now = new Claim(user, password, peer, certificate);
            claim = now;
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
        claim = null;
        password = given;
        return OK;
    }

    private Reply login(Request.Login request) {
        if (login.isPresent()) return new Reply.Err(ErrorCode.ALREADY_LOGGED_IN);
        Optional<Ups> found = service.inventory().find(request.ups());
        if (found.isEmpty()) return new Reply.Err(ErrorCode.UNKNOWN_UPS);
        Ups ups = found.get();
        Optional<ErrorCode> denied = service.orders().denied(this, Action.LOGIN, ups, request);
        if (denied.isPresent()) return new Reply.Err(denied.get());
        login = found;
        ups.login(this);
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
        return Audit.shown(user);
    }

    @Override
    public Optional<User> proven() {
        Claim now = claim;
        return now == null ? Optional.empty() : now.proven();
    }

    @Override
    public Actor who() {
        Claim now = claim;
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
