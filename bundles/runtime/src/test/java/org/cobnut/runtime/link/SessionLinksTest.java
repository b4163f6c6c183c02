package org.cobnut.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.SerialLink;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.junit.jupiter.api.Test;

/** What sessions hold: links that are closed for them, and devices that are leased to one of them. */
class SessionLinksTest {
    private final LinkProviders providers = new LinkProviders();
    private final DeviceRegistry devices = new DeviceRegistry();
    private final List<TestLink> opened = new CopyOnWriteArrayList<>();
    private final Set<String> named = new HashSet<>();
    private final AtomicInteger retries = new AtomicInteger();

    /** Two devices, of which "auto" means any that is free. */
    private final class Provider implements LinkProvider {
        @Override
        public Link open(LinkRequest request) throws IOException {
            for (String device : List.of("usb:1", "usb:2"))
                if (request.lease(device)) {
                    var link = new TestLink();
                    opened.add(link);
                    return link;
                }
            throw new IOException("other sections have all 2 devices");
        }
    }

    SessionLinksTest() {
        providers.addProvider(
                new Provider(), Map.of(LinkProvider.KIND, TestLink.class.getName(), LinkProvider.SCHEME, "serial"));
    }

    @Test
    void closesEveryLinkOnceAndOpensNoneAfterwards() throws IOException {
        SessionLinks session = session("ups1");
        session.open(TestLink.class, "auto");
        session.close();
        session.close();
        assertThat(opened).singleElement().satisfies(link -> assertThat(link.closes)
                .hasValue(1));
        assertThatIOException()
                .isThrownBy(() -> session.open(TestLink.class, "auto"))
                .withMessage("port auto is not opened: the session that asks for it has ended");
        assertThat(opened).hasSize(1);
    }

    @Test
    void closesALinkThatOpensWhileTheSessionIsGivenUp() {
        var late = new TestLink();
        var sessions = new CopyOnWriteArrayList<SessionLinks>();
        LinkProvider slow = request -> {
            sessions.forEach(SessionLinks::close);
            return late;
        };
        providers.addProvider(slow, Map.of(LinkProvider.KIND, ByteLink.class.getName(), LinkProvider.SCHEME, "slow"));
        sessions.add(session("ups1"));
        assertThatIOException().isThrownBy(() -> sessions.get(0).open(ByteLink.class, "slow:x"));
        assertThat(late.closes).hasValue(1);
    }

    @Test
    void aLinkThatCannotBeClosedKeepsNoOtherOpen() throws IOException {
        LinkProvider bad = request -> () -> {
            throw new IllegalStateException("a fault of its bundle");
        };
        providers.addProvider(bad, Map.of(LinkProvider.KIND, Link.class.getName(), LinkProvider.SCHEME, "bad"));
        SessionLinks session = session("ups1");
        session.open(Link.class, "bad:x");
        session.open(TestLink.class, "auto");
        session.close();
        assertThat(opened.get(0).closes).hasValue(1);
        session("ups2").open(TestLink.class, "auto");
        session("ups3").open(TestLink.class, "auto");
    }

    @Test
    void twoSectionsNeverGetTheSameDeviceAndWhoWaitsGetsTheFreedOne() throws IOException {
        SessionLinks first = session("ups1");
        SessionLinks second = session("ups2");
        first.open(TestLink.class, "auto");
        second.open(TestLink.class, "auto");
        SessionLinks third = session("ups3");
        assertThatIOException()
                .isThrownBy(() -> third.open(TestLink.class, "auto"))
                .withMessage("other sections have all 2 devices");
        third.close();
        assertThat(retries).hasValue(0);
        first.close();
        assertThat(retries).as("who waits is opened again").hasValue(1);
        session("ups3").open(TestLink.class, "auto");
        second.close();
        assertThat(retries).hasValue(1);
    }

