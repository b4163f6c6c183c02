package org.cobnut.drivers.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table: what the section says, who is there as {@code STATE:WORDS:RUNTIME:LOW}, and who is chosen. */
class RankingTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',                                        fresh:OL fresh:OL,                     a
            '',                                        gone:OL fresh:OB,                      b
            '',                                        fresh:OB fresh:OL,                     b
            '',                                        stale:OL fresh:OB,                     b
            '',                                        stale:OL stale:OL,                     a
            '',                                        gone:OL gone:OL,                       -
            '',                                        fresh:OL forced:OB,                    b
            '',                                        forced:OL forced:OL,                   a
            '',                                        ignored:OL fresh:OB,                   b
            '',                                        ignored:OL gone:OL,                    -
            status_have_any=BYPASS,                    fresh:OL fresh:OL+BYPASS,              b
            status_have_any=BYPASS,                    fresh:OL fresh:OB,                     a
            'status_have_all=OL,CHRG',                 fresh:OL fresh:OL+CHRG,                b
            status_nothave_any=ALARM,                  fresh:ALARM+OL fresh:OB,               b
            'status_nothave_all=OB,LB',                fresh:OB+LB fresh:OB,                  b
            'status_nothave_any=LB;status_have_any=LB', fresh:LB fresh:OL,                    b
            status_have_any=OL,                        stale:OL fresh:OB,                     b
            status_have_any=OL;strictfiltering=1,      fresh:OB fresh:OB,                     -
            status_have_any=OL;strictfiltering=1,      fresh:OB fresh:OL,                     b
            status_have_any=OL;strictfiltering=1,      fresh:OL forced:OB,                    b
            '',                                        fresh:OB:10 fresh:OB:20,               a
            checkruntime=1,                            fresh:OB:10:9 fresh:OB:20:1,           b
            checkruntime=1,                            fresh:OB::9 fresh:OB:1,                b
            checkruntime=1,                            fresh:OL:10 fresh:OL:20,               a
            checkruntime=1,                            stale:OL:10 stale:OL:20,               b
            checkruntime=2,                            fresh:OB:20:1 fresh:OB:10:2,           b
            checkruntime=3,                            fresh:OB:20:1 fresh:OB:10:2,           a
            checkruntime=3,                            fresh:OB:20:1 fresh:OB:20:2,           b
            """)
    void choosesByPriorityThenRuntimeThenOrder(String rules, String present, String chosen) {
        String[] lines =
                rules.isEmpty() ? new String[0] : rules.replace("=", " = ").split(";");
        Settings settings = Play.settings(new Failover(), "a,b", lines);
        var candidates = new ArrayList<Candidate>();
        for (String one : present.split(" "))
            candidates.add(candidate(candidates.isEmpty() ? "a" : "b", one.split(":")));
        assertThat(Ranking.of(settings).best(candidates).map(Candidate::port).orElse("-"))
                .isEqualTo(chosen);
    }

    private static Candidate candidate(String port, String[] parts) {
        String state = parts[0];
        boolean fresh = List.of("fresh", "forced", "ignored").contains(state);
        return new Candidate(
                port,
                fresh || state.equals("stale"),
                fresh,
                Arrays.asList(parts[1].split("\\+", -1)),
                number(parts, 2),
                number(parts, 3),
                state.equals("forced"),
                state.equals("ignored"));
    }

    private static Optional<Double> number(String[] parts, int at) {
        return parts.length > at ? Numbers.read(parts[at]) : Optional.empty();
    }
}
