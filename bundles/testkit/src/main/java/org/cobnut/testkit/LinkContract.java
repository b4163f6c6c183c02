package org.cobnut.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every kind of link keeps to. A link's test extends it and says how to make a device and how to wait for it. */
@Timeout(30)
public abstract class LinkContract<L extends Link> {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int SOON_SECONDS = 5;

    /** The device at the far end of a link. */
    protected interface FarEnd extends AutoCloseable {
        /** The port that leads to it. */
        String port();

        /** Makes the device send something that {@link #receive} sees. */
        void send() throws IOException;

        /** Takes it away, as a cable is pulled. */
        void unplug() throws IOException;

        @Override
        void close();
    }

    protected abstract Class<L> kind();

    /** The provider under test; a new one each time. */
    protected abstract LinkProvider provider();

    protected abstract FarEnd device() throws IOException;

    /** A port where there is no device. */
    protected abstract String nowhere();

    /** Waits for something of the device, and says whether it came in time. */
    protected abstract boolean receive(L link, Duration wait) throws IOException;

    @Test
    void receivesWhatTheDeviceSends() throws IOException {
        try (var device = device();
                var link = open(device)) {
            device.send();
            assertThat(receive(link, LONG)).isTrue();
        }
    }

    @Test
    void returnsInTimeWhenNothingComesAndStaysGood() throws IOException {
        try (var device = device();
                var link = open(device)) {
            long began = System.nanoTime();
            assertThat(receive(link, Duration.ofMillis(150))).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(100), LONG);
            device.send();
            assertThat(receive(link, LONG)).isTrue();
        }
    }

    @Test
    void saysThatADeviceIsNotThere() {
        assertThatIOException()
                .isThrownBy(() -> TestRequest.of(kind(), nowhere()).open(provider()))
                .withMessageContaining(nowhere());
    }

    @Test
    void closesTwiceAndIsLostThen() throws IOException {
        try (var device = device()) {
            L link = open(device);
            link.close();
            link.close();
            assertThatIOException().isThrownBy(() -> receive(link, Duration.ofMillis(10)));
        }
    }

    @Test
    void endsAWaitWhenItIsClosedMeanwhile() throws Exception {
        try (var device = device()) {
            L link = open(device);
            CompletableFuture<Throwable> ended = waiting(link);
            link.close();
            assertThat(ended.get(SOON_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void endsAWaitWhenTheDeviceIsUnpluggedAndStaysLost() throws Exception {
        try (var device = device();
                var link = open(device)) {
            CompletableFuture<Throwable> ended = waiting(link);
            device.unplug();
            assertThat(ended.get(SOON_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            assertThatIOException().isThrownBy(() -> receive(link, Duration.ofMillis(10)));
        }
    }

    @Test
    void endsAWaitWhenItsThreadIsInterrupted() throws Exception {
        try (var device = device();
                var link = open(device)) {
            var ended = new CompletableFuture<Throwable>();
            var started = new CountDownLatch(1);
            var thread = new Thread(() -> {
                started.countDown();
                ended.complete(catchThrowable(() -> receive(link, LONG)));
            });
            thread.start();
            started.await();
            thread.interrupt();
            assertThat(ended.get(SOON_SECONDS, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
            device.send();
            assertThat(receive(link, LONG)).as("the link is still good").isTrue();
        }
    }

    @Test
    void leavesNoDescriptorOpen() throws IOException {
        try (var device = device()) {
            open(device).close(); // whatever is loaded and opened once
            long before = descriptors();
            for (int i = 0; i < 5; i++) open(device).close();
            assertThat(descriptors()).isEqualTo(before);
        }
    }

    private L open(FarEnd device) throws IOException {
        return TestRequest.of(kind(), device.port()).open(provider());
    }

    private CompletableFuture<Throwable> waiting(L link) throws InterruptedException {
        var ended = new CompletableFuture<Throwable>();
        var started = new CountDownLatch(1);
        var thread = new Thread(() -> {
            started.countDown();
            ended.complete(catchThrowable(() -> receive(link, LONG)));
        });
        thread.setDaemon(true);
        thread.start();
        started.await();
        return ended;
    }

    /** How many descriptors this process has; none where that cannot be told. */
    private static long descriptors() throws IOException {
        Path folder = new File("/proc/self/fd").toPath();
        if (!Files.isDirectory(folder)) return 0;
        try (Stream<Path> open = Files.list(folder)) {
            return open.count();
        }
    }
}
