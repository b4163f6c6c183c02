package org.cobnut.scan.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.jspecify.annotations.Nullable;

/** Sends one datagram to many addresses, over one socket, and takes what comes back until the time-out of the last is over. */
final class Datagrams implements AutoCloseable {
    private static final int LONGEST = 9000;

    /** Sent before the next look at what came back, so that no queue runs over. */
    private static final int BURST = 32;

    private static final Duration BETWEEN_BURSTS = Duration.ofMillis(10);

    /** How long hosts of one's own network take to answer, at most. */
    private static final Duration NEAR = Duration.ofSeconds(2);

    private final ScanRequest request;
    private final ScanReport report;
    private final String what;
    private final Selector selector = Selector.open();
    private final DatagramChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST);

    /** Takes an answer. */
    @FunctionalInterface
    interface Answer {
        void from(SocketAddress address, byte[] bytes);
    }

    /** @param what is looked for, as messages name it */
    Datagrams(ScanRequest request, ScanReport report, String what) throws IOException {
        this.request = request;
        this.report = report;
        this.what = what;
        boolean six = request.ranges().stream().anyMatch(range -> range.first().getAddress().length > 4);
        channel = six ? DatagramChannel.open() : DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** The same request with a shorter wait, for what hosts of this network answer. */
    static ScanRequest soon(ScanRequest request) {
        return request.timeout().compareTo(NEAR) > 0 ? request.withTimeout(NEAR) : request;
    }

    DatagramChannel channel() {
        return channel;
    }

    /** Each address of some ranges, made as it is asked for. */
    static Iterable<InetSocketAddress> each(List<AddressRange> ranges, int port) {
        return () -> ranges.stream()
                .flatMap(range -> StreamSupport.stream(range.spliterator(), false))
                .map(address -> new InetSocketAddress(address, port))
                .iterator();
    }

    /** Asks each of these, and hands on whatever comes. */
    void ask(Iterable<InetSocketAddress> targets, byte[] question, Answer answer)
            throws IOException, InterruptedException {
        try {
            askAll(targets, question, answer);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("the scan was interrupted").initCause(e);
        }
    }

    private void askAll(Iterable<InetSocketAddress> targets, byte[] question, Answer answer)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + Math.min(request.limit().toNanos(), Long.MAX_VALUE / 4);
        Iterator<InetSocketAddress> left = targets.iterator();
        while (left.hasNext()) {
            for (int i = 0; i < BURST && left.hasNext(); i++) send(left.next(), question);
            take(Math.min(end, System.nanoTime() + BETWEEN_BURSTS.toNanos()), answer);
            if (System.nanoTime() >= end) {
                report.problem("%s: the scan ended after its limit of %d s; give fewer addresses"
                        .formatted(what, request.limit().toSeconds()));
                return;
            }
        }
        take(Math.min(end, System.nanoTime() + request.timeout().toNanos()), answer);
    }

    private void send(InetSocketAddress to, byte[] question) throws ClosedByInterruptException {
        try {
            channel.send(ByteBuffer.wrap(question), to);
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException unreachable) {
            InetAddress address = to.getAddress();
            report.problem(
                    "%s: %s cannot be asked: %s".formatted(what, address.getHostAddress(), unreachable.getMessage()));
        }
    }

    private void take(long until, Answer answer) throws IOException, InterruptedException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            selector.select(Math.max(1, left / 1_000_000));
            if (Thread.interrupted()) throw new InterruptedException("the scan was interrupted");
            selector.selectedKeys().clear();
            for (SocketAddress from = receive(); from != null; from = receive()) {
                var bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                answer.from(from, bytes);
            }
        }
    }

    private @Nullable SocketAddress receive() throws IOException {
        try {
            return channel.receive(buffer.clear());
        } catch (PortUnreachableException nobody) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
