package org.cobnut.upssched;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A timer that runs, or one of before that waits.
 *
 * @param due on the clock of its {@link Timers}, in milliseconds
 * @param length for how long it runs in all, in milliseconds
 * @param types of the notices behind it, each once; so with UPSes and messages
 * @param awaited UPSes that have not been read since what was known of them became old; until then it does not end
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

    /** The same with one more notice behind it. */
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

    /** The same when nothing that is known of its UPSes counts any more. The machine itself needs no reading. */
    Timer waiting() {
        return waitingFor(upses.stream().filter(ups -> !ups.isEmpty()).collect(Collectors.toSet()));
    }

    /** The same when what began it holds still, or nothing more can be learnt. */
    Timer confirmed() {
        return waitingFor(Set.of());
    }

    /** The same when one of its UPSes has been read. */
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

    /** What CMDSCRIPT finds in its environment when the timer ends. */
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
