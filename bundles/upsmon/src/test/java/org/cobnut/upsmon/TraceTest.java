package org.cobnut.upsmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Years of invented days: outages, calibrations, alarms, silence; one answer in a hundred wrong, late or missing. A
 * wrong answer is never followed by another wrong one: two that agree are what the engine takes as proof.
 */
class TraceTest {
    private static final int POLL = 5;
    private static final int SEEDS = 8;
    private static final long HOURS = Boolean.getBoolean("cobnut.long") ? 1_000_000 : 10_000;
    private static final String[] LIES = {"OB LB", "FSD OB LB", "OB", "LB", "OFF", "OL", "BYPASS", "ALARM OB LB", "x y"
    };

    @Test
    void neverShutsDownForNothingAndNeverFailsTo() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            var day = new Days(seed);
            for (long poll = 0; poll < HOURS * 3600 / POLL / SEEDS; poll++) day.poll();
            assertThat(day.decisions).as("seed %d met outages", seed).isPositive();
            assertThat(day.lies).as("seed %d met lies", seed).isPositive();
        }
    }

    /** One machine, its UPS as it truly is, and what the engine hears of it. */
    private static final class Days {
        final int seed;
        final SplittableRandom dice;
        final Settings settings = Play.primary();
        State state = State.start(0);
        long now;
        long stamp;
        int decisions;
        int lies;
        String truth = "OL";
        int left = 600;
        int silence;
        boolean lied;
        /** The truths behind the last two answers, and how they were told. */
        String[] behind = {"", ""};

        boolean[] honest = {false, false};
        long answered;
        long offSince = -1;

        Days(int seed) {
            this.seed = seed;
            this.dice = new SplittableRandom(seed);
        }

        void poll() {
            now += Nanos.seconds(POLL);
            if (--left <= 0) change();
            if (silence > 0) silence--;
            else if (dice.nextInt(20_000) == 0) silence = 1 + dice.nextInt(dice.nextInt(4) == 0 ? 700 : 8);
            hear();
            if (!(state.phase() instanceof Phase.Watching)) {
                assertThat(right()).as(this::story).isTrue();
                decisions++;
                begin();
                return;
            }
            boolean twice = honest[0] && honest[1] && answered == now;
            assertThat(twice && low(behind[0]) && low(behind[1]))
                    .as(this::story)
                    .isFalse();
        }

        private void hear() {
            int fate = dice.nextInt(300);
            if (silence > 0 || fate == 0) {
                step(new Reading.NoAnswer("ups", "none"));
                return;
            }
            String told = truth;
            String meant = truth;
            if (fate == 1 && !lied) {
                told = LIES[dice.nextInt(LIES.length)];
                lies++;
            } else if (fate == 2 && !lied && !behind[1].isEmpty()) {
                told = behind[1];
                meant = behind[1];
            }
            lied = !told.equals(truth);
            behind = new String[] {behind[1], meant};
            honest = new boolean[] {honest[1], told.equals(meant)};
            answered = now;
            if (!meant.contains("OFF")) offSince = -1;
            else if (offSince < 0) offSince = now;
            step(new Reading.Answer("ups", Play.words(told), "", List.of(), ++stamp));
        }

        private void step(Reading reading) {
            state = Engine.step(state, settings, reading, now).next();
        }

        /** Whether going down is right by what was true when last asked; a lie may let OFF begin a poll too early. */
        private boolean right() {
            boolean dead = now - answered > Nanos.seconds(15);
            return Arrays.stream(behind).anyMatch(Days::low)
                    || Arrays.stream(behind).anyMatch(was -> was.contains("FSD"))
                    || (offSince >= 0 && now - offSince > Nanos.seconds(30 - POLL))
                    || (dead && Arrays.stream(behind).anyMatch(Days::endangered));
        }

        private static boolean low(String status) {
            return status.contains("OB") && status.contains("LB") && !status.contains("CAL");
        }

        private static boolean endangered(String status) {
            return !status.contains("OL") && !status.contains("CAL");
        }

        private void change() {
            String before = truth;
            truth = switch (before) {
                case "OL" -> pick("OB", "OB", "OB", "OL CAL", "OFF", "OL BYPASS", "BYPASS", "OL ALARM", "OL OVER");
                case "OB" -> pick("OL", "OL", "OL", "OB LB", "OB LB", "FSD OB", "ALARM OB");
                case "OL CAL" -> pick("OB CAL", "OL");
                case "OB CAL" -> pick("OB LB CAL", "OL");
                case "OL ALARM" -> pick("OL", "OL RB", "ALARM OL BYPASS");
                default -> "OL";
            };
            left = truth.equals("OL") ? 200 + dice.nextInt(3000) : 1 + dice.nextInt(dice.nextBoolean() ? 4 : 200);
        }

        private String pick(String... choices) {
            return choices[dice.nextInt(choices.length)];
        }

        private void begin() {
            state = State.start(now);
            behind = new String[] {"", ""};
            honest = new boolean[] {false, false};
            truth = "OL";
            left = 200;
            silence = 0;
            offSince = -1;
        }

        private String story() {
            return "seed %d, %d s: %s, true %s, last %s, answered %d s ago, %s"
                    .formatted(
                            seed,
                            now / 1_000_000_000L,
                            state.watches(),
                            truth,
                            Arrays.toString(behind),
                            (now - answered) / 1_000_000_000L,
                            state.phase());
        }
    }
}
