package org.cobnut.upssched;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The timers that run, in the order in which they began, and those that wait until their UPSes have been read. For one
 * thread; moments are milliseconds of one clock.
 */
final class Timers {
    /** How many there may be. */
    static final int MOST = 1000;

    private final List<Timer> all = new ArrayList<>();

    Timers(List<Timer> before) {
        all.addAll(before.subList(0, Math.min(MOST, before.size())));
    }

    /** What became of it, for the log. */
    String start(Deed.Start deed, Event event, long now) {
        for (int i = 0; i < all.size(); i++) {
            Timer timer = all.get(i);
            if (!timer.name().equals(deed.timer())) continue;
            boolean again = timer.waits() && timer.began(event);
            if (again) timer = timer.confirmed();
            if (deed.shared()) timer = timer.with(event);
            all.set(i, timer);
            if (again) return "Timer %s goes on: %s was told again".formatted(deed.timer(), event.type());
            if (deed.shared()) return "Timer %s runs already, and is shared".formatted(deed.timer());
        }
        if (deed.seconds() < 0) return "Timer %s: negative time is ignored".formatted(deed.timer());
        if (all.size() == MOST) return "Timer %s: there are %d already".formatted(deed.timer(), MOST);
        all.add(Timer.of(deed.timer(), now + deed.seconds() * 1000L, deed.seconds() * 1000L, event));
        return "New timer: %s (%d seconds)".formatted(deed.timer(), deed.seconds());
    }

    /** Whether there was one to cancel. */
    boolean cancel(Deed.Cancel deed, Event event) {
        return all.removeIf(timer -> timer.name().equals(deed.timer()) && (!deed.matched() || timer.began(event)));
    }

    /** Takes out those whose time has come, the earliest first. */
    List<Timer> due(long now) {
        Predicate<Timer> over = timer -> !timer.waits() && timer.due() <= now;
        List<Timer> due = all.stream()
                .filter(over)
                .sorted((one, other) -> Long.compare(one.due(), other.due()))
                .toList();
        all.removeIf(over);
        return due;
    }

    /** Nothing that is known of a UPS counts any more: all wait that a UPS began. */
    void forget() {
        all.replaceAll(Timer::waiting);
    }

    /** What began a timer was told again: it goes on. */
    void confirm(Event event) {
        all.replaceAll(timer -> timer.waits() && timer.began(event) ? timer.confirmed() : timer);
    }

    /** A UPS was read: timers go on that wait for no other, or that it began and that is on battery still. */
    void answered(String ups, boolean onBattery) {
        all.replaceAll(timer -> {
            if (!timer.awaited().contains(ups)) return timer;
            return onBattery ? timer.confirmed() : timer.heardOf(ups);
        });
    }

    /** Whatever waits goes on. */
    void confirmAll() {
        all.replaceAll(Timer::confirmed);
    }

    /** Those that wait for this UPS, or for any if that is empty. */
    List<Timer> waiting(String ups) {
        return all.stream()
                .filter(Timer::waits)
                .filter(timer -> ups.isEmpty() || timer.awaited().contains(ups))
                .toList();
    }

    /** When the next one ends; those that wait have no such moment. */
    OptionalLong next() {
        return all.stream()
                .filter(timer -> !timer.waits())
                .mapToLong(Timer::due)
                .min();
    }

    List<Timer> list() {
        return List.copyOf(all);
    }
}
