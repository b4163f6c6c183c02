package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.link.usb.ReportType;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What UPSes on USB cost: all in one process of ours, beside a process of Debian's usbhid-ups for each, on buses that are emulated
 * alike. Prints the rows of docs/benchmarks.md.
 */
@EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
class UsbFiguresIT {
    private static final Path DEVICES = Path.of("../../drivers-bundles/usbhid/src/test/resources/devices");
    private static final int MEASURE_MILLIS = 1000 * Integer.getInteger("cobnut.seconds", 60);
    private static final int SETTLE_MILLIS = MEASURE_MILLIS / 2;

    /** The line of the process, its memory in MiB, its share of a core in percent, and the wait for the first values. */
    private record Row(String name, long memory, double cpu, Duration first) {
        String markdown(int devices) {
            return "| %d | %s | %d ms | %d MiB | %.2f %% |".formatted(devices, name, first.toMillis(), memory, cpu);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void costsLessThanAProcessEach(int devices) throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianDriver.installed("usbhid-ups")).isTrue();
        Row ours;
        Row theirs;
        try (var bus = UsbBus.start()) {
            ours = ours(bus, devices);
        }
        try (var bus = UsbBus.start()) {
            theirs = theirs(bus, devices);
        }
        System.out.println("| UPSes | | plugged to first values | memory | CPU |");
        System.out.println(theirs.markdown(devices));
        System.out.println(ours.markdown(devices));
        assertThat(ours.first()).isLessThan(Duration.ofSeconds(5));
    }

    private static Row ours(UsbBus bus, int devices) throws IOException {
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        var sections = new StringBuilder("pollinterval = 2\n");
        for (int i = 0; i < devices; i++)
            sections.append("[ups%d]\ndriver = usbhid-ups\nport = auto\nserial = S%d$\n".formatted(i, i));
        house.write("ups.conf", sections.toString(), Map.of());
        var command = new ArrayList<>(List.of("env"));
        bus.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(CobnutServer.program("cobnut"), "run"));
        Process server = house.start(command.toArray(String[]::new));
        try {
            House.waitFor(() -> house.said().contains("no device on USB fits"), house::said);
            for (int i = 1; i < devices; i++) bus.plug("1-" + (i + 1), ups(i));
            for (int i = 1; i < devices; i++) served(house, i);
            long began = System.nanoTime();
            bus.plug("1-1", ups(0));
            served(house, 0);
            var first = Duration.ofNanos(System.nanoTime() - began);
            ProcessHandle java = java(server);
            return measured("Cobnut, all in one process", List.of(java), first);
        } finally {
            server.destroy();
            House.end(server);
            house.close();
        }
    }

    /** The launcher's script runs Java in its place, or as its child. */
    private static ProcessHandle java(Process server) {
        return server.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElse(server.toHandle());
    }

    private static void served(House house, int ups) {
        house.await("GET VAR ups%d battery.charge".formatted(ups), answer -> answer.endsWith("\"100\"\n"));
    }

    private static Row theirs(UsbBus bus, int devices) throws IOException {
        var drivers = new ArrayList<DebianDriver>();
        try {
            Duration first = Duration.ZERO;
            for (int i = 0; i < devices; i++) {
                bus.plug("1-" + (i + 1), ups(i));
                Path folder = Files.createTempDirectory("c");
                long began = System.nanoTime();
                drivers.add(DebianDriver.start(
                        folder,
                        bus.environment(),
                        "usbhid-ups",
                        "auto",
                        "pollinterval = 2",
                        "serial = S%d$".formatted(i)));
                first = Duration.ofNanos(System.nanoTime() - began);
            }
            List<ProcessHandle> processes = ProcessHandle.current()
                    .descendants()
                    .filter(each -> each.info().command().orElse("").endsWith("usbhid-ups"))
                    .toList();
            assertThat(processes).hasSize(devices);
            return measured("C, a process each", processes, first);
        } finally {
            for (DebianDriver driver : drivers) driver.close();
        }
    }

    private static Row measured(String name, List<ProcessHandle> processes, Duration first) throws IOException {
        House.pass(SETTLE_MILLIS);
        double before = 0;
        for (ProcessHandle process : processes) before += ProcessUsage.cpu(process);
        House.pass(MEASURE_MILLIS);
        double after = 0;
        long kilobytes = 0;
        for (ProcessHandle process : processes) {
            after += ProcessUsage.cpu(process);
            kilobytes += ProcessUsage.proportional(process);
        }
        return new Row(name, kilobytes / 1024, (after - before) * 100_000 / MEASURE_MILLIS, first);
    }

    /** A unit whose descriptor and reports were recorded. */
    private static FakeHidDevice ups(int number) throws IOException {
        String descriptor =
                Files.readString(DEVICES.resolve("mge-0463-ffff-santak-tg-box-850.hex"), StandardCharsets.US_ASCII);
        var ups = new FakeHidDevice(0x0463, 0xffff, FakeHidDevice.hex(descriptor));
        ups.strings("SANTAK", "TG-BOX 850", "S" + number);
        for (String line : Files.readAllLines(DEVICES.resolve("mge-santak.txt"))) {
            if (line.startsWith("#") || line.isBlank()) continue;
            byte[] bytes = FakeHidDevice.hex(line);
            var numbers = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) numbers[i] = bytes[i] & 0xff;
            ups.report(ReportType.FEATURE, numbers[0], numbers);
        }
        return ups;
    }
}
