package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Supplier;
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
    private String user = "";
    private String password = "";
    private boolean named;
    private boolean secretGiven;
    private boolean tracking;
    private boolean over;
    private Optional<Ups> login = Optional.empty();

    /** What all conversations share. */
    record Service(Inventory inventory, Queries queries, Orders orders, Tracking tracking, Supplier<Limits> limits) {}

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
    }

    /** The reply to one request: whole lines, ready to be sent. */
    byte[] answer(Request request) {
        if (request.needsCredentials()) {
            if (!named) return Queries.error(ErrorCode.USERNAME_REQUIRED);
            if (!secretGiven) return Queries.error(ErrorCode.PASSWORD_REQUIRED);
        }
        if (request instanceof Request.Query query) return service.queries().answer(query);
        if (request instanceof Request.ListUps) return service.queries().listUps();
        return Queries.line(reply(request));
    }

    /** The reply to what these bytes begin with, if that is a query known by its line; then it is read from them. */
    byte @Nullable [] repeated(ByteBuf bytes) {
        return service.queries().repeated(bytes);
    }

    /** Whether the client has said goodbye. */
    boolean over() {
        return over;
    }

    /** The connection is gone; its login ends. */
    void end() {
        login.ifPresent(ups -> {
            ups.logout(this);
            log.info("User {}@{} logged out from UPS [{}]", user, address, ups.name());
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
        if (request instanceof Request.Login to) return login(to.ups());
        if (request instanceof Request.Logout) return logout();
        if (request instanceof Request.Primary primary) return service.orders().primary(primary, this);
        if (request instanceof Request.Fsd fsd) return service.orders().fsd(fsd, this);
        if (request instanceof Request.About about) return about(about.topic());
        if (request instanceof Request.StartTls) return new Reply.Err(ErrorCode.FEATURE_NOT_CONFIGURED);
        if (request instanceof Request.Malformed malformed) return new Reply.Err(malformed.error());
        throw new AssertionError(request);
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
        password = given;
        return OK;
    }

    private Reply login(String name) {
        if (login.isPresent()) return new Reply.Err(ErrorCode.ALREADY_LOGGED_IN);
        Optional<Ups> found = service.inventory().find(name);
        if (found.isEmpty()) return new Reply.Err(ErrorCode.UNKNOWN_UPS);
        Ups ups = found.get();
        Optional<ErrorCode> denied = service.orders().denied(this, Action.LOGIN, ups);
        if (denied.isPresent()) return new Reply.Err(denied.get());
        login = found;
        ups.login(this);
        log.info("User {}@{} logged into UPS [{}]", user, address, ups.name());
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

    @Override
    public String user() {
        return user;
    }

    @Override
    public String password() {
        return password;
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
