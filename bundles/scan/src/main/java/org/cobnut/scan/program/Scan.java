package org.cobnut.scan.program;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cobnut.program.ProgramFailure;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.scan.serial.SerialPorts;
import org.cobnut.scan.text.SectionWriter;
import org.cobnut.wire.ErrorText;

/** One run of nut-scanner: what the options ask for, and the scan itself. */
final class Scan {
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final int USUAL_PARALLEL = 512;

    /** Said before a kind is scanned; a kind that is not here cannot be asked for. */
    private static final Map<String, String> ANNOUNCED = announcements();

    private static final Set<String> ON_THE_NETWORK = Set.of(Scanner.SNMP, Scanner.XML, Scanner.NUT, Scanner.IPMI);

    /** Options that a scanner takes from the request, by the names that they have in ups.conf. */
    private static final Map<Character, String> OPTIONS = Map.ofEntries(
            Map.entry('c', "community"),
            Map.entry('l', "secLevel"),
            Map.entry('u', "secName"),
            Map.entry('w', "authProtocol"),
            Map.entry('W', "authPassword"),
            Map.entry('x', "privProtocol"),
            Map.entry('X', "privPassword"),
            Map.entry('b', "username"),
            Map.entry('B', "password"),
            Map.entry('d', "authType"),
            Map.entry('L', "cipher_suite_id"));

    /** Kinds that are scanned by address only, and what is said when there is none. */
    private static final Map<String, String> WANTS_ADDRESSES = Map.of(
            Scanner.SNMP,
            "No IP range(s) requested, skipping SNMP",
            Scanner.NUT,
            "No IP range(s) requested, skipping NUT bus (old libupsclient connect method)");

    private final Map<String, Scanner> scanners;
    private final int debug;
    private final PrintStream out;
    private final PrintStream err;
    private final Ranges ranges;
    private final TreeSet<String> kinds = new TreeSet<>();
    private ScanRequest request = ScanRequest.all().withLimit(FOREVER).withParallel(USUAL_PARALLEL);
    private Format format = Format.SECTIONS_WITH_REMARKS;
    private String port = "";
    private Optional<String> serialPorts = Optional.empty();
    private boolean all;
    private boolean quiet;
    private int usbDetail = -1;

    Scan(Map<String, Scanner> scanners, int debug, PrintStream out, PrintStream err) {
        this.scanners = scanners;
        this.debug = debug;
        this.out = out;
        this.err = err;
        this.ranges = new Ranges(err::println);
    }

    /** Takes an option that asks for no text alone. */
    void take(char letter, String value) throws ProgramFailure {
        switch (letter) {
            case 's' -> ranges.start(value);
            case 'e' -> ranges.end(value);
            case 'm' -> ranges.mask(value);
            case 't' -> timeout(value);
            case 'T' -> parallel(value);
            case 'p' -> port = value;
            case 'E' -> {
                serialPorts = Optional.of(value);
                kinds.add(Scanner.SERIAL);
            }
            case 'C' -> all = true;
            case 'U' -> {
                kinds.add(Scanner.USB);
                usbDetail = Math.min(usbDetail + 1, 3);
            }
            case 'S' -> kinds.add(Scanner.SNMP);
            case 'M' -> kinds.add(Scanner.XML);
            case 'O' -> kinds.add(Scanner.NUT);
            case 'A' -> kinds.add(Scanner.AVAHI);
            case 'n' -> kinds.add(Scanner.SIMULATION);
            case 'I' -> kinds.add(Scanner.IPMI);
            case 'J' -> kinds.add(Scanner.UPOWER);
            case 'Q' -> format = Format.SECTIONS_WITH_REMARKS;
            case 'N' -> format = Format.SECTIONS;
            case 'P' -> format = Format.LINES;
            case 'q' -> quiet = true;
            default -> {
                String name = OPTIONS.getOrDefault(letter, "");
                if (!name.isEmpty()) request = request.withOption(name, value);
            }
        }
    }

    /** Scans all kinds at the same time, and shows what was found when the last has ended. */
    void run() throws InterruptedException {
        if (kinds.isEmpty()) all = true;
        List<String> wanted = NutScanner.KINDS.stream()
                .filter(this::wanted)
                .filter(this::announced)
                .toList();
        request = request.withOption("detail", String.valueOf(Math.max(usbDetail, 0)));
        if (wanted.stream().anyMatch(ON_THE_NETWORK::contains)) request = request.withRanges(ranges.all());
        var found = new LinkedHashMap<String, List<FoundDevice>>();
        var threads = new ArrayList<Thread>();
        for (String kind : wanted) {
            Scanner scanner = scanners.get(kind);
            if (scanner == null || !complete(kind)) continue;
            List<FoundDevice> devices = Collections.synchronizedList(new ArrayList<>());
            found.put(kind, devices);
            threads.add(start(scanner, devices));
        }
        for (Thread each : threads) each.join();
        var writer = new SectionWriter();
        for (List<FoundDevice> devices : found.values()) out.print(format.write(writer, List.copyOf(devices)));
    }

