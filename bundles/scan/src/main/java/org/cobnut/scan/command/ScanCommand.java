package org.cobnut.scan.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.driver.Driver;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** For {@code nutctl} and the shell: which devices are there, as sections to be put into ups.conf. */
@Component(
        service = ScanCommand.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=scan"})
public final class ScanCommand {
    /** Kinds that ask every host of this machine's networks when no address is named. */
    private static final Set<String> ASK_EVERYBODY = Set.of(Scanner.XML, Scanner.AVAHI);

    private final BundleContext context;
    private final List<Scanner> scanners = new CopyOnWriteArrayList<>();

    @Activate
    public ScanCommand(BundleContext context) {
        this.context = context;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(Scanner scanner) {
        scanners.add(scanner);
    }

    void remove(Scanner scanner) {
        scanners.remove(scanner);
    }

    @Descriptor("everything that can be found without sending a byte to the network or to a serial port")
    public Object scan(CommandSession session) throws InterruptedException {
        var kinds = new TreeMap<String, Scanner>();
        scanners.forEach(scanner -> kinds.put(scanner.kind(), scanner));
        var printer = printer(session);
        for (Scanner scanner : kinds.values())
            if (!ASK_EVERYBODY.contains(scanner.kind())) scanner.scan(ScanRequest.all(), printer);
        if (json(session)) return printer.list();
        var text = new StringBuilder(printer.summary()).append("\n\nScanners here, for nutctl scan KIND [WHERE]:");
        kinds.forEach(
                (kind, scanner) -> text.append("\n  ").append(kind).append(": ").append(scanner.description()));
        return text.toString();
    }

    @Descriptor("devices of one kind")
    public Object scan(CommandSession session, @Descriptor("the kind") String kind) throws InterruptedException {
        return scan(session, kind, ScanRequest.all());
    }

    @Descriptor("devices of one kind, at these addresses or ports")
    public Object scan(
            CommandSession session,
            @Descriptor("the kind") String kind,
            @Descriptor("ADDRESS, FIRST-LAST, ADDRESS/BITS; ports, or auto, for serial") String where)
            throws InterruptedException {
        return scan(session, kind, Targets.of(kind, where));
    }

    @Descriptor("devices of one kind, at these addresses and this port")
    public Object scan(
            CommandSession session,
            @Descriptor("the kind") String kind,
            @Descriptor("ADDRESS, FIRST-LAST or ADDRESS/BITS") String where,
            @Descriptor("the port at each address") int port)
            throws InterruptedException {
        return scan(session, kind, Targets.of(kind, where).withTcpPort(port));
    }

    private Object scan(CommandSession session, String kind, ScanRequest request) throws InterruptedException {
        Scanner scanner = scanners.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no bundle here scans for %s; there are scanners for: %s".formatted(kind, kinds())));
        var printer = printer(session);
        scanner.scan(request, printer);
        return json(session) ? printer.list() : printer.summary();
    }

    private String kinds() {
        return String.join(", ", scanners.stream().map(Scanner::kind).sorted().toList());
    }

    private DevicePrinter printer(CommandSession session) {
        PrintStream console =
                json(session) ? new PrintStream(OutputStream.nullOutputStream(), false) : session.getConsole();
        return new DevicePrinter(console, drivers());
    }

    /** Whether whoever asked wants no text but the list, as JSON. */
    private static boolean json(CommandSession session) {
        return Boolean.TRUE.equals(session.get("nut.json"));
    }

    /** The names of all drivers that a bundle offers now. */
    private List<String> drivers() {
        var names = new ArrayList<String>();
        for (ServiceReference<Driver> service : references()) {
            Object name = service.getProperty(Driver.NAME);
            if (name instanceof Object[] several)
                Arrays.stream(several).forEach(each -> names.add(String.valueOf(each)));
            else names.add(String.valueOf(name));
        }
        return names;
    }

    private Iterable<ServiceReference<Driver>> references() {
        try {
            return context.getServiceReferences(Driver.class, null);
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
