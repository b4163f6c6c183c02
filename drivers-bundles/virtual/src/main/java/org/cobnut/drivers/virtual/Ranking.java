package org.cobnut.drivers.virtual;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cobnut.driver.Settings;

/**
 * Which of several devices is shown (failover(8), "PRIORITIES").
 *
 * @param strict whether a device that fails the filters cannot be chosen at all
 * @param runtimes whether the battery's runtime decides among those that are not surely on line
 * @param lowRuntimes whether its lower limit does, after the runtime
 */
record Ranking(Filters filters, boolean strict, boolean runtimes, boolean lowRuntimes) {
    /** From here on a runtime may decide before the order does. */
    private static final int DOUBTFUL = 3;

    static Ranking of(Settings settings) {
        String check = settings.text("checkruntime").orElse("0");
        return new Ranking(
                Filters.of(settings),
                settings.text("strictfiltering").orElse("0").equals("1"),
                check.equals("1") || check.equals("3"),
                check.equals("2") || check.equals("3"));
    }

    /** The best in this order; none when none is fit. */
    Optional<Candidate> best(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> priority(candidate).isPresent())
                .min(Comparator.<Candidate>comparingInt(
                                candidate -> priority(candidate).orElseThrow())
                        .thenComparing(this::byRuntime));
    }

    /** 0 is best; nothing for one that cannot be chosen. */
    OptionalInt priority(Candidate candidate) {
        if (!candidate.alive() || candidate.ignored()) return OptionalInt.empty();
        if (candidate.forced()) return OptionalInt.of(0);
        if (filters.given() && candidate.fresh() && filters.pass(candidate.status())) return OptionalInt.of(1);
        if (strict) return OptionalInt.empty();
        if (!candidate.fresh()) return OptionalInt.of(4);
        return OptionalInt.of(candidate.status().contains("OL") ? 2 : DOUBTFUL);
    }

    /** Longer is better, and a runtime better than none. */
    private int byRuntime(Candidate one, Candidate other) {
        if (priority(one).orElseThrow() < DOUBTFUL) return 0;
        int order = runtimes ? longer(one.runtime(), other.runtime()) : 0;
        return order != 0 || !lowRuntimes ? order : longer(one.lowRuntime(), other.lowRuntime());
    }

    private static int longer(Optional<Double> one, Optional<Double> other) {
        return Double.compare(other.orElse(-1.0), one.orElse(-1.0));
    }
}
