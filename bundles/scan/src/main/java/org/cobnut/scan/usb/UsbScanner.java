package org.cobnut.scan.usb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cobnut.driver.Driver;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds devices on USB that a driver declares, be it in this framework or in a jar of the distribution. */
@Component
public final class UsbScanner implements Scanner {
    private static final Path DEVICES = Path.of("/sys/bus/usb/devices");
    private static final String DETAIL = "detail";

    private final UsbDevices devices;
    private final Function<List<String>, List<DriverRow>> drivers;

    /** For a program, which has the folder of drivers as a system property. */
    public UsbScanner() {
        this(DEVICES, problems -> declared(Path.of(System.getProperty("cobnut.drivers", "drivers")), problems));
    }

    @Activate
    public UsbScanner(BundleContext context) {
        this(DEVICES, problems -> offered(context, problems));
    }

    /** @param drivers gives all rows, and adds a sentence to the list for each that it cannot read */
    UsbScanner(Path devices, Function<List<String>, List<DriverRow>> drivers) {
        this.devices = new UsbDevices(devices);
        this.drivers = drivers;
    }

    @Override
    public String kind() {
        return USB;
    }

    @Override
    public String description() {
        return "devices on USB that a driver here knows; none is opened";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) {
        var problems = new ArrayList<String>();
        List<DriverRow> rows = drivers.apply(problems);
        problems.forEach(report::problem);
        List<UsbIdentity> all;
        try {
            all = devices.all();
        } catch (IOException e) {
            report.problem(DEVICES + ": devices on USB are not looked for: " + ErrorText.of(e));
            return;
        }
        for (UsbIdentity device : all) found(device, rows, all, request).ifPresent(report::found);
    }

    private static Optional<FoundDevice> found(
            UsbIdentity device, List<DriverRow> rows, List<UsbIdentity> all, ScanRequest request) {
        List<DriverRow> fitting = rows.stream()
                .filter(row -> row.matches(device))
                .sorted(DriverRow.BEST_FIRST)
                .toList();
        if (fitting.isEmpty()) return Optional.empty();
        DriverRow best = fitting.get(0);
        FoundDevice found = FoundDevice.of(USB, best.driver(), "auto")
                .withDescription(device.toString())
                .withAlternatives(fitting.stream()
                        .map(DriverRow::driver)
                        .distinct()
                        .filter(driver -> !driver.equals(best.driver()))
                        .toList())
                .withOption("vendorid", "%04X".formatted(device.vendorId()))
                .withOption("productid", "%04X".formatted(device.productId()));
        found = with(found, "product", device.product());
        found = with(found, "serial", device.serial());
        found = with(found, "vendor", device.vendor());
        for (String option : best.options()) {
            String[] words = option.split("=", 2);
            found = words.length < 2 ? found.withFlag(words[0]) : found.withOption(words[0], words[1]);
        }
        return Optional.of(withPlace(found, device, all, request));
    }

    /** nut-scanner shows the place as it was asked to; nutctl, when nothing else tells devices apart. */
    private static FoundDevice withPlace(
            FoundDevice found, UsbIdentity device, List<UsbIdentity> all, ScanRequest request) {
        boolean alike = all.stream().filter(other -> alike(device, other)).count() > 1;
        int detail = request.option(DETAIL).map(Integer::parseInt).orElse(alike ? 1 : 0);
        FoundDevice placed = found;
        placed = detail >= 1 ? placed.withOption("bus", device.bus()) : placed.withComment("", "bus", device.bus());
        placed = detail >= 2
                ? placed.withOption("device", device.device())
                : placed.withComment("", "device", device.device());
        placed = detail >= 1
                ? placed.withOption("busport", device.busPort())
                : placed.withComment("", "busport", device.busPort());
        return detail >= 3
                ? placed.withComment("NOTMATCHED-YET", "bcdDevice", "%04X".formatted(device.release()))
                : placed;
    }

    private static boolean alike(UsbIdentity one, UsbIdentity other) {
        return one.ids().equals(other.ids())
                && one.vendor().equals(other.vendor())
                && one.product().equals(other.product())
                && one.serial().equals(other.serial());
    }

    /** With a text as a regular expression that it matches: only what would not match itself is escaped. */
    private static FoundDevice with(FoundDevice found, String name, Optional<String> text) {
        return text.map(value -> found.withOption(name, value.replaceAll("[\\\\()\\[\\]{}*+?|^$]", "\\\\$0")))
                .orElse(found);
    }

    private static List<DriverRow> declared(Path folder, List<String> problems) {
        var rows = new ArrayList<DriverRow>();
        for (Map<String, String> component : DriverJars.components(folder, problems)) {
            String ranking =
                    component.getOrDefault(Constants.SERVICE_RANKING, "0").strip();
            add(
                    lines(component.get(Driver.NAME)),
                    lines(component.get(Driver.USB)),
                    ranking.matches("-?\\d{1,9}") ? Integer.parseInt(ranking) : 0,
                    rows,
                    problems);
        }
        return rows;
    }

    private static List<DriverRow> offered(BundleContext context, List<String> problems) {
        var rows = new ArrayList<DriverRow>();
        for (ServiceReference<Driver> service : references(context)) {
            Object ranking = service.getProperty(Constants.SERVICE_RANKING);
            add(
                    several(service.getProperty(Driver.NAME)),
                    several(service.getProperty(Driver.USB)),
                    ranking instanceof Integer number ? number : 0,
                    rows,
                    problems);
        }
        return rows;
    }

    private static Collection<ServiceReference<Driver>> references(BundleContext context) {
        try {
            return context.getServiceReferences(Driver.class, "(" + Driver.USB + "=*)");
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void add(
            List<String> names, List<String> devices, int ranking, List<DriverRow> rows, List<String> problems) {
        for (String name : names)
            for (String device : devices) {
                try {
                    rows.add(DriverRow.parse(name, device, ranking));
                } catch (IllegalArgumentException wrong) {
                    problems.add(wrong.getMessage() + "; that device is left out");
                }
            }
    }

    private static List<String> lines(@Nullable String property) {
        return property == null
                ? List.of()
                : property.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static List<String> several(@Nullable Object property) {
        if (property instanceof Object[] values)
            return Arrays.stream(values).map(String::valueOf).toList();
        return property == null ? List.of() : List.of(String.valueOf(property));
    }
}
