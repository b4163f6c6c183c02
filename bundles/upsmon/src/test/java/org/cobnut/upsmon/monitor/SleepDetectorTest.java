package org.cobnut.upsmon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.engine.State;
import org.cobnut.upsmon.engine.StatusToken;
import org.cobnut.upsmon.notify.NotificationDispatcher;
import org.cobnut.upsmon.shutdown.ShutdownExecutor;
import org.cobnut.upsmon.source.SleepDetector;
import org.cobnut.upsmon.source.Source;
import org.cobnut.upsmon.time.Nanos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that sleeps, or stands still; and what was read before counts no more. */
class SleepDetectorTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path dir;

    private final AtomicLong clock = new AtomicLong(77 * SECOND);
    private double uptime = 5000.25;

    @Test
    void theUptimeThatRunsAheadOfTheClockIsSleep() throws IOException {
        var sleep = asleep(0, 0);
        assertThat(after(sleep, 1, 1)).isEqualTo(0);
        assertThat(after(sleep, 3600, 1)).isEqualTo(3599);
        assertThat(after(sleep, 1, 1)).as("told once").isEqualTo(0);
        assertThat(after(sleep, 5, 0.5)).as("a blink is none").isEqualTo(0);
    }

    @Test
    void aProcessThatWasStoppedSleptNot() throws IOException {
        var sleep = asleep(0, 0);
        assertThat(after(sleep, 60, 60)).isEqualTo(0);
    }

    @Test
    void aReadingThatFailsHidesNoSleep() throws IOException {
        var sleep = asleep(0, 0);
        Files.delete(file());
        assertThat(sleep.slept()).isEmpty();
        assertThat(after(sleep, 60, 1)).isEqualTo(59);
    }

    @Test
    void aStopBetweenTheLooksAtTheTwoClocksIsNoSleep() throws IOException {
        pass(0, 0);
        int[] looks = {Integer.MIN_VALUE};
        var sleep = new SleepDetector(file(), () -> {
            if (looks[0]++ == 1) stop();
            return clock.get();
        });
        looks[0] = 0;
        assertThat(sleep.slept()).isEmpty();
        assertThat(looks[0]).as("it looked once more").isEqualTo(4);
        assertThat(sleep.slept()).isEmpty();
    }

    private void stop() {
        try {
            pass(60, 60);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thisMachineDoesNotSleepNow() {
        var sleep = new SleepDetector(System::nanoTime);
        for (int i = 0; i < 100; i++) assertThat(sleep.slept()).isEmpty();
    }

    /** The source answers what it was asked before the stop; that answer would be the second OB LB. */
    @Test
    void anAnswerFromBeforeTheStopIsNotTakenForOneFromBehindIt() throws Exception {
        var late = new Late();
        var dispatcher = new NotificationDispatcher(Map.of("JOURNAL_STREAM", "none"));
        var nanos = new AtomicLong(SECOND);
        var monitor = new UpsMonitor(
                line -> late,
                dispatcher,
                new ShutdownExecutor(text -> {}, Optional.empty()),
                () -> nanos.get() + System.nanoTime(),
                Heartbeat.none(),
                Map.of(),
                () -> {});
        try {
            monitor.start();
            monitor.adopt(Conf.of(
                    Map.of(
                            "monitor",
                            new String[] {"ups@127.0.0.1:9 1 u p primary"},
                            "readings",
                            1,
                            "pollfreq",
                            1,
                            "shutdownexit",
                            -1),
                    dir));
            assertThat(late.asked.await(20, TimeUnit.SECONDS)).isTrue();
            nanos.addAndGet(60 * SECOND);
            late.answer.countDown();
            assertThat(late.again.await(20, TimeUnit.SECONDS)).isTrue();
            State state = monitor.view().orElseThrow().state();
            assertThat(state.woke()).isNotEqualTo(Nanos.NEVER);
            assertThat(state.phase()).isInstanceOf(Phase.Monitoring.class);
            assertThat(state.upses().get("ups@127.0.0.1:9").history().recent())
                    .isEqualTo(List.of(java.util.Set.of(StatusToken.OL)));
        } finally {
            monitor.end(2000);
            dispatcher.close();
        }
    }

    /** Its first answer is OB LB and comes late; all others are OL. */
    private static final class Late implements Source {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch answer = new CountDownLatch(1);
        final CountDownLatch again = new CountDownLatch(2);
        private int looks;

        @Override
        public void poll(Consumer<Reading> sink) {
            boolean first = looks++ == 0;
            asked.countDown();
            try {
                if (first) answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            sink.accept(new Reading.Answer(
                    "ups@127.0.0.1:9", first ? List.of("OB", "LB") : List.of("OL"), "", List.of(), looks));
            if (!first) again.countDown();
        }

        @Override
        public boolean changed() {
            return false;
        }

        @Override
        public Reading.FsdSet fsd() {
            return new Reading.FsdSet("ups@127.0.0.1:9", true, "");
        }

        @Override
        public Reading.LoginsCounted count() {
            return new Reading.LoginsCounted("ups@127.0.0.1:9", java.util.OptionalInt.of(0));
        }

        @Override
        public void close() {
            answer.countDown();
        }

        @Override
        public void abort() {
            answer.countDown();
        }
    }

    private Path file() {
        return dir.resolve("uptime");
    }

    private SleepDetector asleep(double up, double on) throws IOException {
        pass(up, on);
        return new SleepDetector(file(), clock::get);
    }

    /** How many seconds of sleep it tells after the machine was up so long, and the clock went on so far. */
    private long after(SleepDetector sleep, double up, double on) throws IOException {
        pass(up, on);
        return sleep.slept().map(slept -> Math.round(slept.nanos() / 1e9)).orElse(0L);
    }

    private void pass(double up, double on) throws IOException {
        uptime += up;
        clock.addAndGet((long) (on * SECOND));
        Files.writeString(file(), String.format(Locale.ROOT, "%.2f 100.00%n", uptime));
    }
}
