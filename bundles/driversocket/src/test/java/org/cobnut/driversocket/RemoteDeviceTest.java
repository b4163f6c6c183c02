package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices whose drivers behave badly, each on a real socket. */
class RemoteDeviceTest {
    private static final String DUMP = "SETINFO ups.status \"OL\"\nDATAOK\nDUMPDONE\n";

    private final SocketEventLoop loop = new SocketEventLoop();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void aFloodingDriverIsReadSlowlyAndHarmsNobodyElse() throws Exception {
        try (var flooding = new Driver("flood", 15);
                var good = new Driver("good", 15)) {
            var written = new AtomicLong();
            var started = new CountDownLatch(1);
            long began = System.nanoTime();
            var flood = new Thread(() -> flooding.flood(written, started));
            flood.start();
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
            good.connect();
            good.say(DUMP);
            for (int i = 0; i < 50; i++) {
                String load = Integer.toString(i);
                good.say("SETINFO ups.load \"" + load + "\"\n");
                good.await(now -> now.value("ups.load").equals(Optional.of(load)));
            }
            flooding.await(now -> now.value("ups.status").isPresent());
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + 2;
            assertThat(written.get()).as("bytes in %d s", seconds).isLessThan((4L << 20) + seconds * (512 << 10));
            assertThat(flooding.device.snapshot().variables()).hasSizeLessThanOrEqualTo(RemoteVariables.MOST);
            flooding.close();
            flood.join(30_000);
            assertThat(flood.isAlive()).isFalse();
        }
    }

    @Test
    void silenceAndHalfALineAreNoNews() throws Exception {
        try (var driver = new Driver("half", 1)) {
            driver.connect();
            driver.await(now -> now.health() instanceof Health.Starting
                    && now.value("ups.status").equals(Optional.of("WAIT")));
            driver.await(now -> now.health() instanceof Health.Stale);
            driver.say(DUMP);
            driver.await(now -> now.health() instanceof Health.Fresh);
            for (int i = 0; i < 100; i++) driver.say("SETINFO ups.status \"" + "x".repeat(1000));
            driver.await(now -> now.health() instanceof Health.Stale);
            assertThat(driver.device.snapshot().value("ups.status")).contains("OL");
            driver.say("\"\nPONG\n");
            driver.await(now -> now.health() instanceof Health.Fresh);
        }
    }

    @Test
    void anOrderToADriverThatDiesHasFailed() throws Exception {
        try (var driver = new Driver("dying", 15)) {
            assertThat(driver.device
                            .set("a", "b")
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS)
                            .code())
                    .isEqualTo(Outcome.Code.FAILED);
            driver.connect();
            driver.say(DUMP);
            driver.await(now -> now.health() instanceof Health.Fresh);
            var order = driver.device.run("load.off", "5").toCompletableFuture();
            assertThat(driver.hears("INSTCMD load.off \"5\" TRACKING 1\n")).isTrue();
            driver.hangUp();
            assertThat(order.get(30, TimeUnit.SECONDS)).isEqualTo(Outcome.failed("the driver is gone"));
            driver.await(now -> now.health() instanceof Health.Reconnecting
                    && now.variables().isEmpty());
            driver.connect();
            driver.say(DUMP);
            driver.await(now -> now.health() instanceof Health.Fresh);
        }
    }

    /** A driver that the test plays, and the device that is made of it. */
    private final class Driver implements RemoteDevice.Stage, AutoCloseable {
        private final ServerSocketChannel listener;
        private final RemoteDevice device;
        private SocketChannel connection;

        Driver(String name, int maxage) throws IOException {
            Path socket = directory.resolve("test-" + name);
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
            var section = new SocketSection.Lines(name, "test", "", false, "");
            device = new RemoteDevice(
                    section, () -> socket, false, loop, Clocks.system(), Duration.ofSeconds(maxage)::toNanos, this);
            loop.everySecond(device::tick);
        }

        void connect() throws IOException {
            connection = listener.accept();
            assertThat(hears("DUMPALL\n")).isTrue();
        }

        void say(String lines) throws IOException {
            var bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) connection.write(bytes);
        }

        /** Reads exactly so much, PINGs left out. */
        boolean hears(String expected) throws IOException {
            var heard = new StringBuilder();
            var one = ByteBuffer.allocate(1);
            while (heard.length() < expected.length() && connection.read(one.clear()) > 0) {
                heard.append((char) one.get(0));
                if (heard.toString().equals("PING\n")) heard.setLength(0);
            }
            return heard.toString().equals(expected);
        }

        void flood(AtomicLong written, CountDownLatch started) {
            try {
                connect();
                say(DUMP);
                for (int i = 0; ; i++) {
                    String line = "SETINFO v" + i + " \"" + "x".repeat(400) + "\"\nnonsense " + i + "\n";
                    say(line);
                    written.addAndGet(line.length());
                    started.countDown();
                }
            } catch (IOException closed) {
                started.countDown();
            }
        }

        synchronized void await(Predicate<Snapshot> wanted) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            while (!wanted.test(device.snapshot())) {
                assertThat(System.nanoTime())
                        .as("it is %s", device.snapshot().health())
                        .isLessThan(end);
                wait(100);
            }
        }

        void hangUp() throws IOException {
            connection.close();
        }

        @Override
        public void show(RemoteDevice shown) {}

        @Override
        public synchronized void changed(Snapshot before, Snapshot after) {
            notifyAll();
        }

        @Override
        public void close() throws IOException {
            loop.thread().execute(device::close);
            if (connection != null) connection.close();
            listener.close();
        }
    }
}
