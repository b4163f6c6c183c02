package org.cobnut.runtime.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;

/**
 * Finds the serial ports at which a driver has a device, by the scanners of serial lines. It asks one port at a time but
 * for those of one scan, and remembers what each answered, so that several sections share one scan. Any thread.
 */
final class SerialFinder {
    /** Well below the runtime's deadline for opening a device. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    /** A device may be replaced by another one: it is asked again after this. */
    private static final Duration FOUND = Duration.ofMinutes(1);

    /** What hangs at a port and does not answer is left alone for longer. */
    private static final Duration SILENT = Duration.ofMinutes(5);

    private final List<Scanner> scanners = new CopyOnWriteArrayList<>();
    private final ReentrantLock scanning = new ReentrantLock();
    private final Map<String, Answer> answers = new HashMap<>();
    private final LongSupplier nanos;

    /** What a port answered, and when. */
    private record Answer(Optional<FoundDevice> device, long at) {
        boolean fits(String driver) {
            return device.filter(found -> found.driver().filter(driver::equals).isPresent()
                            || found.alternatives().contains(driver))
                    .isPresent();
        }
    }

    /** @param nanos the monotonic clock */
    SerialFinder(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(Scanner scanner) {
        if (scanner.kind().equals(Scanner.SERIAL)) scanners.add(scanner);
    }

    void remove(Scanner scanner) {
        scanners.remove(scanner);
    }

    /**
     * Returns the ports at which devices of a driver are, in the order in which the scanners list their ports; asks those
     * that were not asked lately. Blocks; an interrupt ends that.
     *
     * @param named whether a section names this port: it is not asked, and not returned
     * @param used whether a session has this port: it is not asked
     * @throws IOException when there is none; one sentence for the operator
     */
    List<String> find(String driver, Predicate<String> named, Predicate<String> used) throws IOException {
        if (scanners.isEmpty())
            throw new IOException("port = auto: no bundle scans serial lines here; name the port in its place");
        try {
            scanning.lockInterruptibly();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("port = auto: interrupted");
        }
        try {
            var problems = new Report();
            List<String> ports =
                    list(problems).stream().filter(port -> !named.test(port)).toList();
            answers.keySet().retainAll(ports);
            ask(ports.stream().filter(port -> !used.test(port) && !fresh(port)).toList(), problems);
            List<String> found = ports.stream()
                    .filter(port ->
                            answers.containsKey(port) && answers.get(port).fits(driver))
                    .toList();
            if (found.isEmpty()) throw new IOException(nothing(driver, ports, problems.sentences()));
            return found;
        } finally {
            scanning.unlock();
        }
    }

    private boolean fresh(String port) {
        Answer answer = answers.get(port);
        if (answer == null) return false;
        Duration kept = answer.device().isPresent() ? FOUND : SILENT;
        return nanos.getAsLong() - answer.at() < kept.toNanos();
    }

    private List<String> list(Report report) throws IOException {
        scan(ScanRequest.all(), report);
        return report.devices().stream().map(FoundDevice::port).distinct().toList();
    }

    private void ask(List<String> ports, Report report) throws IOException {
        if (ports.isEmpty()) return;
        report.devices().clear();
        scan(ScanRequest.all().withPorts(ports).withLimit(LIMIT), report);
        long now = nanos.getAsLong();
        for (String port : ports)
            answers.put(
                    port,
                    new Answer(
                            report.devices().stream()
                                    .filter(device -> device.port().equals(port))
                                    .findFirst(),
                            now));
    }

    private void scan(ScanRequest request, Report report) throws IOException {
        for (Scanner scanner : scanners) scan(scanner, request, report);
    }

    /** A scanner of a vendor may not heed its limit or an interrupt, so it has a thread of its own. */
    private static void scan(Scanner scanner, ScanRequest request, Report report) throws IOException {
        var scan = new FutureTask<>(() -> {
            scanner.scan(request, report);
            return true;
        });
        var thread = new Thread(null, scan, "cobnut-auto", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(SerialFinder.class.getClassLoader());
        thread.start();
        try {
            scan.get(LIMIT.toMillis() + TimeUnit.SECONDS.toMillis(2), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("port = auto: interrupted");
        } catch (ExecutionException e) {
            report.problem("its scanner " + scanner.getClass().getName() + " has a fault: " + e.getCause());
        } catch (TimeoutException e) {
            report.problem("its scanner " + scanner.getClass().getName() + " did not end in time");
        } finally {
            scan.cancel(true);
        }
    }

    private static String nothing(String driver, List<String> ports, List<String> problems) {
        String where = ports.isEmpty()
                ? "there is no serial port here that no section names"
                : "no device for " + driver + " answers at " + String.join(", ", ports);
        String why = problems.isEmpty() ? "" : " (" + String.join("; ", problems) + ")";
        return "port = auto: " + where + why + "; plug it in, or name its port";
    }

    /** Collects what scanners tell, from any thread. */
    private static final class Report implements ScanReport {
        private final List<FoundDevice> devices = new CopyOnWriteArrayList<>();
        private final List<String> problems = new CopyOnWriteArrayList<>();

        @Override
        public void found(FoundDevice device) {
            devices.add(device);
        }

        @Override
        public void problem(String text) {
            problems.add(text);
        }

        List<FoundDevice> devices() {
            return devices;
        }

        List<String> sentences() {
            return new ArrayList<>(problems);
        }
    }
}
