package org.cobnut.upsmon;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What speaks for a shutdown, and since when. Only what the last readings agree on counts, so that one wrong reading
 * decides nothing; a missing answer between them says nothing and is passed over.
 *
 * @param recent the last readings, oldest first, as many as must agree
 * @param calm the last reading that was not OB and LB, or the beginning of the watch
 * @param low since when readings say OB and LB without CAL
 * @param off since when they say OFF
 * @param over since when they say OVER
 * @param stamp of the last reading, and when it was seen first
 */
record Evidence(List<Set<Token>> recent, long calm, long low, long off, long over, Stamp stamp) {
    /** Which report of the driver was read, and when for the first time. */
    record Stamp(long id, long seen) {}

    static Evidence none(long now) {
        return new Evidence(List.of(), now, Nanos.NEVER, Nanos.NEVER, Nanos.NEVER, new Stamp(Nanos.NEVER, now));
    }

    /** Nothing speaks for a shutdown any more, and a report that was read counts no sooner for that. */
    Evidence forget(long now) {
        return new Evidence(List.of(), now, Nanos.NEVER, Nanos.NEVER, Nanos.NEVER, new Stamp(stamp.id, now));
    }

    /** Takes a reading in. The same report of the driver counts once in a poll's time. */
    Evidence next(Set<Token> read, long id, long now, Settings settings) {
        boolean again = id == stamp.id
                && now - stamp.seen < Nanos.seconds(settings.times().alert());
        if (again) return this;
        Set<Token> tokens = effective(read, settings);
        boolean lowNow = tokens.contains(Token.OB) && tokens.contains(Token.LB);
        return new Evidence(
                with(tokens, settings.rules().readings()),
                lowNow ? calm : now,
                since(lowNow && !tokens.contains(Token.CAL), low, now),
                since(tokens.contains(Token.OFF), off, now),
                since(tokens.contains(Token.OVER), over, now),
                new Stamp(id, now));
    }

    /** Whether enough readings in a row say so. */
    boolean agreed(Token token, Settings settings) {
        if (recent.size() < settings.rules().readings()) return false;
        for (Set<Token> one : recent) if (!one.contains(token)) return false;
        return true;
    }

    /** Whether the last reading says something grave that those before it do not. */
    boolean unconfirmed(Token token, Settings settings) {
        return !recent.isEmpty() && recent.get(recent.size() - 1).contains(token) && !agreed(token, settings);
    }

    /** Why the UPS is critical; nothing when it is not. */
    Optional<String> critical(Contact contact, boolean primary, Settings settings, long now) {
        if (agreed(Token.FSD, settings)) return Optional.of("a forced shutdown was announced");
        if (contact.lost()) {
            Optional<String> dead = lost(contact, settings, now);
            if (dead.isPresent()) return dead;
        }
        Settings.Rules rules = settings.rules();
        if (rules.off() >= 0
                && agreed(Token.OFF, settings)
                && held(off, contact.lost() ? contact.good() : now, rules.off()))
            return Optional.of("it has been off for " + rules.off() + " s");
        return lowBattery(contact, primary, settings, now);
    }

    private Optional<String> lost(Contact contact, Settings settings, long now) {
        Settings.Rules rules = settings.rules();
        boolean failed = contact.failures() >= rules.readings();
        if (rules.over() >= 0 && failed && agreed(Token.OVER, settings) && Nanos.past(over, now, rules.over()))
            return Optional.of("it was overloaded when it was lost");
        if (!rules.lostAtOnce() && excused(contact, settings, now)) return Optional.empty();
        if (rules.alarm() && agreed(Token.ALARM, settings)) return Optional.of("it was in alarm when it was lost");
        if (agreed(Token.CAL, settings)) return Optional.of("it was calibrating when it was lost");
        if (agreed(Token.BYPASS, settings)) return Optional.of("it was on bypass when it was lost");
        if (rules.off() >= 0 && agreed(Token.OFF, settings)) return Optional.of("it was off when it was lost");
        return Optional.empty();
    }

    /** Unknown is not dead: not for DEADTIME, and not at all where power was known to be there, or is known by OB. */
    private boolean excused(Contact contact, Settings settings, long now) {
        return !contact.silent(now, settings.times().dead())
                || mentioned(Token.OL)
                || mentioned(Token.OB)
                || mentioned(Token.CAL);
    }

    private Optional<String> lowBattery(Contact contact, boolean primary, Settings settings, long now) {
        if (!agreed(Token.OB, settings) || mentioned(Token.CAL)) return Optional.empty();
        boolean said = agreed(Token.LB, settings);
        boolean dead = contact.silent(now, settings.times().dead());
        if (!said && !dead) return Optional.empty();
        long assumed = contact.good() + Nanos.seconds(settings.times().dead());
        int hold = settings.rules().lowBattery();
        if (hold > 0 && !Nanos.past(said ? low : assumed, now, hold)) return Optional.empty();
        if (!primary && !Nanos.over(calm, now, settings.times().hostSync())) return Optional.empty();
        return Optional.of(said ? "it is on battery, and the battery is low" : "it was on battery when it was lost");
    }

    private boolean mentioned(Token token) {
        for (Set<Token> one : recent) if (one.contains(token)) return true;
        return false;
    }

    /** A status that says nothing of the input leaves the UPS on battery, if it was for sure. */
    private Set<Token> effective(Set<Token> read, Settings settings) {
        if (read.contains(Token.OL) || read.contains(Token.OB) || !agreed(Token.OB, settings)) return read;
        var tokens = EnumSet.of(Token.OB);
        tokens.addAll(read);
        return tokens;
    }

    private List<Set<Token>> with(Set<Token> tokens, int readings) {
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
