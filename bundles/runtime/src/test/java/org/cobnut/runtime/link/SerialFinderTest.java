package org.cobnut.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.testkit.time.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often serial ports are asked for {@code port = auto}, and what a scanner that misbehaves does to it. */
@Timeout(20)
class SerialFinderTest {
    private final ManualClock clock = new ManualClock();
    private final SerialFinder finder = new SerialFinder(clock::nanos);
    private final List<String> ports = new CopyOnWriteArrayList<>(List.of("a", "b"));
    private final List<String> asked = new ArrayList<>();

    /** Finds a gadget at port b, and says what else it does. */
    private class Lines implements Scanner {
        @Override
        public String kind() {
            return SERIAL;
        }

        @Override
        public String description() {
            return "lines";
        }

        @Override
        public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
            if (request.ports().isEmpty()) ports.forEach(port -> report.found(FoundDevice.unknown(SERIAL, port)));
            asked.addAll(request.ports());
            if (request.ports().contains("b")) report.found(FoundDevice.of(SERIAL, "gadget", "b"));
        }
    }

    @Test
    void asksADeviceAgainAfterAMinuteAndASilentPortAfterFive() throws IOException {
        finder.add(new Lines());
        assertThat(find()).containsExactly("b");
        assertThat(asked).containsExactly("a", "b");
        clock.advance(Duration.ofSeconds(59));
        assertThat(find()).containsExactly("b");
        assertThat(asked).hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        find();
        assertThat(asked).containsExactly("a", "b", "b");
        clock.advance(Duration.ofMinutes(4));
        find();
        assertThat(asked).containsExactly("a", "b", "b", "a", "b");
    }

    @Test
    void asksAPortThatHasComeAtOnceAndForgetsOneThatHasGone() throws IOException {
        finder.add(new Lines());
        ports.remove("b");
        assertThatIOException().isThrownBy(this::find).withMessageContaining("no device for gadget answers at a");
        ports.add("b");
        assertThat(find()).containsExactly("b");
        assertThat(asked).containsExactly("a", "b");
        ports.remove("b");
        assertThatIOException().isThrownBy(this::find);
        ports.add("b");
        find();
        assertThat(asked).containsExactly("a", "b", "b");
    }

    @Test
    void doesNotAskAPortThatASessionHasButKnowsWhatIsThere() throws IOException {
        finder.add(new Lines());
        find();
        clock.advance(Duration.ofMinutes(2));
        assertThat(finder.find("gadget", port -> false, Set.of("b")::contains)).containsExactly("b");
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void namesAScannerThatHasAFault() {
        finder.add(new Lines() {
            @Override
            public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
                super.scan(request, report);
                if (!request.ports().isEmpty()) throw new IllegalStateException("as if");
            }
        });
        ports.remove("b");
        assertThatIOException()
                .isThrownBy(this::find)
                .withMessageContaining("has a fault: java.lang.IllegalStateException: as if");
    }

    @Test
    void endsAtAnInterruptAndInterruptsTheScanner() throws Exception {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        finder.add(new Lines() {
            @Override
            public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
            }
        });
        Thread caller = Thread.currentThread();
        var other = new Thread(() -> {
            try {
                begun.await();
                caller.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        assertThatThrownBy(this::find).isInstanceOf(InterruptedIOException.class);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        other.join();
    }

    private List<String> find() throws IOException {
        return finder.find("gadget", port -> false, port -> false);
    }
}
