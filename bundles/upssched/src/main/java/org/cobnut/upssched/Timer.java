package org.cobnut.upssched;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A timer that runs, or an earlier one that waits.
 *
 * @param due on the clock of its {@link Timers}, in milliseconds
 * @param length its whole time, in milliseconds
 * @param types the types of its notices, each once; UPSes and messages likewise
 * @param awaited UPSes whose state became unknown and that have not been read since; the timer does not end before
 */
record Timer(
        String name,
        long due,
        long length,
        List<String> types,
        List<String> upses,
        List<String> messages,
        Set<String> awaited) {
    private static final int MOST = 64;

    Timer {
        types = List.copyOf(types);
        upses = List.copyOf(upses);
        messages = List.copyOf(messages);
        awaited = Set.copyOf(awaited);
    }

    static Timer of(String name, long due, long length, Event event) {
        return new Timer(
                name, due, length, List.of(event.type()), List.of(event.ups()), List.of(event.message()), Set.of());
    }

    /** The timer with one more notice. */
    Timer with(Event event) {
        return new Timer(
                name,
                due,
                length,
                add(types, event.type()),
                add(upses, event.ups()),
                add(messages, event.message()),
                awaited);
    }

    /** The timer after all state became unknown. A timer of the machine needs no reading. */
    Timer waiting() {
        return waitingFor(upses.stream().filter(ups -> !ups.isEmpty()).collect(Collectors.toSet()));
    }

    /** The timer when its cause is confirmed, or cannot be confirmed any more. */
    Timer confirmed() {
        return waitingFor(Set.of());
    }

    /** The timer after one of its UPSes has been read. */
    Timer heardOf(String ups) {
        Set<String> others = new HashSet<>(awaited);
        others.remove(ups);
        return waitingFor(others);
    }

    boolean waits() {
        return !awaited.isEmpty();
    }

    boolean began(Event event) {
        return types.contains(event.type()) && upses.contains(event.ups());
    }

    /** The environment of CMDSCRIPT when the timer ends. */
    Map<String, String> environment() {
        return Map.of(
                "UPSNAME", String.join(",", upses),
                "NOTIFYTYPE", String.join(",", types),
                "NOTIFYMSG", String.join(".\t", messages));
    }

    private Timer waitingFor(Set<String> now) {
        return now.equals(awaited) ? this : new Timer(name, due, length, types, upses, messages, now);
    }

    private static List<String> add(List<String> all, String one) {
        if (all.contains(one) || all.size() == MOST) return all;
        var more = new ArrayList<>(all);
        more.add(one);
        return more;
    }
}
