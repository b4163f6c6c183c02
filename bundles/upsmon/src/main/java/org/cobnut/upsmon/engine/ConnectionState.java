package org.cobnut.upsmon.engine;

import java.util.List;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.time.Nanos;

/**
 * The state of the connection to a UPS.
 *
 * @param good the last answer, or the beginning of monitoring
 * @param failures missing answers in a row
 * @param warned when the loss was last notified
 * @param reason why the last answer is missing; empty when it is not
 */
public record ConnectionState(Kind kind, long good, int failures, long warned, String reason) {
    /** The kinds of state. */
    public enum Kind {
        UNTRIED,
        UP,
        LOST
    }

    static ConnectionState untried(long now) {
        return new ConnectionState(Kind.UNTRIED, now, 0, Nanos.NEVER, "");
    }

    public boolean lost() {
        return kind == Kind.LOST;
    }

    /** Whether the UPS is lost and has not answered for more than this many seconds. */
    boolean silent(long now, int seconds) {
        return lost() && Nanos.over(good, now, seconds);
    }

    ConnectionState answered(String ups, long now, Settings settings, List<Effect> effects) {
        if (lost()) effects.add(settings.notice(NoticeType.COMMOK, ups));
        return new ConnectionState(Kind.UP, now, 0, Nanos.NEVER, "");
    }

    ConnectionState missed(String ups, String reason, long now, Settings settings, List<Effect> effects) {
        if (!lost()) {
            effects.add(new Effect.Log("Poll UPS [%s] failed - %s".formatted(ups, reason)));
            effects.add(settings.notice(NoticeType.COMMBAD, ups));
            return new ConnectionState(Kind.LOST, good, 1, Nanos.NEVER, reason);
        }
        return new ConnectionState(Kind.LOST, good, failures + 1, warned, reason);
    }

    /** Repeats the notice that the UPS is lost. */
    ConnectionState remind(String ups, long now, Settings settings, List<Effect> effects) {
        int period = settings.times().noComm();
        boolean due = warned == Nanos.NEVER ? Nanos.past(good, now, period) : Nanos.over(warned, now, period);
        if (!lost() || !due) return this;
        effects.add(settings.notice(NoticeType.NOCOMM, ups));
        return new ConnectionState(kind, good, failures, now, reason);
    }
}
