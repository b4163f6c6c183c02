package org.cobnut.upsmon;

import java.util.List;

/**
 * Whether the server counts this machine among those that a UPS supplies, and since when it refuses something of that.
 *
 * @param refused what is refused and why; empty when all is well
 * @param warned the last notice of the refusal
 */
record LoginState(boolean counted, String refused, long since, long warned) {
    static final LoginState NONE = new LoginState(false, "", Nanos.NEVER, Nanos.NEVER);

    /** After a login, its loss or its refusal. */
    LoginState after(Reading.Login login, long now, Settings settings, List<Effect> effects) {
        String ups = login.ups();
        if (!login.counted() && counted)
            effects.add(new Effect.Log("Not logged in to UPS [%s] any more: %s".formatted(ups, login.reason())));
        else if (!login.counted())
            effects.add(new Effect.Log("Cannot log in to UPS [%s]: %s".formatted(ups, login.reason())));
        if (login.reason().isEmpty()) {
            if (warned != Nanos.NEVER) effects.add(settings.notice(NoticeType.COMMOK, ups));
            return new LoginState(login.counted(), "", Nanos.NEVER, Nanos.NEVER);
        }
        return new LoginState(login.counted(), login.reason(), refused.isEmpty() ? now : since, warned);
    }

    /** Tells, now and again, that something is refused: nobody else would learn of it before the outage. */
    LoginState remind(String ups, long now, Settings settings, List<Effect> effects) {
        if (refused.isEmpty()) return this;
        int period = settings.times().noComm();
        boolean due = warned == Nanos.NEVER
                ? Nanos.past(since, now, Math.min(period, settings.times().dead()))
                : Nanos.over(warned, now, period);
        if (!due) return this;
        String text = counted
                ? "UPS %s: %s. This machine could not announce a shutdown to the others".formatted(ups, refused)
                : "UPS %s: cannot log in (%s). Its primary would not wait for this machine".formatted(ups, refused);
        effects.add(settings.notice(NoticeType.NOCOMM, ups, text, refused));
        return new LoginState(counted, refused, since, now);
    }
}
