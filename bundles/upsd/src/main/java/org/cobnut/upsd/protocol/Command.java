package org.cobnut.upsd.protocol;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.upsd.access.User.Action;
import org.cobnut.wire.Request;
import org.cobnut.wire.Request.Query.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The table of commands: what each needs before it is executed, and what executes it. A request is checked against its
 * row once; {@link Need} has the order of the checks, which is NUT's, because clients see which error wins.
 */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state, and its set never changes
enum Command {
    ABOUT(Request.About.class, allOf(), CommandHandlers::about),
    USERNAME(Request.Username.class, allOf(), RequestHandler::username),
    PASSWORD(Request.Password.class, allOf(), RequestHandler::password),
    LOGOUT(Request.Logout.class, allOf(), RequestHandler::logout),
    STARTTLS(Request.StartTls.class, allOf(), CommandHandlers::startTls),
    MALFORMED(null, allOf(), CommandHandlers::malformed),
    MALFORMED_PRIVILEGED(null, allOf(Need.CREDENTIALS), CommandHandlers::malformed),

    LIST_UPS(Request.ListUps.class, allOf(Need.READING), CommandHandlers::listUps),
    GET_TRACKING(Request.GetTracking.class, allOf(Need.READING), CommandHandlers::trackingState),
    /** GET VAR of {@code server.*}, for which NUT does not look the UPS up. */
    SERVER_VARIABLE(null, allOf(Need.READING), CommandHandlers::serverVariable),
    /** GET and LIST of what the server knows of a UPS without its driver. */
    UPS_QUERY(null, allOf(Need.READING, Need.UPS), CommandHandlers::upsQuery),
    /** All other GET and LIST. */
    DATA_QUERY(null, allOf(Need.READING, Need.UPS, Need.DATA), CommandHandlers::dataQuery),

    SET_TRACKING(Request.SetTracking.class, allOf(Need.CREDENTIALS), RequestHandler::setTracking),
    LOGIN(
            Request.Login.class,
            allOf(Need.CREDENTIALS, Need.NO_LOGIN, Need.UPS, Need.RIGHT),
            RequestHandler::login,
            Right.of(Action.LOGIN)),
    PRIMARY(
            Request.Primary.class,
            allOf(Need.CREDENTIALS, Need.UPS, Need.RIGHT),
            CommandHandlers::primary,
            Right.of(Action.PRIMARY)),
    FSD(Request.Fsd.class, allOf(Need.CREDENTIALS, Need.UPS, Need.RIGHT), CommandHandlers::fsd, Right.of(Action.FSD)),
    SET(
            Request.SetVar.class,
            allOf(Need.CREDENTIALS, Need.UPS, Need.DATA, Need.RIGHT),
            CommandHandlers::set,
            Right.of(Action.SET)),
    INSTCMD(
            Request.Instcmd.class,
            allOf(Need.CREDENTIALS, Need.UPS, Need.DATA, Need.OFFERED, Need.RIGHT),
            CommandHandlers::instcmd,
            Right.INSTCMD);

    /** What a request may need, in the order in which it is checked. */
    enum Need {
        /** USERNAME and PASSWORD, or a certificate, and a host that the rules admit. */
        CREDENTIALS,
        /** A login as well, where upsd.conf has REQUIRELOGIN and the client is on another machine. */
        READING,
        /** A connection that is not logged into a UPS. */
        NO_LOGIN,
        /** A UPS that the server knows. */
        UPS,
        /** A driver that is connected, and data that are not stale. */
        DATA,
        /** An instant command that the UPS offers. */
        OFFERED,
        /** An authenticated user who has the right. */
        RIGHT
    }

    /** Executes a request whose needs are met; the reply is whole lines. */
    interface Execution {
        byte[] execute(RequestHandler client, ParsedRequest request);
    }

    private static final Set<Subject> WITHOUT_DATA = EnumSet.of(Subject.UPSDESC, Subject.LIST_CLIENT);
    private static final Map<Class<?>, Command> BY_TYPE = new HashMap<>();
    private static final Map<Subject, Command> BY_SUBJECT = new EnumMap<>(Subject.class);

    static {
        for (Command command : values()) if (command.type != null) BY_TYPE.put(command.type, command);
        for (Subject subject : Subject.values())
            BY_SUBJECT.put(subject, WITHOUT_DATA.contains(subject) ? UPS_QUERY : DATA_QUERY);
    }

    private final @Nullable Class<? extends Request> type;
    private final EnumSet<Need> needs;
    private final Execution execution;
    private final Optional<Right> right;

    Command(@Nullable Class<? extends Request> type, EnumSet<Need> needs, Execution execution) {
        this(type, needs, execution, null);
    }

    Command(@Nullable Class<? extends Request> type, EnumSet<Need> needs, Execution execution, @Nullable Right right) {
        this.type = type;
        this.needs = needs;
        this.execution = execution;
        this.right = Optional.ofNullable(right);
    }

    /** The command of a request. */
    static Command of(Request request) {
        if (request instanceof Request.Query query)
            return Queries.ofServer(query) ? SERVER_VARIABLE : row(BY_SUBJECT, query.subject());
        if (request instanceof Request.Malformed malformed)
            return malformed.needsCredentials() ? MALFORMED_PRIVILEGED : MALFORMED;
        return row(BY_TYPE, request.getClass());
    }

    boolean needs(Need need) {
        return needs.contains(need);
    }

    /** What the user must be allowed to do; nothing unless the command needs {@link Need#RIGHT}. */
    Optional<Right> right() {
        return right;
    }

    byte[] execute(RequestHandler client, ParsedRequest request) {
        return execution.execute(client, request);
    }

    private static <K> Command row(Map<K, Command> rows, K key) {
        Command command = rows.get(key);
        if (command == null) throw new AssertionError(key);
        return command;
    }

    private static EnumSet<Need> allOf(Need... needs) {
        var all = EnumSet.noneOf(Need.class);
        all.addAll(List.of(needs));
        return all;
    }
}
