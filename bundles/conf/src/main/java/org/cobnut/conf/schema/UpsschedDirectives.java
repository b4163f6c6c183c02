package org.cobnut.conf.schema;

import static org.cobnut.conf.schema.Keyword.live;
import static org.cobnut.conf.schema.ValueTypes.filled;
import static org.cobnut.conf.schema.ValueTypes.lines;
import static org.cobnut.conf.schema.ValueTypes.program;
import static org.cobnut.conf.schema.ValueTypes.whole;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cobnut.conf.schema.ValueType.Read;

/** Lists the directives of upssched.conf (upssched.conf(5)); they may stand in any order. */
public final class UpsschedDirectives {
    /** The PID of upssched.conf. */
    static final String PID = "cobnut.upssched";

    private static final String AT = "a kind of notice, a UPS or *, a command, its argument and perhaps one more";
    private static final Set<String> STARTS = Set.of("START-TIMER", "START-TIMER-SHARED");
    private static final Set<String> OTHERS = Set.of("CANCEL-TIMER", "CANCEL-TIMER-MATCHED", "EXECUTE");

    static final List<Keyword> ALL = List.of(
            live("CMDSCRIPT", program()),
            live("PIPEFN", filled()),
            live("LOCKFN", filled()),
            live("AT", lines(4, 5, AT, UpsschedDirectives::at)),
            live("DEBUG_MIN", whole(0)).inAnyCase().unsaid("0"));

    private UpsschedDirectives() {}

    /** What no line can lack alone. */
    static Optional<String> lack(SectionValues scope) {
        boolean lacks = scope.table().pid().equals(PID)
                && scope.values().containsKey("at")
                && !scope.values().containsKey("cmdscript");
        return lacks ? Optional.of("AT wants a CMDSCRIPT in this file") : Optional.empty();
    }

    private static Read at(List<String> words) {
        String command = words.get(2);
        if (!UpsmonDirectives.NOTICES.contains(words.get(0).toUpperCase(Locale.ROOT)))
            return new Read.Refusal("a kind of notice as its first word", words.get(0));
        if (!STARTS.contains(command) && !OTHERS.contains(command))
            return new Read.Refusal(
                    "START-TIMER, START-TIMER-SHARED, CANCEL-TIMER, CANCEL-TIMER-MATCHED or EXECUTE as its third word",
                    command);
        if (words.get(3).isEmpty()) return new Read.Refusal("a name behind " + command, "");
        if (!STARTS.contains(command)) return ValueTypes.row(words, List.of());
        String time = words.size() > 4 ? words.get(4) : "";
        var refusal = new Read.Refusal("seconds behind the timer's name", time);
        if (ValueTypes.integer(time).isPresent()) return ValueTypes.row(words, List.of());
        return ValueTypes.leading(time)
                .<Read>map(number ->
                        ValueTypes.row(UpsmonDirectives.with(words, 4, String.valueOf(number)), List.of(refusal)))
                .orElse(refusal);
    }
}
