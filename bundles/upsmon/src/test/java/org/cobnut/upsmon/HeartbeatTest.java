package org.cobnut.upsmon;

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
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final long MILLI = 1_000_000L;

    private final List<String> heard = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(5);

    @Test
    void beatsThreeTimesAsOftenAsItMust() {
        var heart = new Heartbeat(heard::add, Map.of("WATCHDOG_USEC", "3000000"), clock::get);
        for (int i = 0; i <= 12; i++, clock.addAndGet(250 * MILLI)) heart.beat(new Phase.Watching());
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
            heart.beat(new Phase.Watching());
            heart.end();
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void asksForMoreTimeOnTheWayDown() {
        var heart = new Heartbeat(heard::add, Map.of(), clock::get);
        heart.beat(new Phase.Watching());
        for (int i = 0; i < 12; i++, clock.addAndGet(1000 * MILLI)) heart.beat(new Phase.Leaving(0));
        assertThat(heard).containsExactly("EXTEND_TIMEOUT_USEC=30000000", "EXTEND_TIMEOUT_USEC=30000000");
    }

    /** Whoever is to ask the UPS hangs on the watchman's own thread, which nobody ever should. */
    @Test
    void aWatchmanThatHangsIsSilent() throws Exception {
        var all = new LinkedBlockingQueue<String>();
        var hangs = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var herald = new Herald(Map.of("JOURNAL_STREAM", "none"));
        var watchman = new Watchman(
                line -> {
                    hangs.countDown();
                    await(goOn);
                    throw new IllegalStateException("no source");
                },
                herald,
                new Departure(text -> {}, Optional.empty()),
                System::nanoTime,
                new Heartbeat(all::add, Map.of("WATCHDOG_USEC", "30000"), System::nanoTime),
                java.util.Map.of(),
                () -> {});
        try {
            watchman.start();
            for (int i = 0; i < 2; i++)
                assertThat(all.poll(30, TimeUnit.SECONDS)).contains("WATCHDOG=1");
            watchman.adopt(Conf.of(Map.of("monitor", new String[] {"ups@127.0.0.1:9 1 u p primary"}), Path.of("none")));
            await(hangs);
            all.clear();
            assertThat(all.poll(1500, TimeUnit.MILLISECONDS)).isNull();
            goOn.countDown();
            assertThat(all.poll(30, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
        } finally {
            goOn.countDown();
            watchman.end(2000);
            herald.close();
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
