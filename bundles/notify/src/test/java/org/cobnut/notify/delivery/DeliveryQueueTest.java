package org.cobnut.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue of one target: order, tries, bounds, and that nobody waits for it. */
@Timeout(20)
class DeliveryQueueTest {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final DeliveryThreads threads = new DeliveryThreads(100);
    private final Peer peer = new Peer();
    private final DeliveryQueue queue = queue(peer, PAUSE);

    /** A peer that does as a test tells it. */
    private static final class Peer implements DeliveryQueue.Handler {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final List<String> ended = new CopyOnWriteArrayList<>();
        final CountDownLatch hanging = new CountDownLatch(1);
        volatile boolean hangs;
        final AtomicInteger failures = new AtomicInteger();
        volatile boolean refuses;
        volatile int retries = 5;
        final AtomicInteger full = new AtomicInteger();
        final AtomicInteger dropped = new AtomicInteger();

        @Override
        public void send(Message message) throws IOException, InterruptedException {
            asked.add(message.text());
            if (hangs) hanging.await();
            if (refuses) throw new DeliveryRefusedException("550 no");
            if (failures.getAndDecrement() > 0) throw new IOException("no connection");
        }

        @Override
        public int retries() {
            return retries;
        }

        @Override
        public void tried(Message message, int tries, Optional<Exception> failure, boolean last) {
            if (last)
                ended.add(message.text() + " " + tries
                        + failure.map(each -> " " + each.getMessage()).orElse(""));
        }

        @Override
        public void full() {
            full.incrementAndGet();
        }

        @Override
        public void dropped(int messages) {
            dropped.addAndGet(messages);
        }

        @Override
        public void ended() {
            ended.add("end");
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        peer.hanging.countDown();
        threads.stop();
    }

    @Test
    void sendsInOrderAndTellsOfEach() {
        for (int i = 0; i < 20; i++) queue.add(message("m" + i));
        Await.until(() -> peer.ended.size() == 20);
        assertThat(peer.asked).startsWith("m0", "m1", "m2").endsWith("m19");
        assertThat(peer.ended).allMatch(line -> line.endsWith(" 1"));
    }

    @Test
    void triesAgainUntilItIsDelivered() {
        peer.failures.set(3);
        queue.add(message("m"));
        Await.until(() -> !peer.ended.isEmpty());
        assertThat(peer.ended).containsExactly("m 4");
    }

    @Test
    void givesUpAfterTheRetries() {
        peer.failures.set(100);
        peer.retries = 2;
        queue.add(message("m"));
        Await.until(() -> !peer.ended.isEmpty());
        assertThat(peer.ended).containsExactly("m 3 no connection");
        assertThat(peer.asked).hasSize(3);
    }

    @Test
    void doesNotRepeatWhatIsRefused() {
        peer.refuses = true;
        queue.add(message("m"));
        Await.until(() -> !peer.ended.isEmpty());
        assertThat(peer.ended).containsExactly("m 1 550 no");
    }

    @Test
    void whatIsCriticalGoesFirstAndEndsThePause() {
        DeliveryQueue patient = queue(peer, TimeUnit.HOURS.toNanos(1));
        peer.failures.set(1);
        patient.add(message("waits"));
        Await.until(() -> peer.asked.size() == 1);
        patient.add(message("later"));
        patient.add(Message.of(Severity.CRITICAL, "FSD", "x", "urgent", Instant.EPOCH, "h"));
        Await.until(() -> peer.ended.size() == 3);
        assertThat(peer.asked).containsExactly("waits", "urgent", "waits", "later");
    }

    @Test
    void aTestIsTriedOnceAndSaysWhatCameOfIt() throws Exception {
        peer.failures.set(1);
        assertThat(queue.test(message("t")).get().orElseThrow()).hasMessage("no connection");
        assertThat(queue.test(message("t")).get()).isEmpty();
        assertThat(peer.asked).hasSize(2);
    }

    @Test
    void aPeerThatHangsHoldsUpNobodyElse() throws Exception {
        peer.hangs = true;
        queue.add(message("m"));
        Await.until(() -> peer.asked.size() == 1);
        var other = new Peer();
        queue(other, PAUSE).add(message("other"));
        Await.until(() -> other.ended.size() == 1);
        long begin = System.nanoTime();
        for (int i = 0; i < 10 * DeliveryQueue.MOST; i++) queue.add(message("m" + i));
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(queue.waiting()).isEqualTo(DeliveryQueue.MOST);
        assertThat(peer.full).hasValue(1);
        peer.hangs = false;
        peer.hanging.countDown();
        Await.until(() -> peer.dropped.get() > 0);
        // One was being sent, and so many could wait.
        assertThat(peer.dropped).hasValue(9 * DeliveryQueue.MOST);
        assertThat(peer.asked).hasSize(DeliveryQueue.MOST + 1).endsWith("m1999");
    }

    @Test
    void dropsNothingCriticalWhileThereIsSomethingElse() {
        peer.hangs = true;
        queue.add(message("m"));
        Await.until(() -> peer.asked.size() == 1);
        queue.add(Message.of(Severity.CRITICAL, "FSD", "x", "urgent", Instant.EPOCH, "h"));
        for (int i = 0; i < 2 * DeliveryQueue.MOST; i++) queue.add(message("m" + i));
        peer.hangs = false;
        peer.hanging.countDown();
        Await.until(() -> peer.asked.size() > 1);
        assertThat(peer.asked.get(1)).isEqualTo("urgent");
    }

    @Test
    void aQueueThatIsClosedTriesOnceMoreAndEnds() {
        DeliveryQueue patient = queue(peer, TimeUnit.HOURS.toNanos(1));
        peer.failures.set(2);
        patient.add(message("a"));
        Await.until(() -> peer.asked.size() == 1 && patient.waiting() == 1);
        patient.add(message("b"));
        patient.close();
        Await.until(() -> peer.ended.contains("end"));
        assertThat(peer.asked).containsExactly("a", "a");
        patient.add(message("c"));
        assertThat(patient.waiting()).isZero();
    }

    @Test
    void theEndDoesNotWaitForAPeerThatHangs() throws InterruptedException {
        var aborted = new CountDownLatch(1);
        var stuck = new DeliveryQueue(threads, peer, aborted::countDown, System::nanoTime, PAUSE);
        peer.hangs = true;
        stuck.add(message("m"));
        Await.until(() -> peer.asked.size() == 1);
        long begin = System.nanoTime();
        threads.stop();
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(aborted.getCount()).isZero();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("notify")))
                .isEmpty();
    }

    @Test
    void thereIsNoThreadWhenThereIsNothingToSend() {
        queue.add(message("m"));
        Await.until(() -> peer.ended.size() == 1);
        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("notify")));
    }

    private DeliveryQueue queue(Peer of, long pause) {
        return new DeliveryQueue(threads, of, () -> {}, System::nanoTime, pause);
    }

    private static Message message(String text) {
        return Message.of(Severity.WARNING, "ONBATT", "rack1@localhost", text, Instant.EPOCH, "nas");
    }
}
