package org.cobnut.conf.schema;

import java.util.HashSet;
import java.util.Optional;
import org.cobnut.wire.Lexer;

/**
 * Checks the one condition of upsmon.conf that no line alone can break: the power values must be able to reach
 * MINSUPPLIES.
 */
public final class MinSupplies {
    /** The PID of upsmon.conf. */
    static final String PID = "cobnut.upsmon";

    private MinSupplies() {}

    /** What is wrong, if anything. Of two lines for one UPS the first counts. */
    public static Optional<String> lack(SectionValues scope) {
        if (!scope.table().pid().equals(PID)) return Optional.empty();
        int wanted = scope.values().get("minsupplies") instanceof Integer number ? number : 1;
        int sum = 0;
        var seen = new HashSet<String>();
        if (scope.values().get("monitor") instanceof String[] lines)
            for (String line : lines) {
                var words = Lexer.lines(line).get(0);
                if (seen.add(words.get(0))) sum += Integer.parseInt(words.get(1));
            }
        if (sum >= wanted) return Optional.empty();
        return Optional.of("the power values of all MONITOR lines make %d, which is less than MINSUPPLIES %d"
                .formatted(sum, wanted));
    }

    /** The line to look at. */
    static int line(SectionValues scope) {
        return Math.max(Math.max(scope.mentioned("minsupplies"), scope.mentioned("monitor")), scope.line());
    }
}
