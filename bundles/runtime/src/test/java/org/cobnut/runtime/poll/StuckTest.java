package org.cobnut.runtime.poll;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.time.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drivers that hang, in threads of their own; time is the test's. */
@Timeout(30)
class StuckTest {
    private final Bench bench = Bench.threaded();
    private final Gadget gadget = bench.gadget;
    private final Semaphore changes = new Semaphore(0);
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    StuckTest() {
        bench.listeners.add((ups, before, after) -> changes.release());
    }

    @AfterEach
    void end() {
        release.countDown();
        bench.close();
    }

    @Test
    void saysThatAnAnswerIsLateBeforeItIsOverdue() throws Exception {
        startFresh();
        gadget.polling = report -> hang();
        bench.seconds(2);
        assertThat(stuck.await(10, SECONDS)).isTrue();
        bench.seconds(4.9);
        assertThat(bench.health()).isEqualTo(new Health.Fresh());
        bench.seconds(0.1);
        assertThat(bench.health())
                .isEqualTo(new Health.Reconnecting(
                        ManualClock.START.plusSeconds(2), "no answer to poll yet", ManualClock.START.plusSeconds(32)));
        gadget.polling = report -> report.status("OL");
        release.countDown();
        await(() -> bench.health() instanceof Health.Fresh);
        assertThat(gadget.closes).hasValue(0);
    }

    @Test
    void interruptsAnOverduePollAndOpensAgainBehindIt() throws Exception {
        startFresh();
        gadget.polling = report -> hang();
        bench.seconds(2);
        assertThat(stuck.await(10, SECONDS)).isTrue();
        bench.seconds(29.9);
        assertThat(gadget.closes).hasValue(0);
        bench.seconds(0.1);
        await(() -> gadget.closes.get() == 1);
        assertThat(bench.runner.lost()).isZero();
        assertThat(bench.health())
                .isEqualTo(new Health.Reconnecting(
                        ManualClock.START.plusSeconds(2),
                        "no answer to poll within 30 s",
                        ManualClock.START.plusSeconds(33)));
        gadget.polling = report -> report.status("OB");
        bench.seconds(1);
        await(() -> bench.value("ups.status").equals("OB"));
    }

    @Test
    void givesUpAThreadThatDoesNotHeedTheInterrupt() throws Exception {
        startFresh();
        gadget.polling = report -> {
            hangStubbornly();
            report.status("TOO-LATE");
        };
        bench.seconds(2);
        assertThat(stuck.await(10, SECONDS)).isTrue();
        bench.seconds(30.9);
        assertThat(bench.runner.lost()).isZero();
        gadget.polling = report -> report.status("OB");
        bench.seconds(0.1);
        await(() -> bench.runner.lost() == 1);
        await(() -> gadget.closes.get() == 1);
        bench.seconds(2);
        await(() -> bench.value("ups.status").equals("OB"));
        release.countDown();
        await(() -> bench.runner.lost() == 0);
        assertThat(bench.value("ups.status")).isEqualTo("OB");
    }

    @Test
    void closesASessionThatIsOpenedTooLate() throws Exception {
        gadget.opening = this::hangStubbornly;
        bench.start();
        assertThat(stuck.await(10, SECONDS)).isTrue();
        gadget.opening = () -> {
            throw new IOException("no such port");
        };
        bench.seconds(61);
        await(() -> bench.runner.lost() == 1);
        release.countDown();
        await(() -> gadget.closes.get() == 1);
        assertThat(gadget.polls).hasValue(0);
    }

    @Test
    void leavesADeviceAloneThatKeepsTooManyThreads() throws Exception {
        gadget.opening = this::hangStubbornly;
        bench.start();
        for (int i = 1; i <= DeviceRunner.MOST_LOST; i++) {
            int opens = i;
            await(() -> {
                bench.seconds(1);
                return gadget.opens.get() == opens;
            });
            bench.seconds(61);
            await(() -> bench.runner.lost() == opens);
        }
        bench.seconds(1000);
        assertThat(gadget.opens).hasValue(DeviceRunner.MOST_LOST);
        gadget.opening = () -> {};
        release.countDown();
        await(() -> bench.health() instanceof Health.Fresh);
    }

