package org.cobnut.upssched;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The timers that run, in the order in which they began. For one thread; moments are milliseconds of one clock. */
final class Timers {
    /** How many there may be. */
    static final int MOST = 1000;

    private final List<Timer> all = new ArrayList<>();

    Timers(List<Timer> before) {
        all.addAll(before.subList(0, Math.min(MOST, before.size())));
    }

    /** What became of it, for the log. */
    String start(Deed.Start deed, Event event, long now) {
        if (deed.shared())
            for (int i = 0; i < all.size(); i++)
                if (all.get(i).name().equals(deed.timer())) {
                    all.set(i, all.get(i).with(event));
                    return "Timer %s runs already, and is shared".formatted(deed.timer());
                }
        if (deed.seconds() < 0) return "Timer %s: negative time is ignored".formatted(deed.timer());
        if (all.size() == MOST) return "Timer %s: there are %d already".formatted(deed.timer(), MOST);
        all.add(Timer.of(deed.timer(), now + deed.seconds() * 1000L, event));
        return "New timer: %s (%d seconds)".formatted(deed.timer(), deed.seconds());
    }

    /** Whether there was one to cancel. */
    boolean cancel(Deed.Cancel deed, Event event) {
        return all.removeIf(timer -> timer.name().equals(deed.timer()) && (!deed.matched() || timer.began(event)));
    }

    /** Takes out those whose time has come, the earliest first. */
    List<Timer> due(long now) {
        Predicate<Timer> over = timer -> timer.due() <= now;
        List<Timer> due = all.stream()
                .filter(over)
                .sorted((one, other) -> Long.compare(one.due(), other.due()))
                .toList();
        all.removeIf(over);
        return due;
    }

    /** When the next one ends. */
    OptionalLong next() {
        return all.stream().mapToLong(Timer::due).min();
    }

    List<Timer> list() {
        return List.copyOf(all);
    }
}
