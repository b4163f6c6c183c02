package org.cobnut.upsmon.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.upsmon.time.Nanos;

/**
 * The last readings, as far as they count for a shutdown, and since when. Only what the last readings agree on counts,
 * so that one wrong reading decides nothing. A missing answer between them is skipped.
 *
 * @param recent the last readings, oldest first, as many as must agree
 * @param lastNotLow the last reading without OB and LB, or the beginning of monitoring
 * @param low since when readings have OB and LB without CAL
 * @param off since when they have OFF
 * @param over since when they have OVER
 * @param stamp the last report of the driver, and when it was first read
 */
public record ReadingHistory(
        List<Set<StatusToken>> recent, long lastNotLow, long low, long off, long over, Stamp stamp) {
    /** A report of the driver, and when it was first read. */
    record Stamp(long id, long seen) {}

    static ReadingHistory none(long now) {
        return new ReadingHistory(List.of(), now, Nanos.NEVER, Nanos.NEVER, Nanos.NEVER, new Stamp(Nanos.NEVER, now));
    }

    /** Discards all readings; a report that was read already does not count sooner for that. */
    ReadingHistory forget(long now) {
        return new ReadingHistory(List.of(), now, Nanos.NEVER, Nanos.NEVER, Nanos.NEVER, new Stamp(stamp.id, now));
    }

    /** Adds a reading. The same report of the driver counts once in a poll interval. */
    ReadingHistory next(Set<StatusToken> read, long id, long now, Settings settings) {
        boolean again = id == stamp.id
                && now - stamp.seen < Nanos.seconds(settings.times().alert());
        if (again) return this;
        Set<StatusToken> tokens = effective(read, settings);
        boolean lowNow = tokens.contains(StatusToken.OB) && tokens.contains(StatusToken.LB);
        return new ReadingHistory(
                with(tokens, settings.rules().readings()),
                lowNow ? lastNotLow : now,
                since(lowNow && !tokens.contains(StatusToken.CAL), low, now),
                since(tokens.contains(StatusToken.OFF), off, now),
                since(tokens.contains(StatusToken.OVER), over, now),
                new Stamp(id, now));
    }

    /** Whether enough readings in a row have the token. */
    boolean confirmed(StatusToken token, Settings settings) {
        if (recent.size() < settings.rules().readings()) return false;
        for (Set<StatusToken> one : recent) if (!one.contains(token)) return false;
        return true;
    }

    /** Whether the last reading has a token that the readings before it do not have. */
    boolean unconfirmed(StatusToken token, Settings settings) {
        return !recent.isEmpty() && recent.get(recent.size() - 1).contains(token) && !confirmed(token, settings);
    }

    /** Why the UPS is critical; empty when it is not. */
    Optional<String> critical(ConnectionState connection, boolean primary, Settings settings, long now) {
        if (confirmed(StatusToken.FSD, settings)) return Optional.of("a forced shutdown was announced");
        if (connection.lost()) {
            Optional<String> dead = lost(connection, settings, now);
            if (dead.isPresent()) return dead;
        }
        Settings.Rules rules = settings.rules();
        if (rules.off() >= 0
                && confirmed(StatusToken.OFF, settings)
                && held(off, connection.lost() ? connection.good() : now, rules.off()))
            return Optional.of("it has been off for " + rules.off() + " s");
        return lowBattery(connection, primary, settings, now);
    }

    private Optional<String> lost(ConnectionState connection, Settings settings, long now) {
        Settings.Rules rules = settings.rules();
        boolean failed = connection.failures() >= rules.readings();
        if (rules.over() >= 0 && failed && confirmed(StatusToken.OVER, settings) && Nanos.past(over, now, rules.over()))
            return Optional.of("it was overloaded when it was lost");
        if (!rules.lostAtOnce() && lossTolerated(connection, settings, now)) return Optional.empty();
        if (rules.alarm() && confirmed(StatusToken.ALARM, settings))
            return Optional.of("it was in alarm when it was lost");
        if (confirmed(StatusToken.CAL, settings)) return Optional.of("it was calibrating when it was lost");
        if (confirmed(StatusToken.BYPASS, settings)) return Optional.of("it was on bypass when it was lost");
        if (rules.off() >= 0 && confirmed(StatusToken.OFF, settings)) return Optional.of("it was off when it was lost");
        return Optional.empty();
    }

    /**
     * Whether a loss may be temporary: until DEADTIME, and without limit when the last readings had OL, OB or CAL,
     * because OB is judged by its own rule.
     */
    private boolean lossTolerated(ConnectionState connection, Settings settings, long now) {
        return !connection.silent(now, settings.times().dead())
                || seen(StatusToken.OL)
                || seen(StatusToken.OB)
                || seen(StatusToken.CAL);
    }

    private Optional<String> lowBattery(ConnectionState connection, boolean primary, Settings settings, long now) {
        if (!confirmed(StatusToken.OB, settings) || seen(StatusToken.CAL)) return Optional.empty();
        boolean said = confirmed(StatusToken.LB, settings);
        boolean dead = connection.silent(now, settings.times().dead());
        if (!said && !dead) return Optional.empty();
        long assumed = connection.good() + Nanos.seconds(settings.times().dead());
        int hold = settings.rules().lowBattery();
        if (hold > 0 && !Nanos.past(said ? low : assumed, now, hold)) return Optional.empty();
        if (!primary && !Nanos.over(lastNotLow, now, settings.times().hostSync())) return Optional.empty();
        return Optional.of(said ? "it is on battery, and the battery is low" : "it was on battery when it was lost");
    }

    private boolean seen(StatusToken token) {
        for (Set<StatusToken> one : recent) if (one.contains(token)) return true;
        return false;
    }

    /** A status with neither OL nor OB keeps a UPS on battery that was confirmed to be. */
    private Set<StatusToken> effective(Set<StatusToken> read, Settings settings) {
        if (read.contains(StatusToken.OL) || read.contains(StatusToken.OB) || !confirmed(StatusToken.OB, settings))
            return read;
        var tokens = EnumSet.of(StatusToken.OB);
        tokens.addAll(read);
        return tokens;
    }

    private List<Set<StatusToken>> with(Set<StatusToken> tokens, int readings) {
        if (recent.size() == readings && recent.stream().allMatch(tokens::equals)) return recent;
        var all = new ArrayList<>(recent);
        all.add(tokens);
        return List.copyOf(all.subList(Math.max(0, all.size() - readings), all.size()));
    }

    private static long since(boolean holds, long before, long now) {
        if (!holds) return Nanos.NEVER;
        return before == Nanos.NEVER ? now : before;
    }

    /** NUT's OFFDURATION: at once for 0, otherwise when more than that has passed. */
    private static boolean held(long since, long now, int seconds) {
        return seconds == 0 ? since != Nanos.NEVER : Nanos.over(since, now, seconds);
    }
}
