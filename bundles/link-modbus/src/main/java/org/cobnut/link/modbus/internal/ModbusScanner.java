package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.osgi.service.component.annotations.Component;

/**
 * Finds devices that speak Modbus TCP: it connects to each address and reads a few registers, by which those are told apart that a
 * driver here knows. It writes nothing.
 */
@Component
public final class ModbusScanner implements Scanner {
    private static final String MODBUS = "modbus";
    private static final int PORT = 502;

    /** Connections at the same time, at most: each has a thread that waits. */
    private static final int MOST_PARALLEL = 256;

    /** What a device takes to answer, at most: it was reached by then. */
    private static final Duration RESPONSE = Duration.ofMillis(500);

    @Override
    public String kind() {
        return MODBUS;
    }

    @Override
    public String description() {
        return "devices that speak Modbus TCP; needs addresses, and asks each of them at port " + PORT
                + " unless told another";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        if (request.ranges().isEmpty()) return;
        int parallel = Math.min(request.parallel(), MOST_PARALLEL);
        ExecutorService threads = Executors.newFixedThreadPool(parallel, work -> {
            var thread = new Thread(work, "cobnut-scan-modbus");
            thread.setDaemon(true);
            return thread;
        });
        try {
            new Run(request, report, threads, parallel).all();
        } finally {
            threads.shutdownNow();
        }
    }

    /** One scan. */
    private static final class Run {
        private final ScanRequest request;
        private final ScanReport report;
        private final ExecutorService threads;
        private final int parallel;
        private final Semaphore places;
        private final Set<SocketBytes> open = ConcurrentHashMap.newKeySet();
        private final long end;

        Run(ScanRequest request, ScanReport report, ExecutorService threads, int parallel) {
            this.request = request;
            this.report = report;
            this.threads = threads;
            this.parallel = parallel;
            this.places = new Semaphore(parallel);
            this.end = System.nanoTime() + Math.min(request.limit().toNanos(), Long.MAX_VALUE / 4);
        }

        /** Asks all addresses; returns when the last has answered, or the time is over. */
        void all() throws InterruptedException {
            try {
                for (AddressRange range : request.ranges())
                    for (Iterator<InetAddress> addresses = range.iterator(); addresses.hasNext(); ) {
                        if (!place(1)) return;
                        start(addresses.next());
                    }
                place(parallel);
            } finally {
                open.forEach(SocketBytes::close);
            }
        }

        private boolean place(int count) throws InterruptedException {
            boolean free = places.tryAcquire(count, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!free)
                report.problem(
                        "Modbus devices: the scan ended after its limit of %d s; give fewer addresses, or a shorter timeout"
                                .formatted(request.limit().toSeconds()));
            return free;
        }

        private void start(InetAddress host) {
            var bytes = new SocketBytes();
            open.add(bytes);
            threads.execute(() -> {
                try {
                    ask(host, bytes);
                } catch (IOException nobody) {
                    // Nothing listens there, or it is no Modbus.
                } finally {
                    open.remove(bytes);
                    bytes.close();
                    places.release();
                }
            });
        }

        private void ask(InetAddress host, SocketBytes bytes) throws IOException {
            int port = request.tcpPort().orElse(PORT);
            bytes.connect(new InetSocketAddress(host, port), request.timeout());
            String name = host.getHostAddress();
            String bare = name.indexOf(':') < 0 ? name : "[" + name + "]";
            String at = port == PORT ? bare : bare + ":" + port;
            Duration wait = RESPONSE.compareTo(request.timeout()) < 0 ? RESPONSE : request.timeout();
            boolean answered = false;
            var codec = new TcpCodec();
            for (KnownDevices.Row row : KnownDevices.rows()) {
                var link = new FramedModbusLink(
                        bytes, codec, ModbusParameters.unit(row.unit()).response(wait), closed -> {});
                KnownDevices.Said said = KnownDevices.ask(row, link);
                if (said.description().isPresent()) {
                    report.found(FoundDevice.of(MODBUS, row.driver(), at)
                            .withDescription(said.description().get()));
                    return;
                }
                answered |= said.answered();
            }
            if (answered)
                report.found(FoundDevice.of(MODBUS, "generic_modbus", at)
                        .withDescription("speaks Modbus, and is no device that a driver here knows;"
                                + " if it is an I/O module, say at which registers the contacts of the UPS are"));
        }
    }
}
