package org.cobnut.drivers.virtual;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.cobnut.model.Outcome;

/** What somebody has commanded of the choice, each for a time or until it is taken back. */
final class Overrides {
    private static final String PRIMARY = ".force.primary";
    private static final String IGNORE = ".force.ignore";

    /** By command; nothing for as long as it is not taken back. */
    private final Map<String, OptionalLong> until = new HashMap<>();

    static Set<String> commands(Iterable<String> ports) {
        var commands = new TreeSet<String>();
        for (String port : ports) {
            commands.add(port + PRIMARY);
            commands.add(port + IGNORE);
        }
        return commands;
    }

    boolean primary(String port, long now) {
        return holds(port + PRIMARY, now);
    }

    boolean ignored(String port, long now) {
        return holds(port + IGNORE, now);
    }

    /** Whether one of them ends by itself. */
    boolean counts() {
        return until.values().stream().anyMatch(OptionalLong::isPresent);
    }

    /** @param seconds none and 0 take it back, less than 0 is for good */
    Outcome take(String command, String seconds, long now) {
        Optional<Double> given = seconds.isEmpty() ? Optional.of(0.0) : Numbers.read(seconds);
        if (given.isEmpty()) return Outcome.invalid(seconds + " is no number of seconds");
        double time = given.get();
        if (time == 0) until.remove(command);
        else if (time < 0) until.put(command, OptionalLong.empty());
        else until.put(command, OptionalLong.of(now + (long) (time * TimeUnit.SECONDS.toNanos(1))));
        return Outcome.handled();
    }

    private boolean holds(String command, long now) {
        OptionalLong end = until.get(command);
        if (end == null) return false;
        if (end.isEmpty() || end.getAsLong() - now > 0) return true;
        until.remove(command);
        return false;
    }
}
