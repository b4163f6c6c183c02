package org.cobnut.upsmon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.notify.NotificationDispatcher;
import org.cobnut.upsmon.shutdown.ShutdownExecutor;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final long MILLI = 1_000_000L;

    private final List<String> heard = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(5);

    @Test
    void beatsThreeTimesAsOftenAsItMust() {
        var heart = new Heartbeat(heard::add, Map.of("WATCHDOG_USEC", "3000000"), clock::get);
        for (int i = 0; i <= 12; i++, clock.addAndGet(250 * MILLI)) heart.beat(new Phase.Monitoring());
        heart.end();
        assertThat(heard)
                .containsExactly(
                        "WATCHDOG_USEC=3000000\nWATCHDOG=1",
                        "WATCHDOG=1",
                        "WATCHDOG=1",
                        "WATCHDOG=1",
                        "WATCHDOG_USEC=0");
    }

    @Test
    void beatsForNobodyElse() {
        for (var environment : List.of(
                Map.<String, String>of(),
                Map.of("WATCHDOG_USEC", "none"),
                Map.of("WATCHDOG_USEC", "0"),
                Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1"))) {
            var heart = new Heartbeat(heard::add, environment, clock::get);
            heart.beat(new Phase.Monitoring());
            heart.end();
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void asksForMoreTimeOnTheWayDown() {
        var heart = new Heartbeat(heard::add, Map.of(), clock::get);
        heart.beat(new Phase.Monitoring());
        for (int i = 0; i < 12; i++, clock.addAndGet(1000 * MILLI)) heart.beat(new Phase.FinalDelay(0));
        assertThat(heard).containsExactly("EXTEND_TIMEOUT_USEC=30000000", "EXTEND_TIMEOUT_USEC=30000000");
    }

    /** A source that hangs on the thread of the monitor itself, which must never happen. */
    @Test
    void aWatchmanThatHangsIsSilent() throws Exception {
        var all = new LinkedBlockingQueue<String>();
        var hangs = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var dispatcher = new NotificationDispatcher(Map.of("JOURNAL_STREAM", "none"));
        var monitor = new UpsMonitor(
                line -> {
                    hangs.countDown();
                    await(goOn);
                    throw new IllegalStateException("no source");
                },
                dispatcher,
                new ShutdownExecutor(text -> {}, Optional.empty()),
                System::nanoTime,
                new Heartbeat(all::add, Map.of("WATCHDOG_USEC", "30000"), System::nanoTime),
                java.util.Map.of(),
                () -> {});
        try {
            monitor.start();
            for (int i = 0; i < 2; i++)
                assertThat(all.poll(30, TimeUnit.SECONDS)).contains("WATCHDOG=1");
            monitor.adopt(Conf.of(Map.of("monitor", new String[] {"ups@127.0.0.1:9 1 u p primary"}), Path.of("none")));
            await(hangs);
            all.clear();
            assertThat(all.poll(1500, TimeUnit.MILLISECONDS)).isNull();
            goOn.countDown();
            assertThat(all.poll(30, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
        } finally {
            goOn.countDown();
            monitor.end(2000);
            dispatcher.close();
        }
        assertThat(all).last().isEqualTo("WATCHDOG_USEC=0");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) throw new IllegalStateException("nobody came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
