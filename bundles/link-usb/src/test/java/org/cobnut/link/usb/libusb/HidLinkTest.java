package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.Rig.Section;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(30)
class HidLinkTest {
    private final Section section = new Section("ups", Rig.ELLIPSE);
    private UsbBus bus;
    private UsbLinks links;

    @BeforeEach
    void start() throws IOException {
        bus = UsbBus.ofThisProcess();
        links = new UsbLinks();
    }

    @AfterEach
    void stop() throws IOException {
        links.stop();
        bus.unplugAll();
    }

    @Test
    void readsWhatTheDeviceSaysOfItself() throws IOException {
        bus.plug("1-4", Rig.ellipse(" AB1234 "));
        try (HidLink link = section.open(links)) {
            assertThat(link.identity()).hasToString("0463:ffff EATON Ellipse at 1-4, serial AB1234");
            assertThat(link.identity().bus()).isEqualTo("001");
            assertThat(link.identity().busPort()).isEqualTo("004");
            assertThat(link.reportDescriptor()).hasSize(47).startsWith(0x05, 0x84);
            assertThat(link.string(2)).contains("Ellipse");
            assertThat(link.string(9)).isEmpty();
            assertThat(link.string(0)).isEmpty();
        }
    }

    @Test
    void readsAndWritesReports() throws IOException {
        FakeHidDevice ups = Rig.ellipse(null);
        bus.plug("1-1", ups);
        try (HidLink link = section.open(links)) {
            assertThat(hex(link.getReport(ReportType.FEATURE, 6, 6))).isEqualTo("0664100e0000");
            assertThat(hex(link.getReport(ReportType.FEATURE, 6, 3)))
                    .as("a short one")
                    .isEqualTo("066410");
            assertThat(hex(link.getReport(ReportType.FEATURE, 6, 64)))
                    .as("a long request")
                    .isEqualTo("0664100e0000");
            link.setReport(ReportType.FEATURE, 6, new byte[] {6, 50, 0, 0, 0, 0});
            assertThat(ups.written()).containsExactly("FEATURE 06 063200000000");
            assertThat(hex(link.getReport(ReportType.FEATURE, 6, 6))).isEqualTo("063200000000");
        }
    }

    @Test
    void staysGoodWhenTheDeviceRefuses() throws IOException {
        bus.plug("1-1", Rig.ellipse(null));
        try (HidLink link = section.open(links)) {
            assertThatExceptionOfType(StallException.class)
                    .isThrownBy(() -> link.getReport(ReportType.FEATURE, 7, 8))
                    .withMessage("the device refused feature report 0x07");
            assertThat(hex(link.getReport(ReportType.FEATURE, 6, 6))).isEqualTo("0664100e0000");
        }
    }

