package org.cobnut.runtime.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.runtime.call.MisconfiguredException;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.testkit.time.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceRunnerTest {
    private final Bench bench = Bench.inline();
    private final Gadget gadget = bench.gadget;

    @Test
    void isStartingUntilTheFirstGoodPoll() {
        assertThat(bench.health()).isEqualTo(new Health.Starting());
        assertThat(bench.device.snapshot().variables()).isEmpty();
        bench.start();
        assertThat(bench.health()).isEqualTo(new Health.Fresh());
        assertThat(bench.value("ups.status")).isEqualTo("OL");
    }

    @Test
    void pollsAtTheInterval() {
        bench.start().seconds(5.9);
        assertThat(gadget.polls).hasValue(3);
        bench.seconds(0.1);
        assertThat(gadget.polls).hasValue(4);
    }

    @Test
    void countsTheIntervalFromStartToStart() {
        gadget.polling = report -> bench.clock.advance(Duration.ofMillis(1500));
        bench.start().seconds(0.4);
        assertThat(gadget.polls).hasValue(1);
        bench.seconds(0.1);
        assertThat(gadget.polls).hasValue(2);
    }

    @Test
    void pollsEarlierOnlyWhenThePollAsksForIt() {
        gadget.polling = report -> {
            report.again(Duration.ofSeconds(1));
            report.again(Duration.ofMillis(100));
            if (gadget.polls.get() > 1) gadget.polling = ignored -> {};
        };
        bench.start().seconds(0.1);
        assertThat(gadget.polls).hasValue(2);
        bench.seconds(0.1);
        assertThat(gadget.polls).hasValue(3);
        bench.seconds(1.8);
        assertThat(gadget.polls).hasValue(3);
    }

    @Test
    void pollsOnceMoreForAllWishesDuringAPoll() {
        gadget.polling = report -> {
            gadget.polling = ignored -> {};
            for (int i = 0; i < 5; i++) gadget.wake.run();
        };
        bench.start();
        assertThat(gadget.polls).hasValue(2);
    }

    @Test
    void pollsAtOnceWhenWoken() {
        bench.start();
        gadget.wake.run();
        assertThat(gadget.polls).hasValue(2);
    }

    @Test
    void takesAnotherIntervalWithoutOpeningAgain() {
        bench.start().seconds(1);
        bench.runner.common(new CommonSettings.Values(10, "auto", 0));
        assertThat(bench.value("driver.parameter.pollinterval")).isEqualTo("10");
        bench.seconds(8.9);
        assertThat(gadget.polls).hasValue(1);
        bench.seconds(0.1);
        assertThat(gadget.polls).hasValue(2);
        assertThat(gadget.opens).hasValue(1);
    }

    @Test
    void keepsTheSnapshotAndTheSilenceWhenNothingChanged() {
        bench.start();
        Snapshot first = bench.device.snapshot();
        bench.seconds(20);
        assertThat(bench.device.snapshot()).isSameAs(first);
        assertThat(bench.heard).hasSize(1);
    }

    @Test
    void tellsListenersAfterTheSnapshotIsInPlaceThoughOneOfThemThrows() {
        var seen = new ArrayList<Boolean>();
        bench.listeners.add(0, (ups, before, after) -> {
            throw new StackOverflowError("a listener");
        });
        bench.listeners.add(
                (ups, before, after) -> seen.add(bench.device.snapshot().equals(after) && ups.equals("ups1")));
        gadget.polling = report -> Gadget.counting(report, gadget.polls.get());
        bench.start().seconds(4);
        assertThat(seen).containsExactly(true, true, true);
        assertThat(bench.heard).hasSize(3);
    }

    @Test
    void keepsTheLastValuesAndTheSessionThroughTwoFailures() {
        gadget.polling = report -> Gadget.counting(report, gadget.polls.get());
        bench.start();
        gadget.polling = report -> {
            report.set("ups.test", "half");
            throw new IOException("no answer");
        };
        bench.seconds(4);
        Instant since = ManualClock.START.plusSeconds(2);
        assertThat(bench.health())
                .isEqualTo(new Health.Reconnecting(since, "no answer", ManualClock.START.plusSeconds(6)));
        assertThat(bench.value("ups.test")).isEqualTo("1");
        assertThat(bench.value("driver.state")).isEqualTo("reconnect.trying");
        assertThat(gadget.closes).hasValue(0);
    }

    @Test
    void opensAgainAfterThreeFailures() {
        bench.start();
        gadget.polling = report -> {
            throw new IOException("no answer");
        };
        bench.seconds(6);
        assertThat(gadget.closes).hasValue(1);
        gadget.polling = report -> report.status("OL");
        bench.seconds(0.9);
        assertThat(gadget.opens).hasValue(1);
        bench.seconds(0.1);
        assertThat(gadget.opens).hasValue(2);
        assertThat(bench.health()).isEqualTo(new Health.Fresh());
        assertThat(bench.healths()).containsExactly("Fresh", "Reconnecting", "Reconnecting", "Reconnecting", "Fresh");
    }

    @Test
    void countsRestartsAndTheTimeOfPollsAndKeepsTheLastError() {
        assertThat(bench.device.figures()).isEqualTo(DriverFigures.NONE);
        gadget.polling = report -> bench.clock.advance(Duration.ofMillis(gadget.polls.get() == 1 ? 700 : 20));
        bench.start().seconds(2);
        gadget.polling = report -> {
            throw new IOException("no answer");
        };
        bench.seconds(6);
        gadget.polling = report -> bench.clock.advance(Duration.ofMillis(30));
        bench.seconds(5);
        var figures = bench.device.figures();
        assertThat(bench.health()).isEqualTo(new Health.Fresh());
        assertThat(figures.restarts()).isEqualTo(1);
        assertThat(figures.lastPoll()).contains(Duration.ofMillis(30));
        assertThat(figures.longestPoll()).contains(Duration.ofMillis(700));
        assertThat(figures.lastError()).isEqualTo("no answer");
        assertThat(figures.failed().orElseThrow())
                .isBetween(ManualClock.START.plusSeconds(6), ManualClock.START.plusSeconds(9));
        bench.seconds(2 * DriverCounter.RECENT);
        assertThat(bench.device.figures().longestPoll())
                .as("what is long ago is forgotten")
                .contains(Duration.ofMillis(30));
    }

    @Test
    void triesLaterAndLaterUpToAMinute() {
        var times = new ArrayList<Long>();
        gadget.opening = () -> {
            times.add(bench.clock.nanos() / 1_000_000_000);
            throw new IOException("no such port");
        };
        bench.start().seconds(190);
        assertThat(times).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
        assertThat(bench.health())
                .isEqualTo(
                        new Health.Reconnecting(ManualClock.START, "no such port", ManualClock.START.plusSeconds(243)));
    }

    @Test
    void beginsWithAShortWaitAgainAfterAMinuteInHealth() {
        triesLaterAndLaterUpToAMinute();
        gadget.opening = () -> {};
        bench.seconds(125);
        assertThat(bench.health()).isEqualTo(new Health.Fresh());
        gadget.polling = report -> {
            throw new IllegalStateException("a bug");
        };
        bench.seconds(3);
        assertThat(gadget.opens).hasValue(11);
    }

    @Test
    void aTimerThatNeverRingsIsMadeGood() {
        bench.start();
        bench.timers.lose();
        bench.seconds(60);
        assertThat(gadget.polls).hasValue(1);
        bench.watch.lookAfterAll();
        assertThat(gadget.polls).hasValue(2);
        bench.seconds(4);
        assertThat(gadget.polls).hasValue(4);
    }

    @Test
    void aReopeningThatNeverComesIsMadeGood() {
        gadget.opening = () -> {
            throw new IOException("unplugged");
        };
        bench.start();
        bench.timers.lose();
        bench.seconds(120);
        assertThat(gadget.opens).hasValue(1);
        gadget.opening = () -> {};
        bench.watch.lookAfterAll();
        assertThat(bench.health()).isEqualTo(new Health.Fresh());
    }

    @Test
    void whatWaitsRightlyIsLeftInPeace() {
        bench.watch.lookAfterAll();
        assertThat(gadget.opens).as("before the start").hasValue(0);
        bench.start();
        bench.seconds(1);
        bench.watch.lookAfterAll();
        assertThat(gadget.polls).as("between two polls").hasValue(1);
        bench.runner.close();
        bench.seconds(60);
        bench.watch.lookAfterAll();
        assertThat(gadget.opens).as("after the end").hasValue(1);
    }

    @Test
    void triesLaterAndLaterWhenEverySecondPollFails() {
        bench.start();
        gadget.polling = report -> {
            gadget.polling = again -> {
                throw new IllegalStateException("a bug");
            };
            report.status("OL");
        };
        gadget.opening = () -> gadget.polling = report -> {
            gadget.polling = again -> {
                throw new IllegalStateException("a bug");
            };
            report.status("OL");
        };
        bench.seconds(60);
        assertThat(gadget.opens.get()).isBetween(4, 8);
    }

    @Test
    void forgetsTheOldSessionsValuesOnlyWhenTheNewOneHasSome() {
        gadget.polling = report -> report.set("ups.old", "1");
        bench.start();
        gadget.polling = report -> {
            throw new IllegalStateException("a bug");
        };
        bench.seconds(2);
        assertThat(bench.value("ups.old")).isEqualTo("1");
        gadget.polling = report -> report.set("ups.new", "1");
        bench.seconds(2);
        assertThat(bench.value("ups.old")).isEqualTo("(none)");
        assertThat(bench.value("ups.new")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                OutOfMemoryError.class,
                NoClassDefFoundError.class,
                StackOverflowError.class,
                AssertionError.class
            })
    void containsWhateverADriverThrows(Class<? extends Throwable> kind) {
        bench.start();
        gadget.polling = report -> DeviceRunnerTest.<RuntimeException>raise(kind);
        bench.seconds(2);
        assertThat(bench.health()).isInstanceOf(Health.Reconnecting.class);
        assertThat(gadget.closes).hasValue(1);
        gadget.opening = () -> DeviceRunnerTest.<RuntimeException>raise(kind);
        bench.seconds(1);
        gadget.opening = () -> {};
        gadget.polling = report -> report.status("OB");
        gadget.closing = () -> DeviceRunnerTest.<RuntimeException>raise(kind);
        bench.seconds(2);
        assertThat(bench.value("ups.status")).isEqualTo("OB");
    }

    @Test
    void saysStaleSinceWhenAndWhy() {
        bench.start();
        gadget.polling = report -> {
            report.set("ups.test", Integer.toString(gadget.polls.get()));
            report.stale("file is gone");
        };
        bench.seconds(4);
        assertThat(bench.health()).isEqualTo(new Health.Stale(ManualClock.START.plusSeconds(2), "file is gone"));
        assertThat(bench.value("ups.test")).isEqualTo("3");
        gadget.polling = report -> report.status("OL");
        bench.seconds(2);
        assertThat(bench.health()).isEqualTo(new Health.Fresh());
    }

    @Test
    void waitsForAnotherSectionWhenThisOneIsWrong() {
        gadget.opening = () -> {
            throw new MisconfiguredException(List.of("unknown option 'foo'"));
        };
        bench.start().seconds(1000);
        assertThat(gadget.opens).hasValue(1);
        assertThat(bench.health())
                .isEqualTo(new Health.Reconnecting(ManualClock.START, "unknown option 'foo'", Instant.MAX));
    }

    @Test
    void closesTheSessionAndLeavesNoTimer() {
        bench.start();
        CompletionStage<Void> gone = bench.runner.close();
        assertThat(gone.toCompletableFuture()).isCompleted();
        assertThat(gadget.closes).hasValue(1);
        assertThat(bench.timers.waiting()).isZero();
        gadget.wake.run();
        assertThat(gadget.polls).hasValue(1);
    }

    @Test
    void closesBeforeItEverStarted() {
        assertThat(bench.runner.close().toCompletableFuture()).isCompleted();
        bench.start();
        assertThat(gadget.opens).hasValue(0);
    }

    @Test
    void pollsAtOnceAfterAnOrder() throws Exception {
        gadget.polling = report -> Gadget.counting(report, gadget.polls.get());
        bench.start();
        assertThat(Bench.outcome(bench.device.set("UPS.test", "9"))).isEqualTo(Outcome.handled());
        assertThat(gadget.asked).containsExactly("set ups.test 9");
        assertThat(gadget.polls).hasValue(2);
    }

    @Test
    void keepsTheSessionWhenAnOrderFails() throws Exception {
        gadget.polling = report -> Gadget.counting(report, gadget.polls.get());
        bench.start();
        gadget.ordering = session -> {
            throw new IOException("it said NAK");
        };
        assertThat(Bench.outcome(bench.device.run("beeper.mute", ""))).isEqualTo(Outcome.failed("it said NAK"));
        assertThat(gadget.closes).hasValue(0);
    }

    @Test
    void refusesOrdersAtOnceWhileThereIsNoSession() throws Exception {
        gadget.polling = report -> Gadget.counting(report, gadget.polls.get());
        bench.start();
        gadget.polling = report -> {
            throw new IllegalStateException("a bug");
        };
        bench.seconds(2);
        assertThat(Bench.outcome(bench.device.run("beeper.mute", "")).code()).isEqualTo(Outcome.Code.FAILED);
        assertThat(gadget.asked).isEmpty();
    }

    private static <E extends Throwable> void raise(Class<? extends Throwable> kind) throws E {
        try {
            @SuppressWarnings("unchecked") // the caller names an unchecked type; the kinds above are all unchecked
            E thrown = (E) kind.getConstructor().newInstance();
            throw thrown;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the test is wrong", e);
        }
    }
}
