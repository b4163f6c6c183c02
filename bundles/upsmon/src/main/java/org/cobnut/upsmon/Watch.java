package org.cobnut.upsmon;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known of one UPS.
 *
 * @param login whether this machine is logged in there
 * @param critical why it is critical; empty when it is not
 * @param spent whether an FSD that is set still has led to a shutdown already, which failed
 * @param told what people were told before this was known, as long as nothing has been read since
 */
record Watch(
        Contact contact,
        Status status,
        Evidence evidence,
        LoginState login,
        Optional<String> critical,
        boolean spent,
        Optional<Told> told) {
    private static final List<Token> GRAVE = List.of(Token.FSD, Token.OB, Token.LB, Token.OFF);
    private static final int SOON = 3;
    private static final int AT_ONCE = 1;

    static Watch fresh(long now, Told told) {
        return new Watch(
                Contact.untried(now),
                Status.UNKNOWN,
                Evidence.none(now),
                LoginState.NONE,
                Optional.empty(),
                false,
                Optional.of(told));
    }

    Watch answer(Reading.Answer answer, long now, Settings settings, List<Effect> effects) {
        String ups = answer.ups();
        if (answer.words().isEmpty())
            return missed(new Reading.NoAnswer(ups, "its status is empty"), now, settings, effects);
        Words words = Words.of(answer);
        Contact up = contact.answered(ups, now, settings, effects);
        told.ifPresent(before -> before.tellEnded(ups, words, contact.lost(), settings, effects));
        Status known = status.next(ups, words, now, settings, effects);
        boolean still = spent && words.tokens().contains(Token.FSD);
        Evidence proof = evidence.next(still ? without(words.tokens()) : words.tokens(), answer.stamp(), now, settings);
        for (Token token : GRAVE)
            if (proof.unconfirmed(token, settings)) {
                effects.add(new Effect.PollAgain(ups, again(token, settings)));
                break;
            }
        if (told.isPresent()) effects.add(new Effect.Answered(ups, words.tokens()));
        return new Watch(up, known, proof, login, critical, still, Optional.empty());
    }

    Watch missed(Reading.NoAnswer missing, long now, Settings settings, List<Effect> effects) {
        Contact next = contact.missed(missing.ups(), missing.reason(), now, settings, effects);
        return new Watch(next, status, evidence, login, critical, spent, told);
    }

    Watch login(Reading.Login heard, long now, Settings settings, List<Effect> effects) {
        return new Watch(contact, status, evidence, login.after(heard, now, settings, effects), critical, spent, told);
    }

    /** Whether the server counts this machine. */
    boolean counted() {
        return login.counted();
    }

    Watch fsd(String ups, Settings settings, List<Effect> effects) {
        return new Watch(contact, status.fsd(ups, settings, effects), evidence, login, critical, spent, told);
    }

    /** What a sleeping machine remembers is old: nothing of it may decide. */
    Watch forget(long now) {
        var awake = new Contact(contact.line(), now, 0, Nanos.NEVER, contact.reason());
        var before = told.orElseGet(() -> Told.of(status));
        return new Watch(
                awake, Status.UNKNOWN, evidence.forget(now), login, Optional.empty(), spent, Optional.of(before));
    }

    /** Nothing led anywhere: what the UPS says from now on counts, but for an FSD that nobody can take back. */
    Watch afresh(long now) {
        var asked = new Contact(contact.line(), now, 0, Nanos.NEVER, contact.reason());
        return new Watch(asked, status, Evidence.none(now), LoginState.NONE, Optional.empty(), true, told);
    }

    /** Judges anew, and tells the log what has changed. */
    Watch judge(Settings.Monitor monitor, Settings settings, long now, List<Effect> effects) {
        Contact reminded = contact.lost() ? contact.remind(monitor.ups(), now, settings, effects) : contact;
        Optional<String> why = evidence.critical(reminded, monitor.primary(), settings, now);
        if (why.isPresent() && critical.isEmpty())
            effects.add(new Effect.Log("UPS [%s] is critical: %s".formatted(monitor.ups(), why.get())));
        else if (why.isEmpty() && critical.isPresent())
            effects.add(new Effect.Log("UPS [%s] is no longer critical".formatted(monitor.ups())));
        LoginState known = contact.lost() ? login : login.remind(monitor.ups(), now, settings, effects);
        boolean same = reminded.equals(contact) && why.equals(critical) && known.equals(login);
        return same ? this : new Watch(reminded, status, evidence, known, why, spent, told);
    }

    /** Whether it is to be looked at more often. */
    boolean alert(Settings settings) {
        return status.power() == Status.Power.BATTERY
                || (settings.rules().over() >= 0 && status.tokens().contains(Token.OVER));
    }

    private static Set<Token> without(Set<Token> tokens) {
        var others = EnumSet.copyOf(tokens);
        others.remove(Token.FSD);
        return others;
    }

    private static int again(Token token, Settings settings) {
        return token == Token.FSD
                ? AT_ONCE
                : Math.max(1, Math.min(SOON, settings.times().alert()));
    }
}
