package org.cobnut.runtime.device;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.device.DeviceListener;
import org.cobnut.driver.Due;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.runtime.call.DriverThreadPool;
import org.cobnut.runtime.poll.Bench;
import org.cobnut.runtime.poll.DeviceRunner;
import org.cobnut.runtime.poll.DriverCounter;
import org.cobnut.runtime.poll.Gadget;
import org.cobnut.runtime.poll.Opener;
import org.cobnut.runtime.poll.RunningDevice;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.Section;
import org.cobnut.runtime.snapshot.DriverVariables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many devices on real threads and real time. */
@Timeout(30)
class DriverThreadPoolTest {
    private final DriverThreads workers = new DriverThreads();
    private final List<DeviceRunner> running = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        CompletableFuture.allOf(running.stream()
                        .map(DeviceRunner::close)
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .get(20, SECONDS);
        workers.stop();
    }

    @Test
    void runsAThousandQuickDevicesOnAFewThreads() throws Exception {
        int devices = 1000;
        var polled = new CountDownLatch(devices * 3);
        for (int i = 0; i < devices; i++) start(Duration.ofMillis(200), () -> new Counting(polled));
        assertThat(polled.await(20, SECONDS)).isTrue();
        assertThat(workers.threads())
                .as("more only where the machine itself is slow")
                .isLessThan(100);
    }

    @Test
    void pollsAThousandSlowDevicesOnABoundedNumberOfThreads() throws Exception {
        int devices = 1000;
        var polled = new CountDownLatch(devices * 3);
        for (int i = 0; i < devices; i++)
            start(Duration.ofMillis(200), () -> report -> {
                LockSupport.parkNanos(Duration.ofMillis(120).toNanos());
                polled.countDown();
            });
        assertThat(polled.await(25, SECONDS)).isTrue();
        assertThat(workers.threads())
                .isLessThan(DriverThreadPool.PLACES + 2 * DriverThreadPool.MOST_SLOW + devices / 5);
    }

    @Test
    void doesNotLetHangingDevicesHoldUpTheOthers() throws Exception {
        var release = new CountDownLatch(1);
        var hanging = new CountDownLatch(40);
        for (int i = 0; i < 40; i++)
            start(Duration.ofSeconds(2), () -> report -> {
                hanging.countDown();
                awaitQuietly(release);
            });
        assertThat(hanging.await(10, SECONDS)).isTrue();
        var polled = new CountDownLatch(3);
        start(Duration.ofMillis(20), () -> new Counting(polled));
        assertThat(polled.await(10, SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void neverCallsOneSessionTwiceAtATimeAndShowsReadingsInOrder() throws Exception {
        var session = new Jealous();
        var seen = Collections.synchronizedList(new ArrayList<Integer>());
        Section section = Bench.section();
        var driverVariables = new DriverVariables(section, new CommonSettings.Values(1, "auto", 0), "0.1");
        Opener opener = wake -> {
            session.wake = wake;
            return new Opener.Opened(session, Options.of(), Duration.ZERO);
        };
        DeviceListener listener = (ups, before, after) ->
                after.value("ups.test").map(Integer::valueOf).ifPresent(seen::add);
        var runner = new DeviceRunner(
                workers.engine(),
                driverVariables,
                Duration.ofMillis(10),
                opener,
                List.of(listener),
                new DriverCounter());
        running.add(runner);
        runner.start();
        var device = new RunningDevice(runner, section);
        assertThat(session.first.await(10, SECONDS)).isTrue();
        var outcomes = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < 500; i++) {
            session.wake.run();
            outcomes.add(device.run("shutdown.default", ""));
            assertThat(device.snapshot().variables()).isNotNull();
        }
        for (CompletionStage<Outcome> outcome : outcomes) Bench.outcome(outcome);
        assertThat(session.overlapped).isFalse();
        assertThat(List.copyOf(seen)).hasSizeGreaterThan(1).isSorted().doesNotHaveDuplicates();
    }

    private void start(Duration interval, java.util.function.Supplier<Gadget.Polling> polling) {
        var driverVariables = new DriverVariables(Bench.section(), new CommonSettings.Values(1, "auto", 0), "0.1");
        var gadget = new Gadget();
        gadget.polling = polling.get();
        var runner =
                new DeviceRunner(workers.engine(), driverVariables, interval, gadget, List.of(), new DriverCounter());
        running.add(runner);
        runner.start();
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private record Counting(CountDownLatch polled) implements Gadget.Polling {
        @Override
        public void poll(Report report) {
            report.status("OL");
            polled.countDown();
        }
    }

    /** Notices when two calls meet. */
    private static final class Jealous implements Session {
        final AtomicBoolean overlapped = new AtomicBoolean();
        final CountDownLatch first = new CountDownLatch(2);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger polls = new AtomicInteger();
        volatile Runnable wake = () -> {};

        @Override
        public void poll(Report report, Due due) {
            enter();
            report.set("ups.test", Integer.toString(polls.incrementAndGet()));
            first.countDown();
            leave();
        }

        @Override
        public Outcome run(String command, String argument) {
            enter();
            leave();
            return Outcome.handled();
        }

        @Override
        public void close() {
            enter();
            leave();
        }

        private void enter() {
            if (inside.incrementAndGet() > 1) overlapped.set(true);
            LockSupport.parkNanos(20_000); // long enough to be met
        }

        private void leave() {
            inside.decrementAndGet();
        }
    }
}
