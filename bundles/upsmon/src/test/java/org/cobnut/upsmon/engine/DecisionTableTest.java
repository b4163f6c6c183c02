package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which status, after which, answered or not, is the end: by hand, and then all of them against the rules said again. */
class DecisionTableTest {
    private static final String YES = "down";

    /** How a status is met: read so often, then silence for so many seconds. */
    enum Line {
        ONCE(1, 0),
        TWICE(2, 0),
        LONG(8, 0),
        LOST(2, 5),
        DEAD(2, 30);

        final int readings;
        final int silence;

        Line(int readings, int silence) {
            this.readings = readings;
            this.silence = silence;
        }
    }

    @ParameterizedTest(name = "{0} then {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # before    | then         | ONCE | TWICE | LONG | LOST | DEAD
            OL          | OL           |      |       |      |      |
            OL          | OB           |      |       |      |      | down
            OL          | OB LB        |      | down  | down | down | down
            OB          | OB LB        |      | down  | down | down | down
            OB          | OL           |      |       |      |      |
            OB LB CAL   | OL           |      |       |      |      |
            OL          | OL LB        |      |       |      |      |
            OL          | FSD OL       |      | down  | down | down | down
            OL          | FSD OB LB    |      | down  | down | down | down
            OL          | OB LB CAL    |      |       |      |      |
            OL          | OL CAL       |      |       |      |      |
            OL          | OB CAL       |      |       |      |      |
            OL          | OFF          |      |       | down |      | down
            OL          | OL OFF       |      |       | down |      |
            OL          | BYPASS       |      |       |      |      | down
            OL          | OL BYPASS    |      |       |      |      |
            OL          | OB BYPASS    |      |       |      |      | down
            OL          | ALARM        |      |       |      |      | down
            OL          | ALARM OL RB  |      |       |      |      |
            OL          | ALARM OB     |      |       |      |      | down
            OL          | OL OVER      |      |       |      |      |
            OL          | OL TRIM      |      |       |      |      |
            OL          | WAIT         |      |       |      |      |
            OB          | BYPASS       |      |       |      |      | down
            OB          | DISCHRG      |      |       |      |      | down
            OB          | LB           |      | down  | down | down | down
            """)
    void decidesForAPrimary(
            String before, String then, String once, String twice, String lasting, String lost, String dead) {
        var expected = new ArrayList<String>();
        for (String cell : new String[] {once, twice, lasting, lost, dead}) expected.add(cell == null ? "" : cell);
        var decided = new ArrayList<String>();
        for (Line line : Line.values()) decided.add(met(EngineHarness.primary(), before, then, line) ? YES : "");
        assertThat(decided).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} then {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # before    | then         | ONCE | TWICE | LONG | LOST | DEAD
            OL          | OL           |      |       |      |      |
            OL          | OB           |      |       |      |      | down
            OL          | OB LB        | down | down  | down | down | down
            OL          | FSD OL       | down | down  | down | down | down
            OL          | OB LB CAL    |      |       |      | down | down
            OL          | OL CAL       |      |       |      | down | down
            OL          | OFF          |      |       | down | down | down
            OL          | OL BYPASS    |      |       |      | down | down
            OL          | ALARM OL RB  |      |       |      | down | down
            OL          | OL OVER      |      |       |      |      |
            OL          | OL TRIM      |      |       |      |      |
            OL          | WAIT         |      |       |      |      |
            """)
    void decidesAsNutWhereThatIsWanted(
            String before, String then, String once, String twice, String lasting, String lost, String dead) {
        var settings = EngineHarness.one(true, Settings.Times.DEFAULT, Settings.Rules.NUT);
        var expected = new ArrayList<String>();
        for (String cell : new String[] {once, twice, lasting, lost, dead}) expected.add(cell == null ? "" : cell);
        var decided = new ArrayList<String>();
        for (Line line : Line.values()) decided.add(met(settings, before, then, line) ? YES : "");
        assertThat(decided).isEqualTo(expected);
    }

    @Test
    void decidesForEveryStatusAsTheRulesSay() {
        var rules = List.of(
                Settings.Rules.DEFAULT,
                new Settings.Rules(-1, 0, -1, false, 2, false),
                new Settings.Rules(0, 20, 0, true, 2, false),
                new Settings.Rules(30, 0, 3, true, 3, false));
        for (Settings.Rules each : rules)
            for (boolean primary : new boolean[] {true, false}) {
                var settings = EngineHarness.one(primary, Settings.Times.DEFAULT, each);
                for (String before : List.of("OL", "OB", "OFF", "OL CAL", "OB LB CAL", "BYPASS ALARM"))
                    for (String then : statuses())
                        for (Line line : Line.values())
                            assertThat(met(settings, before, then, line))
                                    .as("%s then %s %s primary=%s %s", before, then, line, primary, each)
                                    .isEqualTo(rule(each, primary, before, then, line));
            }
    }

