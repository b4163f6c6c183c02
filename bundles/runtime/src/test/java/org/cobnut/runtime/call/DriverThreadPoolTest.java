package org.cobnut.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DriverThreadPoolTest {
    private static final int SLOW = 40;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final DriverThreadPool pool = new DriverThreadPool(timers);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        pool.stop();
        timers.shutdownNow();
    }

    @Test
    void slowCallsHoldNobodyUpAndTheirThreadsEndWithThem() throws InterruptedException {
        var begun = new Semaphore(0);
        for (int i = 0; i < SLOW; i++) pool.execute(() -> await(begun));
        begun.acquire(SLOW); // more than there are places, so each slow one gave its place to another
        var quick = new Semaphore(0);
        pool.execute(quick::release);
        quick.acquire();
        assertThat(pool.threads()).isGreaterThan(SLOW);

        release.countDown();
        while (pool.threads() > DriverThreadPool.PLACES) {
            pool.execute(quick::release); // threads end though there is always work
            assertThat(quick.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void await(Semaphore begun) {
        begun.release();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
