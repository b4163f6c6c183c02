package org.cobnut.upsd.protocol;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.upsd.access.LogText;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.registry.Ups;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes SET, INSTCMD and FSD. OK means that the driver has the request, not that it is done. */
public final class PrivilegedCommands {
    private static final Logger log = LoggerFactory.getLogger(PrivilegedCommands.class);
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*([+-]?\\d{1,18})");

    private final Tracking tracking;
    private final Supplier<Limits> limits;

    /** The client of a request. */
    interface Requester {
        String user();

        String address();

        /** Whether the client follows the outcome. */
        boolean tracking();

        /** The client, for the audit. */
        Actor who();
    }

    /** Commands whose outcomes can be followed there. */
    public PrivilegedCommands(Tracking tracking, Supplier<Limits> limits) {
        this.tracking = tracking;
        this.limits = limits;
    }

    Reply set(ParsedRequest parsed, Requester requester) {
        var request = (Request.SetVar) parsed.request();
        Ups ups = parsed.ups();
        Optional<ErrorCode> refused = refusal(parsed.snapshot().variables().get(request.name()), request.value());
        if (refused.isPresent()) return new Reply.Err(refused.get());
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

    /** Whether the UPS has the instant command of a request. */
    static boolean offered(ParsedRequest parsed) {
        return parsed.snapshot().commands().contains(((Request.Instcmd) parsed.request()).command());
    }

    Reply run(ParsedRequest parsed, Requester requester) {
        var request = (Request.Instcmd) parsed.request();
        Ups ups = parsed.ups();
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

    Reply fsd(ParsedRequest parsed, Requester requester) {
        Ups ups = parsed.ups();
        log.info("Client {}@{} set FSD on UPS [{}]", requester.user(), requester.address(), ups.name());
        ups.latchFsd();
        AuditLog.record(requester.who(), parsed.request().line(), "OK");
        return new Reply.Ok("FSD-SET");
    }

    /** Why a variable cannot have this value; nothing when it can. */
    private static Optional<ErrorCode> refusal(@Nullable Variable variable, String value) {
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

    /** The whole number at the beginning of a text; 0 when there is none, as in NUT. */
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
}