    private static boolean met(Settings settings, String before, String then, Line line) {
        var harness = new EngineHarness(settings);
        // The states before are met for one poll more than must agree, and are none that decide anything in that time.
        for (int i = 0; i <= settings.rules().readings() && !harness.decided(); i++)
            harness.says(before).pass(5000);
        if (harness.decided()) return true;
        for (int i = 0; i < line.readings; i++) {
            if (i > 0) harness.pass(5000);
            harness.says(then);
        }
        if (line.silence > 0) harness.pass(5000).silentFor(line.silence);
        return harness.decided();
    }

    /** The rules in other words than the engine's: seconds since the status began, and what was said of it. */
    private static boolean rule(Settings.Rules rules, boolean primary, String before, String then, Line line) {
        var first = Set.copyOf(EngineHarness.words(before));
        int need = rules.readings();
        // What was said before holds for need + 1 polls; OFF with no duration has its end there.
        if (first.contains("OFF") && rules.off() == 0) return true;
        var said = new ArrayList<Set<String>>();
        for (int i = 0; i <= need; i++) said.add(first);
        boolean wasOnBattery = first.contains("OB");
        for (int i = 0; i < line.readings; i++) {
            var now = new java.util.HashSet<>(EngineHarness.words(then));
            if (wasOnBattery && !now.contains("OL")) now.add("OB");
            if (!now.contains("OB")) wasOnBattery = false;
            said.add(now);
            if (over(rules, primary, said, 0, 0)) return true;
        }
        if (line.silence == 0) return false;
        for (int second = 5, polls = 0; second <= 5 + line.silence; second++) {
            if (second % 5 == 0 && second < 5 + line.silence) polls++;
            if (over(rules, primary, said, second, polls)) return true;
        }
        return false;
    }

    /** Whether it is the end so many seconds after the last of the readings, which came every five. */
    private static boolean over(Settings.Rules rules, boolean primary, List<Set<String>> said, int silent, int missed) {
        var last = said.subList(said.size() - rules.readings(), said.size());
        int known = missed > 0 ? 0 : silent;
        boolean dead = missed > 0 && silent > 15;
        boolean neither = last.stream().noneMatch(s -> s.contains("OL") || s.contains("OB") || s.contains("CAL"));
        boolean battery = all(last, "OB") && last.stream().noneMatch(s -> s.contains("CAL"));
        boolean low = battery && all(last, "LB");
        int lowFor = run(said, "OB", "LB", "CAL") + silent;
        boolean held = low ? lowFor >= rules.lowBattery() : silent - 15 >= rules.lowBattery();
        boolean patience = !primary && run(said, "OB", "LB", "") + 5 + silent <= 15;
        if (all(last, "FSD")) return true;
        if (rules.off() == 0 && all(last, "OFF")) return true;
        if (rules.off() > 0 && all(last, "OFF") && run(said, "OFF", "OFF", "") + known > rules.off()) return true;
        if (dead && neither && rules.alarm() && all(last, "ALARM")) return true;
        if (dead && neither && all(last, "BYPASS")) return true;
        if (dead && neither && rules.off() >= 0 && all(last, "OFF")) return true;
        if (missed >= rules.readings()
                && rules.over() >= 0
                && all(last, "OVER")
                && run(said, "OVER", "OVER", "") + silent >= rules.over()) return true;
        return battery && (low || dead) && (rules.lowBattery() == 0 || held) && !patience;
    }

    private static boolean all(List<Set<String>> said, String word) {
        return said.stream().allMatch(s -> s.contains(word));
    }

    /** Seconds from the first to the last of the latest readings that hold both words, and not the third. */
    private static int run(List<Set<String>> said, String one, String other, String not) {
        int seconds = -5;
        for (int i = said.size() - 1; i >= 0; i--) {
            Set<String> s = said.get(i);
            if (!s.contains(one) || !s.contains(other) || s.contains(not)) break;
            seconds += 5;
        }
        return seconds;
    }

    private static List<String> statuses() {
        var all = new ArrayList<String>();
        var words = List.of("LB", "CAL", "OFF", "BYPASS", "ALARM", "OVER", "FSD");
        for (String power : List.of("", "OL", "OB"))
            for (int bits = 0; bits < 1 << words.size(); bits++) {
                var status = new StringBuilder(power);
                for (int i = 0; i < words.size(); i++)
                    if ((bits >> i & 1) == 1) status.append(' ').append(words.get(i));
                if (!status.isEmpty()) all.add(status.toString().strip());
            }
        return all;
    }
}
