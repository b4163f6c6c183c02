package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.osgi.service.component.annotations.Component;
import org.snmp4j.smi.UdpAddress;

/**
 * Finds UPSes, power distribution units and transfer switches by SNMP: it reads a few objects of each address, over one socket, and
 * writes nothing.
 */
@Component
public final class SnmpScanner implements Scanner {
    /** Addresses that are asked at the same time, at most: each has a thread that waits. */
    private static final int MOST_PARALLEL = 256;

    private static final int PORT = 161;

    @Override
    public String kind() {
        return SNMP;
    }

    @Override
    public String description() {
        return "devices with a network card; needs addresses, and asks each of them at UDP port " + PORT
                + " with the community public unless told another";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        if (request.ranges().isEmpty()) return;
        int parallel = Math.min(request.parallel(), MOST_PARALLEL);
        ExecutorService threads = Executors.newFixedThreadPool(parallel, work -> {
            var thread = new Thread(work, "cobnut-scan-snmp");
            thread.setDaemon(true);
            return thread;
        });
        try (var engine = new Engine()) {
            List<Access> accesses = Access.of(request, report);
            if (accesses.isEmpty()) return;
            new Run(engine, accesses, request, report, threads, parallel).all();
        } catch (IOException e) {
            report.problem("SNMP devices are not looked for: no UDP socket can be opened: " + e.getMessage());
        } finally {
            threads.shutdownNow();
        }
    }

    /** One scan. */
    private static final class Run {
        private final Engine engine;
        private final List<Access> accesses;
        private final ScanRequest request;
        private final ScanReport report;
        private final ExecutorService threads;
        private final Semaphore places;
        private final int parallel;
        private final Set<AgentProbe> open = ConcurrentHashMap.newKeySet();
        private final long end;

        Run(
                Engine engine,
                List<Access> accesses,
                ScanRequest request,
                ScanReport report,
                ExecutorService threads,
                int parallel) {
            this.engine = engine;
            this.accesses = accesses;
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
                open.forEach(AgentProbe::cancel);
            }
        }

        private boolean place(int count) throws InterruptedException {
            boolean free = places.tryAcquire(count, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!free)
                report.problem(
                        "SNMP devices: the scan ended after its limit of %d s; give fewer addresses, or a shorter timeout"
                                .formatted(request.limit().toSeconds()));
            return free;
        }

        private void start(InetAddress host) {
            int port = request.tcpPort().orElse(PORT);
            var probe = new AgentProbe(engine, new UdpAddress(host, port), accesses);
            open.add(probe);
            threads.execute(() -> {
                try {
                    probe.find().ifPresent(report::found);
                } finally {
                    open.remove(probe);
                    places.release();
                }
            });
        }
    }
}
