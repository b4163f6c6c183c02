package org.cobnut.conf;

import static org.cobnut.conf.Key.live;
import static org.cobnut.conf.Types.filled;
import static org.cobnut.conf.Types.lines;
import static org.cobnut.conf.Types.program;
import static org.cobnut.conf.Types.whole;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cobnut.conf.Type.Read;

/** The directives of upssched.conf (upssched.conf(5)); in any order, for what belongs together is clear without one. */
final class UpsschedKeys {
    /** The PID of upssched.conf. */
    static final String PID = "cobnut.upssched";

    private static final String AT = "a kind of notice, a UPS or *, a command, its argument and perhaps one more";
    private static final Set<String> STARTS = Set.of("START-TIMER", "START-TIMER-SHARED");
    private static final Set<String> OTHERS = Set.of("CANCEL-TIMER", "CANCEL-TIMER-MATCHED", "EXECUTE");

    static final List<Key> ALL = List.of(
            live("CMDSCRIPT", program()),
            live("PIPEFN", filled()),
            live("LOCKFN", filled()),
            live("AT", lines(4, 5, AT, UpsschedKeys::at)),
            live("DEBUG_MIN", whole(0)).inAnyCase().unsaid("0"));

    private UpsschedKeys() {}

    /** What no line can lack alone. */
    static Optional<String> lack(Scope scope) {
        boolean lacks = scope.table().pid().equals(PID)
                && scope.values().containsKey("at")
                && !scope.values().containsKey("cmdscript");
        return lacks ? Optional.of("AT wants a CMDSCRIPT in this file") : Optional.empty();
    }

    private static Optional<Read.Refusal> at(List<String> words) {
        String command = words.get(2);
        if (!UpsmonKeys.NOTICES.contains(words.get(0).toUpperCase(Locale.ROOT)))
            return refuse("a kind of notice as its first word", words.get(0));
        if (!STARTS.contains(command) && !OTHERS.contains(command))
            return refuse(
                    "START-TIMER, START-TIMER-SHARED, CANCEL-TIMER, CANCEL-TIMER-MATCHED or EXECUTE as its third word",
                    command);
        if (words.get(3).isEmpty()) return refuse("a name behind " + command, "");
        boolean timed = words.size() > 4 && Types.integer(words.get(4)).isPresent();
        if (STARTS.contains(command) && !timed)
            return refuse("seconds behind the timer's name", words.size() > 4 ? words.get(4) : "");
        return Optional.empty();
    }

    private static Optional<Read.Refusal> refuse(String wants, String got) {
        return Optional.of(new Read.Refusal(wants, got));
    }
}
