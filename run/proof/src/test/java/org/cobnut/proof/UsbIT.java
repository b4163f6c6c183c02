package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.link.usb.ReportType;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusUsbDevice;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.Test;

/** The distribution and a UPS on USB that comes, goes and comes again, with no hardware. */
class UsbIT {
    /** Charge and run time of a UPS in report 6. */
    private static final String DESCRIPTOR = """
        05 84 09 04 a1 01 09 24 a1 02 85 06 05 85 75 08 95 01 15 00 26 ff 00
        09 66 b1 02 75 20 09 68 b1 02 c0 c0
        """;

    /** The same with line and discharge in report 1, asked for and sent. */
    private static final String DESCRIPTOR_WITH_STATUS = DESCRIPTOR.replace(
            "b1 02 c0 c0",
            "b1 02 05 84 09 02 a1 02 85 01 05 85 75 01 95 01 15 00 25 01"
                    + " 09 d0 b1 02 09 45 b1 02 75 06 b1 03 75 01 09 d0 81 02 09 45 81 02 75 06 81 03 c0 c0 c0");

    private static final String DEMO = "[demo]\ndriver = dummy-ups\nport = demo.dev\n";
    private static final String CHARGED = "VAR myups battery.charge \"77\"\n";

    @Test
    void servesAUpsFromTheMomentItIsPluggedInAndFindsIt() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nMAXAGE 3\n", Map.of());
        house.write(
                "ups.conf",
                "pollinterval = 1\n[myups]\ndriver = usbhid-ups\nport = auto\nrecord = usb.txt\n",
                Map.of());
        try (var bus = UsbBus.start()) {
            Process server = house.start(onThe(bus, "cobnut", "run"));
            try {
                House.waitFor(() -> house.said().contains("no device on USB fits"), house::said);
                assertThat(house.ask("GET VAR myups battery.charge")).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
                bus.plug("1-4", ellipse());
                house.await("GET VAR myups battery.charge", CHARGED::equals);
                findsIt(house, bus);
                bus.unplug("1-4");
                house.await("GET VAR myups battery.charge", answer -> answer.startsWith("ERR D"));
                bus.plug("1-2", ellipse());
                house.await("GET VAR myups battery.charge", CHARGED::equals);
                assertThat(house.ask("GET VAR myups device.serial")).contains("AB1234");
                House.waitFor(() -> house.text("usb.txt").contains("> get feature 06"), () -> house.text("usb.txt"));
            } finally {
                server.destroy();
                House.end(server);
            }
            assertThat(bus.claims()).as("interfaces that stay claimed").isZero();
        } finally {
            house.close();
        }
    }

    /** With a poll each minute, what a client sees sooner is what the UPS sent by itself. */
    @Test
    void tellsClientsAtOnceWhatTheUpsSendsByItself() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nMAXAGE 200\n", Map.of());
        house.write("ups.conf", "pollinterval = 60\n[myups]\ndriver = usbhid-ups\nport = auto\n", Map.of());
        FakeHidDevice ups = ellipseWithStatus();
        try (var bus = UsbBus.start()) {
            bus.plug("1-4", ups);
            Process server = house.start(onThe(bus, "cobnut", "run"));
            try (var latencies = new Latencies(house)) {
                int rounds = Boolean.getBoolean("cobnut.long") ? 2000 : 40;
                for (int i = 0; i < rounds; i++) {
                    boolean outage = i % 2 == 0;
                    latencies.measure(() -> ups.input(1, outage ? 2 : 1), outage ? "\"OB DISCHRG\"" : "\"OL\"");
                }
                // 5 ms on a machine that does nothing else; far below any poll on one that does.
                assertThat(latencies.median()).as(latencies.toString()).isLessThan(Duration.ofMillis(100));
                if (Boolean.getBoolean("cobnut.long")) System.out.println("report to client: " + latencies);
            } finally {
                server.destroy();
                House.end(server);
            }
        } finally {
            house.close();
        }
    }

    /** The time from what a UPS sends to what a client reads, on one connection. */
    private static final class Latencies implements AutoCloseable {
        private static final String QUESTION = "GET VAR myups ups.status";
        private final House house;
        private final Connection connection;
        private final List<Duration> all = new ArrayList<>();

        Latencies(House house) throws IOException {
            this.house = house;
            house.await(QUESTION, answer -> answer.startsWith("VAR myups ups.status \"OL\""));
            connection = new Connection(house.port);
        }

        /** The runtime makes fifty polls a second at most for what a device sends, so there is time between two. */
        void measure(Runnable send, String seen) throws IOException {
            LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
            long began = System.nanoTime();
            send.run();
            while (!connection.ask(QUESTION).contains(seen))
                assertThat(System.nanoTime() - began)
                        .as(house::said)
                        .isLessThan(Duration.ofSeconds(20).toNanos());
            all.add(Duration.ofNanos(System.nanoTime() - began));
        }

        Duration median() {
            return quantile(0.5);
        }

        private Duration quantile(double part) {
            List<Duration> sorted = all.stream().sorted().toList();
            return sorted.get((int) (part * (sorted.size() - 1)));
        }

        @Override
        public String toString() {
            return "median %s, 90 %% %s, 99 %% %s, most %s of %d"
                    .formatted(median(), quantile(0.9), quantile(0.99), quantile(1), all.size());
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    /** As under the service: a fault in native code ends one driver's process, and the server goes on. */
    @Test
    void runsAUpsInAProcessOfItsOwnWhereTheServiceSaysSo() throws IOException, InterruptedException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("ups.conf", "pollinterval = 1\n[myups]\ndriver = usbhid-ups\nport = auto\n" + DEMO, Map.of());
        house.write("demo.dev", "ups.status: OL\n", Map.of());
        try (var bus = UsbBus.start()) {
            bus.plug("1-4", ellipse());
            var command = new ArrayList<>(List.of("env", isolationOfTheService()));
            command.addAll(List.of(onThe(bus, "cobnut", "run")));
            Process server = house.start(command.toArray(String[]::new));
            try {
                house.await("GET VAR myups battery.charge", CHARGED::equals);
                assertThat(house.said())
                        .contains("UPS [myups]: its device is on USB, so its driver runs in a process of its own")
                        .contains("UPS [myups]: usbhid-ups runs as process ");
                reachesIt(house);
                ProcessHandle driver = server.descendants()
                        .filter(each -> each.info().commandLine().orElse("").contains("cobnut.program=usbhid-ups"))
                        .findFirst()
                        .orElseThrow();
                new ProcessBuilder("kill", "-SEGV", Long.toString(driver.pid()))
                        .start()
                        .waitFor();
                driver.onExit().join();
                bus.unplug("1-4"); // the kernel takes interfaces from a process that has ended, and this bus does not
                bus.plug("1-4", ellipse());
                assertThat(house.ask("GET VAR demo ups.status")).isEqualTo("VAR demo ups.status \"OL\"\n");
                House.waitFor(() -> house.said().split("usbhid-ups runs as process ", -1).length == 3, house::said);
                house.await("GET VAR myups battery.charge", CHARGED::equals);
            } finally {
                server.destroy();
                House.end(server);
            }
            assertThat(bus.claims()).as("interfaces that stay claimed").isZero();
        } finally {
            house.close();
        }
    }

    /** What the unit of the service says about devices on USB. */
    private static String isolationOfTheService() throws IOException {
        Path unit = Path.of(CobnutServer.program("..")).resolve("systemd/nut-server.service");
        String key = "Environment=";
        return Files.readAllLines(unit).stream()
                .filter(line -> line.startsWith(key + "COBNUT_USB_ISOLATION="))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElseThrow();
    }

    /** What only the driver knows is asked of its process. */
    private static void reachesIt(House house) throws IOException {
        House.Ran hid = house.run(CobnutServer.program("nutctl"), "hid", "myups");
        assertThat(hid.out()).as(hid.errors()).contains("RemainingCapacity = 77  (feature report 06");
        House.Ran explain = house.run(CobnutServer.program("nutctl"), "mapping", "explain", "MyUPS");
        assertThat(explain.out()).as(explain.errors()).contains("myups: mapping mge 1", "mappings/mge.map:");
        String file = house.dir.resolve("own.txt").toString();
        House.Ran record = house.run(CobnutServer.program("nutctl"), "record", "myups", file);
        assertThat(record.out()).as(record.errors()).contains("recording myups into " + file);
        House.waitFor(() -> house.text("own.txt").contains("> get feature 06"), () -> house.text("own.txt"));
        House.Ran stop = house.run(CobnutServer.program("nutctl"), "record", "myups", "stop");
        assertThat(stop.out()).as(stop.errors()).contains(file + " is written");
    }

    /** Modbus in HID reports, and the process that the service gives it. */
    @Test
    void servesASmartUpsByModbus() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("ups.conf", "pollinterval = 1\n[myups]\ndriver = apc_modbus\nport = auto\n", Map.of());
        var registers = new ModbusSlave()
                .with(ModbusSlave.Table.HOLDING, 0, new int[27])
                .with(ModbusSlave.Table.HOLDING, 1, 2) // on line
                .with(ModbusSlave.Table.HOLDING, 128, new int[44])
                .with(ModbusSlave.Table.HOLDING, 130, 77 * 512); // percent of charge
        try (var bus = UsbBus.start()) {
            bus.plug("1-4", new ModbusUsbDevice(registers, 1));
            var command = new ArrayList<>(List.of("env", "COBNUT_USB_ISOLATION=process"));
            command.addAll(List.of(onThe(bus, "cobnut", "run")));
            Process server = house.start(command.toArray(String[]::new));
            try {
                house.await("GET VAR myups battery.charge", "VAR myups battery.charge \"77.00\"\n"::equals);
                assertThat(house.ask("GET VAR myups ups.status")).contains("OL");
                assertThat(house.said()).contains("UPS [myups]: apc_modbus runs as process ");
                House.Ran scan = house.run(onThe(bus, "nut-scanner", "-q", "-U", "-P"));
                assertThat(scan.out()).as(scan.errors()).startsWith("USB:driver=\"usbhid-ups\",port=\"auto\"");
                House.Ran nutctl = house.run(onThe(bus, "nutctl", "scan", "usb"));
                assertThat(nutctl.out()).as(nutctl.errors()).contains("apc_modbus");
            } finally {
                server.destroy();
                House.end(server);
            }
        } finally {
            house.close();
        }
    }

    private static void findsIt(House house, UsbBus bus) throws IOException {
        House.Ran scanner = house.run(onThe(bus, "nut-scanner", "-q", "-U", "-P"));
        assertThat(scanner.out())
                .as(scanner.errors())
                .isEqualTo("USB:driver=\"usbhid-ups\",port=\"auto\",vendorid=\"0463\",productid=\"FFFF\","
                        + "product=\"Ellipse\",serial=\"AB1234\",vendor=\"EATON\"\n");
        House.Ran nutctl = house.run(CobnutServer.program("nutctl"), "scan", "usb");
        assertThat(nutctl.out())
                .as(nutctl.errors())
                .contains(
                        "# auto: 0463:ffff EATON Ellipse at 1-4, serial AB1234", "driver = \"usbhid-ups\"", "1 found");
        House.Ran udev = house.run(CobnutServer.program("nutctl"), "udev");
        assertThat(udev.out()).as(udev.errors()).contains("ATTR{idVendor}==\"0463\", ATTR{idProduct}==\"ffff\"");
    }

    /** One that is on line. */
    static FakeHidDevice ellipseWithStatus() {
        var ups = new FakeHidDevice(0x0463, 0xffff, FakeHidDevice.hex(DESCRIPTOR_WITH_STATUS));
        ups.strings("EATON", "Ellipse", "AB1234");
        return ups.report(ReportType.FEATURE, 6, 6, 77, 0x10, 0x0e, 0, 0).report(ReportType.FEATURE, 1, 1, 1);
    }

    private static FakeHidDevice ellipse() {
        var ups = new FakeHidDevice(0x0463, 0xffff, FakeHidDevice.hex(DESCRIPTOR));
        ups.strings("EATON", "Ellipse", "AB1234");
        return ups.report(ReportType.FEATURE, 6, 6, 77, 0x10, 0x0e, 0, 0);
    }

    /** A program on that bus. */
    static String[] onThe(UsbBus bus, String program, String... words) {
        var command = new ArrayList<>(List.of("env"));
        bus.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.add(CobnutServer.program(program));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }
}