    @Test
    void aSessionMayAskForItsOwnDeviceAgain() throws IOException {
        SessionLinks session = session("ups1");
        session.open(TestLink.class, "auto");
        session.open(TestLink.class, "auto");
        session("ups2").open(TestLink.class, "auto");
        assertThat(opened).hasSize(3);
    }

    /** Three serial ports; the driver gadget has a device at two of them. */
    private static final class Line implements LinkProvider, Scanner {
        final List<List<String>> asked = new CopyOnWriteArrayList<>();

        @Override
        public Link open(LinkRequest request) throws IOException {
            if (!request.lease("serial:" + request.port())) throw new IOException(request.port() + " is in use");
            if (request.port().equals("auto")) throw new IOException("auto is no serial port");
            return new TestLink();
        }

        @Override
        public String kind() {
            return Scanner.SERIAL;
        }

        @Override
        public String description() {
            return "lines";
        }

        @Override
        public void scan(ScanRequest request, ScanReport report) {
            if (request.ports().isEmpty())
                for (String port : List.of("COM1", "COM2", "COM3"))
                    report.found(FoundDevice.unknown(Scanner.SERIAL, port));
            else asked.add(request.ports());
            for (String port : request.ports())
                if (port.equals("COM2")) report.found(FoundDevice.of(Scanner.SERIAL, "gadget", port));
                else if (port.equals("COM3"))
                    report.found(FoundDevice.of(Scanner.SERIAL, "widget", port).withAlternatives(List.of("gadget")));
        }
    }

    private Line serialLine() {
        var line = new Line();
        providers.addProvider(
                line,
                Map.of(
                        LinkProvider.KIND,
                        new String[] {ByteLink.class.getName(), SerialLink.class.getName()},
                        LinkProvider.SCHEME,
                        LinkProvider.SERIAL));
        providers.addScanner(line);
        return line;
    }

    @Test
    void givesEachSectionWithAutoAnotherSerialPortOfItsDriver() throws IOException {
        Line line = serialLine();
        SessionLinks first = session("ups1");
        SessionLinks second = session("ups2");
        first.open(ByteLink.class, "auto");
        second.open(ByteLink.class, "auto");
        assertThat(providers.leases().taken("serial:COM2")).isTrue();
        assertThat(providers.leases().taken("serial:COM3")).isTrue();
        assertThat(line.asked).as("they share one scan").containsExactly(List.of("COM1", "COM2", "COM3"));
        assertThatIOException()
                .isThrownBy(() -> session("ups3").open(ByteLink.class, "auto"))
                .withMessage("port = auto: other sections have COM2, COM3");
        first.close();
        assertThat(retries).as("who waits is opened again").hasValue(1);
        session("ups3").open(ByteLink.class, "auto");
        assertThat(providers.leases().taken("serial:COM2")).isTrue();
    }

    @Test
    void leavesAPortThatAnotherSectionNamesAlone() throws IOException {
        Line line = serialLine();
        named.add("COM2");
        session("ups1").open(ByteLink.class, "auto");
        assertThat(line.asked).containsExactly(List.of("COM1", "COM3"));
        assertThat(providers.leases().taken("serial:COM3")).isTrue();
    }

    @Test
    void saysWhyAutoFindsNothing() {
        assertThatIOException()
                .isThrownBy(() -> session("ups1").open(ByteLink.class, "auto"))
                .withMessage("port = auto: no bundle scans serial lines here; name the port in its place");
        serialLine();
        named.addAll(List.of("COM2", "COM3"));
        assertThatIOException()
                .isThrownBy(() -> session("ups1").open(ByteLink.class, "auto"))
                .withMessage("port = auto: no device for gadget answers at COM1; plug it in, or name its port");
    }

    private SessionLinks session(String ups) {
        var user = new SessionLinks.User(
                ups, "gadget", named::contains, false, Path.of("/etc/nut"), SessionLinks.Tap.NONE, () -> false);
        return new SessionLinks(providers, devices, user, () -> {}, retries::incrementAndGet);
    }
}
