package org.cobnut.scan.serial;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.cobnut.link.ByteLink;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.ErrorText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lists the serial ports of this machine, and asks those that are named which device is there ({@link SerialProbe}). A
 * port that nobody names is not opened, for whatever else hangs at it may take any byte for an order.
 */
@Component
public final class SerialScanner implements Scanner {
    private static final int AT_ONCE = 16;

    private final LineOpener lines;
    private final SerialPorts ports;

    /** For a program, where the links are those that ServiceLoader finds. */
    public SerialScanner() {
        this(
                opener(request -> ServiceLoader.load(LinkProvider.class)
                        .findFirst()
                        .orElseThrow(() ->
                                new IOException(request.port() + " cannot be opened: cobnut.link.serial is missing"))
                        .open(request)),
                new SerialPorts());
    }

    @Activate
    public SerialScanner(
            @Reference(
                            target = "(&(" + LinkProvider.KIND + "=org.cobnut.link.ByteLink)(" + LinkProvider.SCHEME
                                    + "=" + LinkProvider.SERIAL + "))")
                    LinkProvider links) {
        this(opener(links), new SerialPorts());
    }

    /** Opens lines outside any section; a line that a section has is locked. */
    private static LineOpener opener(LinkProvider links) {
        return (port, parameters) ->
                (ByteLink) links.open(LinkRequest.outside("nut-scanner", ByteLink.class, port, parameters));
    }

    SerialScanner(LineOpener lines, SerialPorts ports) {
        this.lines = lines;
        this.ports = ports;
    }

    @Override
    public String kind() {
        return SERIAL;
    }

    @Override
    public String description() {
        return "devices on serial lines; asks only the ports that it is told, and lists the ports of this machine without";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        if (request.ports().isEmpty()) list(report);
        else ask(request, report);
    }

    private void list(ScanReport report) {
        try {
            for (SerialPorts.Port port : ports.all())
                report.found(FoundDevice.unknown(SERIAL, port.name()).withDescription(port.description()));
        } catch (IOException e) {
            report.problem("The serial ports of this machine cannot be listed: " + ErrorText.withFile(e));
        }
    }

    /** Each port has a thread, for it is mostly waited for. */
    private void ask(ScanRequest request, ScanReport report) throws InterruptedException {
        int threads =
                Math.min(Math.min(AT_ONCE, request.parallel()), request.ports().size());
        ExecutorService askers = Executors.newFixedThreadPool(threads, SerialScanner::thread);
        try {
            List<String> unasked = new ArrayList<>(request.ports());
            for (String port : request.ports())
                askers.execute(() -> {
                    if (ask(port, report)) forget(unasked, port);
                });
            askers.shutdown();
            if (askers.awaitTermination(request.limit().toNanos(), TimeUnit.NANOSECONDS)) return;
            report.problem("Serial ports: the scan ended after its limit of %d s; these were not asked to the end: %s"
                    .formatted(request.limit().toSeconds(), left(unasked)));
        } finally {
            askers.shutdownNow();
            awaitClosed(askers);
        }
    }

    /** No line stays open behind a scan; an interrupted wait at one takes a tenth of a second to end. */
    private static void awaitClosed(ExecutorService askers) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        askers.awaitTermination(1, TimeUnit.SECONDS);
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** Whether the port was asked to the end. */
    private boolean ask(String port, ScanReport report) {
        try {
            Optional<FoundDevice> device = SerialProbe.ask(lines, port);
            device.ifPresent(report::found);
            return true;
        } catch (InterruptedException | InterruptedIOException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException e) {
            report.problem(ErrorText.of(e));
            return true;
        }
    }

    private static void forget(List<String> ports, String port) {
        synchronized (ports) {
            ports.remove(port);
        }
    }

    private static String left(List<String> ports) {
        synchronized (ports) {
            return String.join(", ", ports);
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "serial scanner");
        thread.setDaemon(true);
        return thread;
    }
}
