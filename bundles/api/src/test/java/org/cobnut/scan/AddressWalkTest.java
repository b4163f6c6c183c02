package org.cobnut.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AddressWalkTest {
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final ScanReport report = new ScanReport() {
        @Override
        public void found(FoundDevice device) {
            throw new AssertionError(device);
        }

        @Override
        public void problem(String text) {
            problems.add(text);
        }
    };
    private final Set<InetAddress> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private ScanRequest network(int bits) throws IOException {
        return ScanRequest.all().withRanges(List.of(AddressRange.network(InetAddress.getByName("127.0.0.0"), bits)));
    }

    @Test
    void asksEachAddressAndNoMoreAtATimeThanItMay() throws Exception {
        AddressWalk.of(network(24).withParallel(7), report, "Things", Quick::new);
        assertThat(asked).hasSize(256);
        assertThat(most).hasValueBetween(1, 7);
        assertThat(problems).isEmpty();
    }

    @Test
    void endsAtItsLimitAndEndsWhatIsAsked() throws Exception {
        var closed = new AtomicInteger();
        var request = network(24).withParallel(3).withLimit(Duration.ofMillis(50));
        AddressWalk.of(request, report, "Things", host -> new Silent(closed));
        assertThat(closed).hasValueGreaterThanOrEqualTo(3);
        assertThat(problems)
                .containsExactly(
                        "Things: the scan ended after its limit of 0 s; give fewer addresses, or a shorter timeout");
    }

    /** Nobody answers it, which is no problem of the scan. */
    private final class Quick implements AddressWalk.Question {
        private final InetAddress host;

        Quick(InetAddress host) {
            this.host = host;
        }

        @Override
        public void ask() throws IOException {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            asked.add(host);
            now.decrementAndGet();
            throw new IOException("nobody");
        }

        @Override
        public void close() {}
    }

    /** It waits for an answer until it is closed. */
    private static final class Silent implements AddressWalk.Question {
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicInteger closed;

        Silent(AtomicInteger closed) {
            this.closed = closed;
        }

        @Override
        public void ask() throws IOException {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            if (over.getCount() > 0) closed.incrementAndGet();
            over.countDown();
        }
    }
}
