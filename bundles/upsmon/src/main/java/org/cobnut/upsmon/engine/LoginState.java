package org.cobnut.upsmon.engine;

import java.util.List;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.time.Nanos;

/**
 * Whether the server counts this machine as supplied by a UPS, and since when it refuses a request for that.
 *
 * @param refused what is refused and why; empty when nothing is
 * @param warned when the refusal was last notified
 */
public record LoginState(boolean counted, String refused, long since, long warned) {
    static final LoginState NONE = new LoginState(false, "", Nanos.NEVER, Nanos.NEVER);

    /** The state after a login, its loss or its refusal. */
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

    /** Repeats the notice of a refusal, which would otherwise show only in an outage. */
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
