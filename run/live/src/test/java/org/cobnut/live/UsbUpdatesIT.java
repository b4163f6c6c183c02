package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import org.cobnut.link.usb.ReportType;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.FakeMegatecBridge;
import org.cobnut.testkit.usb.UsbBus;
import org.cobnut.testkit.usb.UsbTransfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver of a device on USB is updated again and again, while devices of another driver on the same bus are polled. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class UsbUpdatesIT {
    private static final int UPDATES = Boolean.getBoolean("cobnut.long") ? 300 : 3;
    private static final int POLLED = 3;
    private static final String JAR = "cobnut.drivers.megatec.jar";

    /** The next poll of a device is due a second after the last; two seconds without one is a poll that was lost. */
    private static final Duration LOST = Duration.ofMillis(1950);

    @TempDir
    private Path directory;

    /** A UPS that notes when its status was asked for. */
    private static final class PolledUps extends FakeHidDevice {
        /** Charge in report 6; line and discharge in report 1. */
        private static final String DESCRIPTOR = """
            05 84 09 04 a1 01 09 24 a1 02 85 06 05 85 75 08 95 01 15 00 26 ff 00 09 66 b1 02
            05 84 09 02 a1 02 85 01 05 85 75 01 95 01 15 00 25 01 09 d0 b1 02 09 45 b1 02 75 06 b1 03 c0 c0 c0
            """;

        private final List<Long> polls = new ArrayList<>();

        PolledUps(int number) {
            super(0x0463, 0xffff, hex(DESCRIPTOR));
            strings("EATON", "Ellipse", "S" + number);
            report(ReportType.FEATURE, 6, 6, 77).report(ReportType.FEATURE, 1, 1, 1);
        }

        @Override
        protected synchronized void take(UsbTransfer transfer) {
            if (transfer.control() && transfer.in() && transfer.value() == 0x0301) polls.add(System.nanoTime());
            super.take(transfer);
        }

        synchronized void forget() {
            polls.clear();
        }

        /** The longest time between two polls, and since the last. */
        synchronized Duration longest() {
            long longest = System.nanoTime() - polls.get(polls.size() - 1);
            for (int i = 1; i < polls.size(); i++) longest = Math.max(longest, polls.get(i) - polls.get(i - 1));
            return Duration.ofNanos(longest);
        }

        synchronized int polls() {
            return polls.size();
        }
    }

    @Test
    void noDeviceLosesAPollWhileTheDriverOfAnotherIsUpdated() throws Exception {
        var bridge = new FakeMegatecBridge(0x0665, 0x5161)
                .answer("Q1", "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000")
                .answer("F", "#220.0 000 024.0 50.0")
                .answer("I", "#INNO TECH       USB UPS    V1.0      ");
        var polled = new ArrayList<PolledUps>();
        var sections = new StringBuilder("[bridge]\n driver = nutdrv_qx\n port = auto\n protocol = megatec\n");
        for (int i = 0; i < POLLED; i++) {
            polled.add(new PolledUps(i));
            sections.append("[ups%d]\n driver = usbhid-ups\n port = auto\n serial = S%d\n".formatted(i, i));
        }
        try (var bus = UsbBus.start();
                var house = new House(directory.resolve("house"), bus.environment())) {
            bus.plug("1-1", bridge);
            for (int i = 0; i < POLLED; i++) bus.plug("1-" + (i + 2), polled.get(i));
            house.start(sections.toString());
            house.value("bridge", "battery.voltage");
            for (int i = 0; i < POLLED; i++)
                assertThat(house.value("ups" + i, "battery.charge")).isEqualTo("77");
            Path shipped = Files.copy(house.driver(JAR), directory.resolve(JAR));
            polled.forEach(PolledUps::forget);
            long began = System.nanoTime();
            try (var pollers = house.pollers(5, "GET VAR ups0 ups.status")) {
                for (int i = 1; i <= UPDATES; i++) {
                    update(shipped, house.driver(JAR), "0.1.0.update" + i);
                    house.says(JAR + ": cobnut.drivers.megatec 0.1.0.update" + i + " replaces");
                    int asked = bridge.asked().size();
                    while (bridge.asked().size() == asked) House.pass(Duration.ofMillis(20));
                }
                assertThat(pollers.lost()).isZero();
                assertThat(pollers.answers().keySet()).containsExactly("VAR ups0 ups.status \"OL\"");
            }
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            System.out.printf(
                    "%d updates in %d s; polls %s, the longest time between two %s%n",
                    UPDATES,
                    seconds,
                    polled.stream().map(PolledUps::polls).toList(),
                    polled.stream().map(PolledUps::longest).toList());
            for (PolledUps ups : polled) {
                assertThat(ups.longest()).isLessThan(LOST);
                assertThat((long) ups.polls()).isGreaterThan(seconds * 8 / 10);
            }
        }
    }

    /** Puts a jar in its place that differs from the shipped one by its version. */
    private static void update(Path shipped, Path jar, String version) throws IOException {
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        try (var in = new JarInputStream(Files.newInputStream(shipped))) {
            var manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (var out = new JarOutputStream(Files.newOutputStream(part), manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