    @Test
    void answersAnOrderThatHangsWhenItsTimeIsUp() throws Exception {
        startFresh();
        gadget.ordering = session -> {
            hang();
            return Outcome.handled();
        };
        var outcome = bench.device.run("shutdown.default", "");
        assertThat(stuck.await(10, SECONDS)).isTrue();
        var behind = bench.device.run("shutdown.default", "");
        bench.seconds(30);
        assertThat(Bench.outcome(outcome)).isEqualTo(Outcome.failed("no answer to run within 30 s"));
        assertThat(Bench.outcome(behind).code()).isEqualTo(Outcome.Code.FAILED);
        await(() -> gadget.closes.get() == 1);
    }

    @Test
    void queuesOrdersBehindThePollUnderWayAndRefusesTooMany() throws Exception {
        startFresh();
        gadget.polling = report -> {
            gadget.polling = ignored -> {};
            hang();
        };
        bench.seconds(2);
        assertThat(stuck.await(10, SECONDS)).isTrue();
        var first = bench.device.run("shutdown.default", "0");
        for (int i = 1; i < OrderQueue.MOST; i++) {
            assertThat(bench.device.run("shutdown.default", Integer.toString(i)).toCompletableFuture())
                    .isNotDone();
        }
        assertThat(bench.device.run("shutdown.default", "99").toCompletableFuture())
                .isCompletedWithValue(Outcome.failed("too many orders wait for the device"));
        assertThat(gadget.asked).isEmpty();
        release.countDown();
        assertThat(Bench.outcome(first)).isEqualTo(Outcome.handled());
        await(() -> gadget.asked.size() == OrderQueue.MOST);
        assertThat(gadget.asked).startsWith("run shutdown.default 0", "run shutdown.default 1");
    }

    @Test
    void closesThoughThePollHangs() throws Exception {
        startFresh();
        gadget.polling = report -> hangStubbornly();
        bench.seconds(2);
        assertThat(stuck.await(10, SECONDS)).isTrue();
        var gone = bench.runner.close().toCompletableFuture();
        assertThat(gone).isNotDone();
        bench.seconds(1);
        gone.get(10, SECONDS);
        assertThat(gadget.closes).hasValue(1);
        assertThat(bench.timers.waiting()).isZero();
    }

    @Test
    void isGoneThoughTheCloseHangs() throws Exception {
        startFresh();
        gadget.closing = this::hangStubbornly;
        var gone = bench.runner.close().toCompletableFuture();
        assertThat(stuck.await(10, SECONDS)).isTrue();
        bench.seconds(11);
        gone.get(10, SECONDS);
        assertThat(bench.runner.lost()).isEqualTo(1);
    }

    private void startFresh() throws TimeoutException, InterruptedException {
        bench.start();
        await(() -> bench.health() instanceof Health.Fresh && bench.timers.waiting() == 1);
    }

    private void hang() throws IOException {
        stuck.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private void hangStubbornly() {
        stuck.countDown();
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                stuck.countDown(); // a driver that swallows interrupts
            }
        }
    }

    /** Waits for what other threads do; they tell of most of it, and the rest comes soon after. */
    private void await(BooleanSupplier claim) throws TimeoutException, InterruptedException {
        for (int i = 0; i < 1000 && !claim.getAsBoolean(); i++) {
            if (changes.tryAcquire(10, java.util.concurrent.TimeUnit.MILLISECONDS)) changes.drainPermits();
        }
        if (!claim.getAsBoolean()) throw new TimeoutException(bench.device.snapshot() + " " + gadget.opens);
    }
}
