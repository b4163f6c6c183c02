package org.cobnut.scan.network;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;

/** The connections of one scan, all on the thread that runs it. */
final class ServerProbes implements AutoCloseable {
    private static final int BUFFER = 8192;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Set<ServerProbe> open = new LinkedHashSet<>();
    private final Deque<InetAddress> again = new ArrayDeque<>();
    private final String kind;
    private final ScanRequest request;
    private final ScanReport report;
    private final Iterator<AddressRange> ranges;
    private Iterator<InetAddress> addresses = List.<InetAddress>of().iterator();
    private BigInteger begun = BigInteger.ZERO;
    private int parallel;

    /** @param kind of the scanner that asks, as devices are reported by it */
    ServerProbes(String kind, ScanRequest request, ScanReport report) throws IOException {
        this.kind = kind;
        this.request = request;
        this.report = report;
        this.ranges = request.ranges().iterator();
        this.parallel = request.parallel();
    }

    /** Asks all addresses. */
    void run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long limit = request.limit().toNanos();
        while (true) {
            long left = limit - (System.nanoTime() - begin);
            fill();
            if (open.isEmpty()) return;
            if (left <= 0) {
                report.problem(unfinished());
                return;
            }
            selector.select(this::serve, Math.max(1, Math.min(left, nextDeadline()) / 1_000_000));
            if (Thread.interrupted()) throw new InterruptedException("the scan of NUT servers was interrupted");
            for (ServerProbe probe : List.copyOf(open)) if (probe.left() <= 0) end(probe);
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerProbe probe : open) probe.close();
        selector.close();
    }

    private void fill() throws IOException {
        while (open.size() < parallel) {
            Optional<InetAddress> address = next();
            if (address.isEmpty()) return;
            if (!connect(address.get())) return;
        }
    }

    private Optional<InetAddress> next() {
        if (!again.isEmpty()) return Optional.of(again.remove());
        while (!addresses.hasNext()) {
            if (!ranges.hasNext()) return Optional.empty();
            addresses = ranges.next().iterator();
        }
        begun = begun.add(BigInteger.ONE);
        return Optional.of(addresses.next());
    }

    /** Whether another connection may be opened at once. */
    private boolean connect(InetAddress address) throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open();
        } catch (SocketException exhausted) {
            if (open.isEmpty()) throw exhausted;
            // This process has no more descriptors: those that end give theirs to the rest.
            parallel = open.size();
            again.add(address);
            return false;
        }
        ServerProbe probe;
        try {
            channel.configureBlocking(false);
            probe = new ServerProbe(
                    channel.register(selector, SelectionKey.OP_CONNECT), address, kind, request, report);
        } catch (IOException broken) {
            channel.close();
            throw broken;
        }
        open.add(probe);
        try {
            if (probe.connect()) step(probe);
        } catch (IOException | UnsupportedAddressTypeException unreachable) {
            end(probe);
        }
        return true;
    }

    private void serve(SelectionKey key) {
        if (key.attachment() instanceof ServerProbe probe) step(probe);
    }

    private void step(ServerProbe probe) {
        boolean done;
        try {
            done = probe.step(buffer);
        } catch (IOException refused) {
            done = true;
        }
        if (done) end(probe);
    }

    private void end(ServerProbe probe) {
        open.remove(probe);
        probe.close();
    }

    private long nextDeadline() {
        return open.stream().mapToLong(ServerProbe::left).min().orElse(1);
    }

    private String unfinished() {
        BigInteger all = request.ranges().stream().map(AddressRange::size).reduce(BigInteger.ZERO, BigInteger::add);
        return "NUT servers: the scan ended after its limit of %d s; %s of %s addresses were not asked; give fewer, or a shorter timeout"
                .formatted(request.limit().toSeconds(), all.subtract(begun).add(BigInteger.valueOf(open.size())), all);
    }
}
