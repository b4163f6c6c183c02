package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.link.Link;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.Rig.Section;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Devices that come and go, and which section gets which. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class HotPlugTest {
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

    private static Section section(String name) {
        return new Section(name, Rig.ELLIPSE);
    }

    @Test
    void opensWhoeverWaitsWhenTheDeviceComes() throws IOException {
        Section section = section("ups");
        assertThatIOException()
                .isThrownBy(() -> section.open(links))
                .withMessage("port auto: no device on USB fits (0463:ffff); there is none at all");
        var other = new Section("other", UsbParameters.known(List.of()).withRule("vendorid", "051d"));
        assertThatIOException().isThrownBy(() -> other.open(links));
        long began = System.nanoTime();
        bus.plug("1-1", Rig.ellipse(null));
        Rig.await(() -> section.retries.get() > 0);
        section.open(links).close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void givesEachOfThreeSectionsItsOwn() throws IOException {
        List<Section> sections = List.of(section("a"), section("b"), section("c"));
        for (Section one : sections) assertThatIOException().isThrownBy(() -> one.open(links));
        for (int i = 1; i <= 3; i++) bus.plug("1-" + i, Rig.ellipse("S" + i));
        var opened = new ArrayList<HidLink>();
        for (Section one : sections) {
            Rig.await(() -> one.retries.get() > 0);
            opened.add(one.open(links));
        }
        assertThat(opened.stream().map(link -> link.identity().serial().orElse("")))
                .containsExactly("S1", "S2", "S3");
        assertThatIOException()
                .isThrownBy(() -> section("d").open(links))
                .withMessageContaining("is in use by another section");
        opened.forEach(Link::close);
    }

    @Test
    void findsADeviceAgainByItsSerialNumberWhereverItIs() throws IOException {
        Section a = section("a");
        Section b = section("b");
        bus.plug("1-1", Rig.ellipse("S1"));
        bus.plug("1-2", Rig.ellipse("S2"));
        HidLink first = a.open(links);
        HidLink second = b.open(links);
        assertThat(first.identity().serial()).contains("S1");
        bus.unplug("1-1");
        bus.unplug("1-2");
        first.close();
        second.close();
        bus.plug("1-1", Rig.ellipse("S2"));
        assertThatIOException().as("it is b's").isThrownBy(() -> a.open(links));
        bus.plug("1-2", Rig.ellipse("S1"));
        try (HidLink again = a.open(links);
                HidLink other = b.open(links)) {
            assertThat(again.identity().path()).isEqualTo("1-2");
            assertThat(other.identity().path()).isEqualTo("1-1");
        }
    }

    @Test
    void refusesDevicesThatCannotBeToldApartAndSaysWhatHelps() throws IOException {
        bus.plug("1-2", Rig.ellipse(null));
        bus.plug("1-1", Rig.ellipse(null));
        assertThatIOException()
                .isThrownBy(() -> section("a").open(links))
                .withMessage(
                        "2 devices 0463:ffff Ellipse without serial numbers fit and cannot be told apart, at 1-1 and"
                                + " 1-2; say which: port = usb:1-1");
        try (Link one = links.open(new Section("b", "usb:1-2", Rig.ELLIPSE, HidLink.class));
                HidLink other = section("a").open(links)) {
            assertThat(((HidLink) one).identity().path()).isEqualTo("1-2");
            assertThat(other.identity().path()).as("only one is free").isEqualTo("1-1");
        }
        var placed = new Section("c", Rig.ELLIPSE.withRule("busport", "002"));
        try (HidLink link = placed.open(links)) {
            assertThat(link.identity().path()).isEqualTo("1-2");
        }
    }

    @Test
    void takesADeviceByARuleOnItsStrings() throws IOException {
        bus.plug("1-1", Rig.ellipse("S1"));
        bus.plug("1-2", Rig.ellipse("S2"));
        try (HidLink link =
                new Section("a", Rig.ELLIPSE.withRule("serial", "s2").withRule("product", "ell.*")).open(links)) {
            assertThat(link.identity().path()).isEqualTo("1-2");
        }
        assertThatIOException()
                .isThrownBy(() -> new Section("b", Rig.ELLIPSE.withRule("serial", "S")).open(links))
                .withMessage("port auto: no device on USB fits (0463:ffff serial=S);"
                        + " there are 0463:ffff at 1-1, 0463:ffff at 1-2");
    }

    @Test
    void saysWhichProgramHoldsADevice() throws Exception {
        bus.plug("1-5", Rig.ellipse(null));
        Path folder = Files.createTempDirectory("nut");
        Files.writeString(folder.resolve("ups.conf"), "maxretry = 1\n[u]\n driver = usbhid-ups\n port = auto\n");
        var builder = new ProcessBuilder("/lib/nut/usbhid-ups", "-a", "u", "-u", System.getProperty("user.name"), "-D");
        builder.environment().putAll(bus.environment());
        for (String name : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH"))
            builder.environment().put(name, folder.toString());
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        Process program = builder.start();
        try {
            Rig.await(() -> bus.events().contains("claim 1-5 0"));
            assertThatIOException()
                    .isThrownBy(() -> section("a").open(links))
                    .withMessageContaining("is held by usbhid-ups (process " + program.pid() + ")");
        } finally {
            program.destroy();
            program.waitFor();
        }
    }

    @Test
    void leavesNothingBehindHoweverOftenADeviceIsPlugged() throws IOException {
        Section section = section("ups");
        round(section);
        int rounds = Boolean.getBoolean("cobnut.long") ? 100 : 10;
        long descriptors = descriptors();
        Set<String> threads = threads();
        for (int i = 0; i < rounds; i++) round(section);
        assertThat(bus.claims()).isZero();
        assertThat(descriptors()).isEqualTo(descriptors);
        assertThat(threads()).isEqualTo(threads);
        links.stop();
        assertThat(threads()).isEmpty();
    }

    private void round(Section section) throws IOException {
        int before = section.retries.get();
        if (before > 0) assertThatIOException().isThrownBy(() -> section.open(links));
        bus.plug("1-1", Rig.ellipse("S1"));
        if (before > 0) Rig.await(() -> section.retries.get() > before);
        try (HidLink link = section.open(links)) {
            assertThat(link.getReport(ReportType.FEATURE, 6, 6)).hasSize(6);
            int wakes = section.wakes.get();
            bus.unplug("1-1");
            Rig.await(() -> section.wakes.get() > wakes);
        }
        if (before == 0) section.retry();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("cobnut-usb"))
                .collect(Collectors.toSet());
    }
}
