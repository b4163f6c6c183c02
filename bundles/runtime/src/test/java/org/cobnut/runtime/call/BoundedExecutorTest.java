package org.cobnut.runtime.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BoundedExecutorTest {
    private static final int MOST = 4;

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ExecutorService threads = Executors.newCachedThreadPool(DriverThreadPool.thread("bounded-"));
    private final BoundedExecutor executor = new BoundedExecutor("slow devices", MOST, threads, System::nanoTime);
    private final Semaphore go = new Semaphore(0);
    private final Semaphore begun = new Semaphore(0);
    private final AtomicInteger ended = new AtomicInteger();
    private CountDownLatch all = new CountDownLatch(0);

    BoundedExecutorTest() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(usual);
        threads.shutdownNow();
    }

    @Test
    void runsSoManyAtATimeAndAllInTheEnd() throws Exception {
        ask(20);
        assertThat(begun.tryAcquire(MOST, 10, SECONDS)).isTrue();
        assertThat(begun.tryAcquire()).as("no more of them").isFalse();
        go.release(1);
        assertThat(begun.tryAcquire(1, 10, SECONDS)).isTrue();
        go.release(19);
        assertThat(all.await(10, SECONDS)).isTrue();
        assertThat(ended).hasValue(20);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .as("said once")
                .filteredOn(line -> line.contains("slow devices"))
                .singleElement()
                .asString()
                .contains("4 calls of slow devices are under way at once, which is the most");
    }

    @Test
    void goesOnThoughWorkEndsWithAnError() throws Exception {
        for (int i = 0; i < 8; i++)
            executor.execute(() -> {
                throw new StackOverflowError("a listener");
            });
        ask(8);
        go.release(8);
        assertThat(all.await(10, SECONDS)).isTrue();
    }

    @Test
    void letsOthersTakeThePlaceOfThreadsThatDoNotComeBack() throws Exception {
        ask(MOST + 2);
        assertThat(begun.tryAcquire(MOST, 10, SECONDS)).isTrue();
        executor.lost(1);
        assertThat(begun.tryAcquire(1, 10, SECONDS)).isTrue();
        assertThat(begun.tryAcquire()).isFalse();
        go.release(2);
        assertThat(begun.tryAcquire(1, 10, SECONDS)).isTrue();
        executor.lost(-1);
        go.release(MOST);
        assertThat(all.await(10, SECONDS)).isTrue();
        ask(MOST + 1);
        assertThat(begun.tryAcquire(MOST, 10, SECONDS)).isTrue();
        assertThat(begun.tryAcquire()).as("the bound is as before").isFalse();
        go.release(MOST + 1);
    }

    private void ask(int works) {
        all = new CountDownLatch(works);
        CountDownLatch mine = all;
        for (int i = 0; i < works; i++)
            executor.execute(() -> {
                begun.release();
                go.acquireUninterruptibly();
                ended.incrementAndGet();
                mine.countDown();
            });
    }
}