    /** Serial ports are scanned by their names alone, and never because everything is. */
    private boolean wanted(String kind) {
        boolean asked = kinds.contains(kind) || (all && !kind.equals(Scanner.SERIAL));
        return asked && scanners.containsKey(kind);
    }

    /** Says that a kind is scanned now, or why it is not. */
    private boolean announced(String kind) {
        boolean nowhere = WANTS_ADDRESSES.containsKey(kind) && !ranges.any();
        say(nowhere ? WANTS_ADDRESSES.getOrDefault(kind, "") : ANNOUNCED.getOrDefault(kind, ""));
        return !nowhere;
    }

    /** Adds what one kind alone is asked with; says what is wrong with it. */
    private boolean complete(String kind) {
        if (kind.equals(Scanner.NUT) && !port.isEmpty()) {
            int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
            if (number < 1 || number > 0xffff) {
                err.println("upscli_splitaddr: no port specified after ':' separator");
                return false;
            }
            request = request.withTcpPort(number);
        }
        return !kind.equals(Scanner.SERIAL) || serialPorts();
    }

    private boolean serialPorts() {
        String asked = serialPorts.orElse("");
        Optional<List<String>> names = Optional.empty();
        try {
            names = asked.startsWith("auto")
                    ? Optional.of(new SerialPorts()
                            .all().stream().map(SerialPorts.Port::name).toList())
                    : SerialPortNames.of(asked);
        } catch (IOException e) {
            tell("The serial ports of this machine cannot be listed: " + ErrorText.withFile(e));
        }
        if (names.isEmpty())
            err.println("Serial port range out of bound (must be 0 to 9 or a to z depending on your system)");
        else request = request.withPorts(names.get());
        // Without a name the scanner would list ports, and this program shows devices only.
        return names.isPresent() && !names.get().isEmpty();
    }

    private Thread start(Scanner scanner, List<FoundDevice> devices) {
        ScanRequest asked = request;
        var report = new ScanReport() {
            @Override
            public void found(FoundDevice device) {
                devices.add(device);
            }

            @Override
            public void problem(String text) {
                tell(text);
            }
        };
        var thread = new Thread(
                () -> {
                    try {
                        scanner.scan(asked, report);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "scan " + scanner.kind());
        thread.start();
        return thread;
    }

    private void timeout(String value) {
        boolean number = value.matches("\\+?\\d{1,7}") && Integer.parseInt(value) > 0;
        if (!number) err.println("Illegal timeout value, using default " + ScanRequest.TIMEOUT.toSeconds() + 's');
        request = request.withTimeout(number ? Duration.ofSeconds(Integer.parseInt(value)) : ScanRequest.TIMEOUT);
    }

    private void parallel(String value) {
        boolean number = value.matches("\\d{1,7}") && Integer.parseInt(value) > 0;
        if (number) request = request.withParallel(Integer.parseInt(value));
        else
            err.println("WARNING: Requested max scanning thread count " + value + " (" + leading(value)
                    + ") is out of range, using default " + request.parallel());
    }

    /** The number that a text begins with, 0 when it begins with none. */
    private static String leading(String text) {
        String digits = text.replaceFirst("^\\s*([+-]?\\d{0,18}).*$", "$1");
        return digits.matches("[+-]?\\d+") ? String.valueOf(Long.parseLong(digits)) : "0";
    }

    private void say(String progress) {
        if (!quiet || debug > 0) err.println(progress);
    }

    private void tell(String problem) {
        if (debug > 0) err.println(problem);
    }

    private static Map<String, String> announcements() {
        return Map.of(
                Scanner.USB, "Scanning USB bus.",
                Scanner.SNMP, "Scanning SNMP bus.",
                Scanner.XML, "Scanning XML/HTTP bus.",
                Scanner.NUT, "Scanning NUT bus (old libupsclient connect method).",
                Scanner.SIMULATION, "Scanning NUT simulation devices.",
                Scanner.AVAHI, "Scanning NUT bus (avahi method).",
                Scanner.IPMI, "Scanning IPMI bus.",
                Scanner.UPOWER, "Scanning UPower devices.",
                Scanner.SERIAL, "Scanning serial bus for Eaton devices.");
    }
}
