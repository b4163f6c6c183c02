package org.cobnut.upsmon;

import java.util.List;

/**
 * Whether a UPS answers.
 *
 * @param good the last answer, or the beginning of the watch
 * @param failures answers missing in a row
 * @param warned the last notice of the loss
 * @param reason why the last answer is missing; empty when it is not
 */
record Contact(Line line, long good, int failures, long warned, String reason) {
    /** What is known of the connection. */
    enum Line {
        UNTRIED,
        UP,
        LOST
    }

    static Contact untried(long now) {
        return new Contact(Line.UNTRIED, now, 0, Nanos.NEVER, "");
    }

    boolean lost() {
        return line == Line.LOST;
    }

    /** Whether it has been silent for longer than that. */
    boolean silent(long now, int seconds) {
        return lost() && Nanos.over(good, now, seconds);
    }

    Contact answered(String ups, long now, Settings settings, List<Effect> effects) {
        if (lost()) effects.add(settings.notice(NoticeType.COMMOK, ups));
        return new Contact(Line.UP, now, 0, Nanos.NEVER, "");
    }

    Contact missed(String ups, String reason, long now, Settings settings, List<Effect> effects) {
        if (!lost()) {
            effects.add(new Effect.Log("Poll UPS [%s] failed - %s".formatted(ups, reason)));
            effects.add(settings.notice(NoticeType.COMMBAD, ups));
            return new Contact(Line.LOST, good, 1, Nanos.NEVER, reason);
        }
        return new Contact(Line.LOST, good, failures + 1, warned, reason);
    }

    /** Tells, now and again, that the UPS has been lost for long. */
    Contact remind(String ups, long now, Settings settings, List<Effect> effects) {
        int period = settings.times().noComm();
        boolean due = warned == Nanos.NEVER ? Nanos.past(good, now, period) : Nanos.over(warned, now, period);
        if (!lost() || !due) return this;
        effects.add(settings.notice(NoticeType.NOCOMM, ups));
        return new Contact(line, good, failures, now, reason);
    }
}
