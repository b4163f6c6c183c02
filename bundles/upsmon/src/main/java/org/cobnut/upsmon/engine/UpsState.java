package org.cobnut.upsmon.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.upsmon.time.Nanos;

/**
 * The state of one UPS.
 *
 * @param login whether this machine is logged in there
 * @param critical why it is critical; empty when it is not
 * @param spent whether an FSD that is still set has led to a shutdown that failed
 * @param notified what was notified before; present until the first reading
 */
public record UpsState(
        ConnectionState connection,
        Status status,
        ReadingHistory history,
        LoginState login,
        Optional<String> critical,
        boolean spent,
        Optional<NotifiedState> notified) {
    private static final List<StatusToken> GRAVE =
            List.of(StatusToken.FSD, StatusToken.OB, StatusToken.LB, StatusToken.OFF);
    private static final int SOON = 3;
    private static final int AT_ONCE = 1;

    static UpsState fresh(long now, NotifiedState notified) {
        return new UpsState(
                ConnectionState.untried(now),
                Status.UNKNOWN,
                ReadingHistory.none(now),
                LoginState.NONE,
                Optional.empty(),
                false,
                Optional.of(notified));
    }

    UpsState answer(Reading.Answer answer, long now, Settings settings, List<Effect> effects) {
        String ups = answer.ups();
        if (answer.words().isEmpty())
            return missed(new Reading.NoAnswer(ups, "its status is empty"), now, settings, effects);
        ParsedStatus parsed = ParsedStatus.of(answer);
        ConnectionState up = connection.answered(ups, now, settings, effects);
        notified.ifPresent(before -> before.tellEnded(ups, parsed, connection.lost(), settings, effects));
        Status known = status.next(ups, parsed, now, settings, effects);
        boolean still = spent && parsed.tokens().contains(StatusToken.FSD);
        ReadingHistory proof =
                history.next(still ? without(parsed.tokens()) : parsed.tokens(), answer.stamp(), now, settings);
        for (StatusToken token : GRAVE)
            if (proof.unconfirmed(token, settings)) {
                effects.add(new Effect.PollAgain(ups, again(token, settings)));
                break;
            }
        if (notified.isPresent()) effects.add(new Effect.Answered(ups, parsed.tokens()));
        return new UpsState(up, known, proof, login, critical, still, Optional.empty());
    }

    UpsState missed(Reading.NoAnswer missing, long now, Settings settings, List<Effect> effects) {
        ConnectionState next = connection.missed(missing.ups(), missing.reason(), now, settings, effects);
        return new UpsState(next, status, history, login, critical, spent, notified);
    }

    UpsState login(Reading.Login heard, long now, Settings settings, List<Effect> effects) {
        return new UpsState(
                connection, status, history, login.after(heard, now, settings, effects), critical, spent, notified);
    }

    /** Whether the server counts this machine. */
    public boolean counted() {
        return login.counted();
    }

    UpsState fsd(String ups, Settings settings, List<Effect> effects) {
        return new UpsState(connection, status.fsd(ups, settings, effects), history, login, critical, spent, notified);
    }

    /** Discards what was read before the machine slept, so that it decides nothing. */
    UpsState forget(long now) {
        var awake = new ConnectionState(connection.kind(), now, 0, Nanos.NEVER, connection.reason());
        var before = notified.orElseGet(() -> NotifiedState.of(status));
        return new UpsState(
                awake, Status.UNKNOWN, history.forget(now), login, Optional.empty(), spent, Optional.of(before));
    }

    /** Starts anew after a shutdown that failed; an FSD that is still set does not count again. */
    UpsState afresh(long now) {
        var asked = new ConnectionState(connection.kind(), now, 0, Nanos.NEVER, connection.reason());
        return new UpsState(asked, status, ReadingHistory.none(now), LoginState.NONE, Optional.empty(), true, notified);
    }

    /** Decides again whether the UPS is critical, and logs a change. */
    UpsState judge(Settings.Monitor monitor, Settings settings, long now, List<Effect> effects) {
        ConnectionState reminded =
                connection.lost() ? connection.remind(monitor.ups(), now, settings, effects) : connection;
        Optional<String> why = history.critical(reminded, monitor.primary(), settings, now);
        if (why.isPresent() && critical.isEmpty())
            effects.add(new Effect.Log("UPS [%s] is critical: %s".formatted(monitor.ups(), why.get())));
        else if (why.isEmpty() && critical.isPresent())
            effects.add(new Effect.Log("UPS [%s] is no longer critical".formatted(monitor.ups())));
        LoginState known = connection.lost() ? login : login.remind(monitor.ups(), now, settings, effects);
        boolean same = reminded.equals(connection) && why.equals(critical) && known.equals(login);
        return same ? this : new UpsState(reminded, status, history, known, why, spent, notified);
    }

    /** Whether the UPS needs more frequent polls. */
    boolean alert(Settings settings) {
        return status.power() == Status.Power.BATTERY
                || (settings.rules().over() >= 0 && status.tokens().contains(StatusToken.OVER));
    }

    private static Set<StatusToken> without(Set<StatusToken> tokens) {
        var others = EnumSet.copyOf(tokens);
        others.remove(StatusToken.FSD);
        return others;
    }

    private static int again(StatusToken token, Settings settings) {
        return token == StatusToken.FSD
                ? AT_ONCE
                : Math.max(1, Math.min(SOON, settings.times().alert()));
    }
}