    @Test
    void endsARequestThatIsNotAnsweredByAnInterrupt() throws Exception {
        FakeHidDevice ups = Rig.ellipse(null).silent(ReportType.FEATURE, 6, true);
        bus.plug("1-1", ups);
        try (HidLink link = section.open(links)) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread thread =
                    new Thread(() -> ended.complete(catchThrowable(() -> link.getReport(ReportType.FEATURE, 6, 6))));
            thread.start();
            thread.interrupt();
            assertThat(ended.get(2, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
            ups.silent(ReportType.FEATURE, 6, false);
            assertThat(hex(link.getReport(ReportType.FEATURE, 6, 6))).isEqualTo("0664100e0000");
        }
    }

    @Test
    void givesInputReportsAsTheyCome() throws IOException {
        FakeHidDevice ups = Rig.ellipse(null);
        bus.plug("1-1", ups);
        try (HidLink link = section.open(links)) {
            assertThat(link.nextInput()).isEmpty();
            var times = new ArrayList<Duration>();
            for (int i = 0; i < 20; i++) {
                int before = section.wakes.get();
                long began = System.nanoTime();
                ups.input(6, i, 1, 2);
                Rig.await(() -> section.wakes.get() > before);
                times.add(Duration.ofNanos(System.nanoTime() - began));
                assertThat(link.nextInput().map(HidLinkTest::hex)).contains("06%02x0102".formatted(i));
            }
            times.sort(Duration::compareTo);
            assertThat(times.get(times.size() / 2)).as("median").isLessThan(Duration.ofMillis(50));
            assertThat(link.nextInput()).isEmpty();
        }
    }

    @Test
    void givesNoInputReportsWhereTheSectionOnlyPolls() throws IOException {
        FakeHidDevice ups = Rig.ellipse(null);
        bus.plug("1-1", ups);
        try (HidLink link = new Section("ups", Rig.ELLIPSE.pollOnly()).open(links)) {
            ups.input(6, 1);
            assertThat(hex(link.getReport(ReportType.FEATURE, 6, 6))).isEqualTo("0664100e0000");
            assertThat(link.nextInput()).isEmpty();
        }
    }

    @Test
    void listensAgainAfterAStallOfTheEndpoint() throws IOException {
        FakeHidDevice ups = Rig.ellipse(null);
        bus.plug("1-1", ups);
        try (HidLink link = section.open(links)) {
            link.getReport(ReportType.FEATURE, 6, 6);
            ups.stallWaiting(0x81);
            ups.input(6, 7);
            Rig.await(() -> section.wakes.get() > 0);
            assertThat(link.nextInput().map(HidLinkTest::hex)).contains("0607");
        }
    }

    @Test
    void tellsAtOnceThatTheDeviceIsUnplugged() throws Exception {
        FakeHidDevice ups = Rig.ellipse(null).silent(ReportType.FEATURE, 6, true);
        bus.plug("1-1", ups);
        HidLink link = section.open(links);
        var started = new CountDownLatch(1);
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
            started.countDown();
            return catchThrowable(() -> link.getReport(ReportType.FEATURE, 6, 6));
        });
        started.await();
        bus.unplug("1-1");
        assertThat(ended.get(1, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unplugged");
        Rig.await(() -> section.wakes.get() > 0);
        assertThatIOException().isThrownBy(() -> link.getReport(ReportType.FEATURE, 6, 6));
        assertThatIOException().isThrownBy(link::nextInput);
        link.close();
    }

    @Test
    void usesTheInterfaceAndEndpointOfTheDriversTable() throws IOException {
        var arduino = new FakeHidDevice(0x2341, 0x8036);
        arduino.plain().plain().hid(new byte[] {0x05, (byte) 0x84, 0x09, 0x04, (byte) 0xa1, 0x01, (byte) 0xc0}, 0x84);
        arduino.report(ReportType.FEATURE, 1, 1, 2);
        bus.plug("1-1", arduino);
        var table = UsbParameters.known(
                List.of(UsbDeviceId.parse("2341:*").onInterface(2).withEndpointIn(0x84)));
        var own = new Section("ups", table);
        try (HidLink link = own.open(links)) {
            assertThat(hex(link.reportDescriptor())).isEqualTo("05840904a101c0");
            link.getReport(ReportType.FEATURE, 1, 2);
            assertThat(arduino.log()).containsExactly("control a1 01 value 0301 index 0002 length 2");
            arduino.send(0x84, new byte[] {9});
            Rig.await(() -> own.wakes.get() > 0);
            assertThat(link.nextInput().map(HidLinkTest::hex)).contains("09");
        }
        var wrong = new Section(
                "ups", UsbParameters.known(List.of(UsbDeviceId.parse("2341:*").onInterface(5))));
        assertThatIOException()
                .isThrownBy(() -> wrong.open(links))
                .withMessage("2341:8036 at 1-1 has no interface 5; it has 0, 1, 2");
    }

    @Test
    void takesTheKernelsDriverAwayAndGivesItBack() throws IOException {
        bus.plug("1-6", Rig.ellipse(null));
        section.open(links).close();
        Rig.await(() -> bus.events().contains("attach 1-6 0"));
        assertThat(bus.events().stream().filter(event -> event.contains("1-6")))
                .containsExactly("detach 1-6 0", "claim 1-6 0", "release 1-6 0", "attach 1-6 0");
    }

    @Test
    void refusesADeviceWhoseDescriptorTheDriverDoesNotKnow() throws IOException {
        bus.plug("1-1", Rig.ellipse(null));
        var choosy = new Section("ups", Rig.ELLIPSE.acceptingDescriptor(descriptor -> descriptor.length < 10));
        assertThatIOException()
                .isThrownBy(() -> choosy.open(links))
                .withMessageContaining("is no device of this driver");
        section.open(links).close();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
