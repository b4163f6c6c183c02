package org.cobnut.upssched;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The running timers in the order of their start, and those that wait until their UPSes have been read. For one thread;
 * times are milliseconds of one clock.
 */
final class Timers {
    /** Most timers at a time. */
    static final int MOST = 1000;

    private final List<Timer> all = new ArrayList<>();

    Timers(List<Timer> before) {
        all.addAll(before.subList(0, Math.min(MOST, before.size())));
    }

    /** Starts a timer; returns the result, for the log. */
    String start(Action.Start action, Event event, long now) {
        for (int i = 0; i < all.size(); i++) {
            Timer timer = all.get(i);
            if (!timer.name().equals(action.timer())) continue;
            boolean again = timer.waits() && timer.began(event);
            if (again) timer = timer.confirmed();
            if (action.shared()) timer = timer.with(event);
            all.set(i, timer);
            if (again) return "Timer %s goes on: %s was told again".formatted(action.timer(), event.type());
            if (action.shared()) return "Timer %s runs already, and is shared".formatted(action.timer());
        }
        if (action.seconds() < 0) return "Timer %s: negative time is ignored".formatted(action.timer());
        if (all.size() == MOST) return "Timer %s: there are %d already".formatted(action.timer(), MOST);
        all.add(Timer.of(action.timer(), now + action.seconds() * 1000L, action.seconds() * 1000L, event));
        return "New timer: %s (%d seconds)".formatted(action.timer(), action.seconds());
    }

    /** Cancels timers; false when there was none. */
    boolean cancel(Action.Cancel action, Event event) {
        return all.removeIf(timer -> timer.name().equals(action.timer()) && (!action.matched() || timer.began(event)));
    }

    /** Removes the timers whose time has come, the earliest first. */
    List<Timer> due(long now) {
        Predicate<Timer> over = timer -> !timer.waits() && timer.due() <= now;
        List<Timer> due = all.stream()
                .filter(over)
                .sorted((one, other) -> Long.compare(one.due(), other.due()))
                .toList();
        all.removeIf(over);
        return due;
    }

    /** Makes all timers that a UPS started wait, because the state of UPSes is unknown. */
    void forget() {
        all.replaceAll(Timer::waiting);
    }

    /** Continues timers whose cause was notified again. */
    void confirm(Event event) {
        all.replaceAll(timer -> timer.waits() && timer.began(event) ? timer.confirmed() : timer);
    }

    /**
     * Continues timers after a reading of a UPS: those that wait for no other, and those that it started while it is
     * still on battery.
     */
    void answered(String ups, boolean onBattery) {
        all.replaceAll(timer -> {
            if (!timer.awaited().contains(ups)) return timer;
            return onBattery ? timer.confirmed() : timer.heardOf(ups);
        });
    }

    /** Continues all timers that wait. */
    void confirmAll() {
        all.replaceAll(Timer::confirmed);
    }

    /** The timers that wait for this UPS, or for any if it is empty. */
    List<Timer> waiting(String ups) {
        return all.stream()
                .filter(Timer::waits)
                .filter(timer -> ups.isEmpty() || timer.awaited().contains(ups))
                .toList();
    }

    /** When the next timer ends; timers that wait do not count. */
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
