package org.cobnut.upssched;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A timer that runs.
 *
 * @param due on the clock of its {@link Timers}, in milliseconds
 * @param types of the notices behind it, each once; so with UPSes and messages
 */
record Timer(String name, long due, List<String> types, List<String> upses, List<String> messages) {
    private static final int MOST = 64;

    Timer {
        types = List.copyOf(types);
        upses = List.copyOf(upses);
        messages = List.copyOf(messages);
    }

    static Timer of(String name, long due, Event event) {
        return new Timer(name, due, List.of(event.type()), List.of(event.ups()), List.of(event.message()));
    }

    /** The same with one more notice behind it. */
    Timer with(Event event) {
        return new Timer(name, due, add(types, event.type()), add(upses, event.ups()), add(messages, event.message()));
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

    private static List<String> add(List<String> all, String one) {
        if (all.contains(one) || all.size() == MOST) return all;
        var more = new ArrayList<>(all);
        more.add(one);
        return more;
    }
}
