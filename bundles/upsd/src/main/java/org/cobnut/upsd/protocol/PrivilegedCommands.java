package org.cobnut.upsd.protocol;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.upsd.access.LogText;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.access.User.Action;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.registry.Ups;
import org.cobnut.upsd.registry.UpsRegistry;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SET, INSTCMD, FSD and PRIMARY: everything that needs a right. The order of the checks is NUT's, because clients see
 * which error wins. OK means handed to the driver, not done.
 */
public final class PrivilegedCommands {
    private static final Logger log = LoggerFactory.getLogger(PrivilegedCommands.class);
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*([+-]?\\d{1,18})");

    private final UpsRegistry registry;
    private final Tracking tracking;
    private final Supplier<Limits> limits;

    /** Who asks, from where, who that was found to be, and whether the outcome is to be followed. */
    interface Requester {
        String user();

        String address();

        /** The user, when the password is right. */
        Optional<User> authenticatedUser();

        boolean tracking();

        /** The same for the audit. */
        Actor who();

        /** Tells the logs of a right that this asker lacks. */
        void denied(Request request, Ups ups, String why);
    }

    public PrivilegedCommands(UpsRegistry registry, Tracking tracking, Supplier<Limits> limits) {
        this.registry = registry;
        this.tracking = tracking;
        this.limits = limits;
    }

    Reply set(Request.SetVar request, Requester requester) {
        Optional<Ups> found = registry.find(request.ups());
        if (found.isEmpty()) return err(ErrorCode.UNKNOWN_UPS);
        Ups ups = found.get();
        Snapshot snapshot = ups.snapshot();
        Optional<ErrorCode> refused = ups.unavailable(snapshot, limits.get().maxageNanos())
                .or(() -> denied(requester, Action.SET, ups, request))
                .or(() -> unfit(snapshot.variables().get(request.name()), request.value()));
        if (refused.isPresent()) return err(refused.get());
        return handOver(
                request,
                ups.set(request.name(), request.value()),
                "Set variable: %s@%s set %s on %s to %s"
                        .formatted(
                                requester.user(),
                                requester.address(),
                                request.name(),
                                ups.name(),
                                LogText.printable(request.value())),
                requester);
    }

    Reply run(Request.Instcmd request, Requester requester) {
        Optional<Ups> found = registry.find(request.ups());
        if (found.isEmpty()) return err(ErrorCode.UNKNOWN_UPS);
        Ups ups = found.get();
        Snapshot snapshot = ups.snapshot();
        Optional<ErrorCode> unavailable = ups.unavailable(snapshot, limits.get().maxageNanos());
        if (unavailable.isPresent()) return err(unavailable.get());
        if (!snapshot.commands().contains(request.command())) return err(ErrorCode.CMD_NOT_SUPPORTED);
        Optional<ErrorCode> denied =
                denied(requester, user -> user.mayRun(request.command()), "run " + request.command(), ups, request);
        if (denied.isPresent()) return err(denied.get());
        String argument = request.argument().orElse("");
        return handOver(
                request,
                ups.run(request.command(), argument),
                "Instant command: %s@%s did %s%s on %s"
                        .formatted(
                                requester.user(),
                                requester.address(),
                                request.command(),
                                argument.isEmpty() ? "" : " with value \"" + LogText.printable(argument) + '"',
                                ups.name()),
                requester);
    }

    Reply fsd(Request.Fsd request, Requester requester) {
        Optional<Ups> found = registry.find(request.ups());
        if (found.isEmpty()) return err(ErrorCode.UNKNOWN_UPS);
        Ups ups = found.get();
        Optional<ErrorCode> denied = denied(requester, Action.FSD, ups, request);
        if (denied.isPresent()) return err(denied.get());
        log.info("Client {}@{} set FSD on UPS [{}]", requester.user(), requester.address(), ups.name());
        ups.latchFsd();
        AuditLog.record(requester.who(), request.line(), "OK");
        return new Reply.Ok("FSD-SET");
    }

    /** A permission probe that changes nothing. */
    Reply primary(Request.Primary request, Requester requester) {
        Optional<Ups> found = registry.find(request.ups());
        if (found.isEmpty()) return err(ErrorCode.UNKNOWN_UPS);
        return denied(requester, Action.PRIMARY, found.get(), request)
                .map(PrivilegedCommands::err)
                .orElseGet(() -> new Reply.Ok(request.master() ? "MASTER-GRANTED" : "PRIMARY-GRANTED"));
    }

    /** Whether this asker lacks a right to do this to the UPS; a proven user's lack is logged, as others' failure is. */
    Optional<ErrorCode> denied(Requester requester, Action action, Ups ups, Request request) {
        return denied(requester, user -> user.may(action), action.name(), ups, request);
    }

    private static Optional<ErrorCode> denied(
            Requester requester, Predicate<User> right, String what, Ups ups, Request request) {
        if (requester.authenticatedUser().filter(right).isPresent()) return Optional.empty();
        if (requester.authenticatedUser().isPresent()) requester.denied(request, ups, "no right to " + what);
        return Optional.of(ErrorCode.ACCESS_DENIED);
    }

    private static Optional<ErrorCode> unfit(@org.jspecify.annotations.Nullable Variable variable, String value) {
        if (variable == null) return Optional.of(ErrorCode.VAR_NOT_SUPPORTED);
        VarType type = variable.type();
        if (!type.writable()) return Optional.of(ErrorCode.READONLY);
        OptionalInt longest = type.maxLength();
        if (longest.isPresent() && longest.getAsInt() == 0) return Optional.of(ErrorCode.SET_FAILED);
        if (longest.isPresent() && value.length() > longest.getAsInt()) return Optional.of(ErrorCode.TOO_LONG);
        if (!type.choices().isEmpty() && !type.choices().contains(value)) return Optional.of(ErrorCode.INVALID_VALUE);
        long number = wholePart(value);
        if (!type.ranges().isEmpty() && type.ranges().stream().noneMatch(range -> range.holds(number)))
            return Optional.of(ErrorCode.INVALID_VALUE);
        return Optional.empty();
    }

    /** The number a text begins with; text that begins with none counts as 0, as NUT has it. */
    private static long wholePart(String value) {
        Matcher matcher = WHOLE_NUMBER.matcher(value);
        return matcher.lookingAt() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private Reply handOver(Request request, CompletionStage<Outcome> under, String said, Requester requester) {
        Actor who = requester.who();
        under.whenComplete((outcome, failure) -> AuditLog.record(
                who, request.line(), failure == null ? outcome.code().name() : ErrorCode.FAILED.name()));
        if (!requester.tracking()) {
            log.info("{} (tracking disabled)", said);
            return new Reply.Ok("");
        }
        String id = tracking.follow(under, limits.get().trackingNanos());
        log.info("{} (tracking ID: {})", said, id);
        return new Reply.Ok("TRACKING " + id);
    }

    private static Reply err(ErrorCode code) {
        return new Reply.Err(code);
    }
}
