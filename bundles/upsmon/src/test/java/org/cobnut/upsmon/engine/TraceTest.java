package org.cobnut.upsmon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.cobnut.upsmon.time.Nanos;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Years of days: outages, calibrations, alarms, silence; invented, made of statuses that were recorded, or a recording played
 * again and again as it went; one answer in a hundred wrong, late or missing. A wrong answer is never followed by another wrong one: two that agree are what the engine takes as proof.
 */
class TraceTest {
    private static final int POLL = 5;
    private static final long POLL_TIME = Nanos.seconds(POLL);
    private static final int SEEDS = 8;
    private static final long HOURS = Boolean.getBoolean("cobnut.long") ? 1_000_000 : 10_000;
    /** OBLBDURATION of every other one. */
    private static final int HOLD = 12;

    /** What real devices were recorded to say in NUT's library of dumps, faults and all. */
    private static final String[] RECORDED = {
        "OL CHRG",
        "OB",
        "OL BYPASS",
        "OB DISCHRG",
        "ALARM OL",
        "OL OFF",
        "OL DISCHRG",
        "OL TRIM",
        "OL CHRG LB",
        "OFF",
        "OB LB DISCHRG",
        "HB OL",
        "TRIM",
        "OL LB OVER RB BOOST",
        "OL LB",
        "OL DISCHRG OB",
        "OL CHRG TRIM OFF",
        "OL OB",
        "OL CHRG OFF",
        "OL CHRG BYPASS",
        "OL CHRG BOOST",
        "OL CAL",
        "OL BOOST",
        "OB LB RB",
        "LB OL CHRG",
        "FSD OL",
        "ALARM OL RB",
        "ALARM OL FSD",
        "ALARM OL CHRG RB",
        "ALARM OB",
        "ALARM"
    };

    private static final String[] LIES = {"OB LB", "FSD OB LB", "OB", "LB", "OFF", "OL", "BYPASS", "ALARM OB LB", "x y"
    };

    /** Where the truth comes from. */
    private enum Truth {
        INVENTED,
        RECORDED_STATUSES,
        RECORDING
    }

    /** What nut-recorder wrote down of a UPS on a serial line in outages of all kinds, a look each second. */
    private static final Path RECORDING = Path.of("src/test/resources/outages.seq");

    @ParameterizedTest
    @EnumSource
    void neverShutsDownForNothingAndNeverFailsTo(Truth from) throws IOException {
        List<String> recording = seconds(RECORDING);
        assertThat(recording).contains("OL", "OB", "OB LB DISCHRG", "OL CAL");
        for (int seed = 1; seed <= SEEDS; seed++) {
            var day = new Days(seed, seed % 2 == 0 ? HOLD : 0, from, recording);
            for (long poll = 0; poll < HOURS / Truth.values().length * 3600 / POLL / SEEDS; poll++) day.poll();
            assertThat(day.decisions).as("seed %d met outages", seed).isPositive();
            assertThat(day.lies).as("seed %d met lies", seed).isPositive();
        }
    }

    /** The status in each second of a recording. */
    private static List<String> seconds(Path recording) throws IOException {
        var seconds = new ArrayList<String>();
        String status = "";
        for (String line : Files.readAllLines(recording)) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("ups.status:")) status = words[1];
            if (words[0].equals("TIMER")) seconds.addAll(Collections.nCopies(Integer.parseInt(words[1]), status));
        }
        return seconds;
    }

    /** One machine, its UPS as it truly is, and what the engine hears of it. */
    private static final class Days {
        final int seed;
        final SplittableRandom dice;
        final long hold;
        final Truth from;
        final List<String> recording;
        final Settings settings;
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
        /** Since when answers say OB LB, and since when they do so truly. */
        long lowTold = -1;

        long lowTrue = -1;

        Days(int seed, int hold, Truth from, List<String> recording) {
            this.seed = seed;
            this.hold = Nanos.seconds(hold);
            this.from = from;
            this.recording = recording;
            this.settings =
                    EngineHarness.one(true, Settings.Times.DEFAULT, new Settings.Rules(30, hold, -1, true, 2, false));
            this.dice = new SplittableRandom(seed);
        }

        void poll() {
            now += Nanos.seconds(POLL);
            if (from == Truth.RECORDING)
                truth = recording.get((int) (now / Nanos.seconds(1) + seed) % recording.size());
            else if (--left <= 0) change();
            if (silence > 0) silence--;
            else if (dice.nextInt(20_000) == 0) silence = 1 + dice.nextInt(dice.nextInt(4) == 0 ? 700 : 8);
            hear();
            if (!(state.phase() instanceof Phase.Monitoring)) {
                assertThat(right()).as(this::story).isTrue();
                decisions++;
                begin();
                return;
            }
            boolean twice = honest[0] && honest[1] && answered == now;
            assertThat(twice && low(behind[0]) && low(behind[1]) && now - lowTrue >= hold)
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
            lowTold = !maybeLow(told) ? -1 : lowTold < 0 ? now : lowTold;
            lowTrue = !low(told) || !told.equals(meant) ? -1 : lowTrue < 0 ? now : lowTrue;
            if (!meant.contains("OFF")) offSince = -1;
            else if (offSince < 0) offSince = now;
            step(new Reading.Answer("ups", EngineHarness.words(told), "", List.of(), ++stamp));
        }

        private void step(Reading reading) {
            state = Engine.step(state, settings, reading, now).next();
        }

        /** Whether going down is right by what was true when last asked; a lie may let OFF, or OB LB, begin a poll too early. */
        private boolean right() {
            boolean dead = now - answered > Nanos.seconds(15);
            return (Arrays.stream(behind).anyMatch(Days::low) && lowTold >= 0 && now - lowTold >= hold - POLL_TIME)
                    || Arrays.stream(behind).anyMatch(was -> was.contains("FSD"))
                    || (offSince >= 0 && now - offSince > Nanos.seconds(30 - POLL))
                    || (dead && Arrays.stream(behind).anyMatch(Days::endangered));
        }

        private static boolean low(String status) {
            return status.contains("OB") && status.contains("LB") && !status.contains("CAL");
        }

        /** A status that says nothing of the input leaves the UPS on battery. */
        private static boolean maybeLow(String status) {
            return low(status) || (status.contains("LB") && !status.contains("OL") && !status.contains("CAL"));
        }

        private static boolean endangered(String status) {
            return (status.contains("OB") || !status.contains("OL")) && !status.contains("CAL");
        }

        private void change() {
            String before = truth;
            truth = switch (before) {
                case "OL" ->
                    from == Truth.RECORDED_STATUSES
                            ? pick(RECORDED)
                            : pick("OB", "OB", "OB", "OL CAL", "OFF", "OL BYPASS", "BYPASS", "OL ALARM", "OL OVER");
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
            lowTold = -1;
            lowTrue = -1;
        }

        private String story() {
            return "seed %d, %d s: %s, true %s, last %s, answered %d s ago, %s"
                    .formatted(
                            seed,
                            now / 1_000_000_000L,
                            state.upses(),
                            truth,
                            Arrays.toString(behind),
                            (now - answered) / 1_000_000_000L,
                            state.phase());
        }
    }
}
