package org.cobnut.scan.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.testkit.ScannerContract;
import org.cobnut.testkit.server.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NutServerScannerTest extends ScannerContract {
    private static final String TWO = """
            > LIST UPS
            < BEGIN LIST UPS
            < UPS one "The first"
            < UPS two "Unavailable"
            < END LIST UPS
            x
            """;

    private FakeServer server;
    private ServerSocket silent;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(TWO).start();
        // It takes connections, for the system does, and nobody answers them.
        silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        silent.close();
    }

    @Override
    protected Scanner scanner() {
        return new NutServerScanner();
    }

    @Override
    protected ScanRequest request() throws IOException {
        return at(server.port());
    }

    @Override
    protected Optional<ScanRequest> silence() throws IOException {
        return Optional.of(at(silent.getLocalPort()));
    }

    @Test
    void namesTheDevicesOfAServerInItsOrderAndWhereItIs() throws Exception {
        List<FoundDevice> found = scan(scanner(), request()).devices();
        assertThat(found).extracting(FoundDevice::port).containsExactly(server.ups("one"), server.ups("two"));
        assertThat(found).extracting(FoundDevice::description).containsExactly("The first", "");
        assertThat(found).allSatisfy(device -> assertThat(device.driver()).contains("dummy-ups"));
    }

    @Test
    void asksAThousandAddressesWithFewConnectionsAtATime() throws Exception {
        ScanRequest wide = ScanRequest.all()
                .withRanges(List.of(AddressRange.of(address("127.0.0.0"), address("127.0.3.255"))))
                .withTcpPort(server.port())
                .withParallel(4);
        assertThat(scan(scanner(), wide).devices()).hasSize(2);
    }

    @Test
    void waitsForEachAddressNoLongerThanTheTimeout() throws Exception {
        long begin = System.nanoTime();
        Told told = scan(scanner(), silence().orElseThrow().withTimeout(Duration.ofMillis(200)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(2));
        assertThat(told.devices()).isEmpty();
        assertThat(told.problems()).isEmpty();
    }

    @Test
    void saysHowManyAddressesItDidNotReachBeforeItsLimit() throws Exception {
        ScanRequest two = ScanRequest.all()
                .withRanges(List.of(
                        AddressRange.network(address("127.0.0.1"), 32), AddressRange.network(address("127.0.0.1"), 32)))
                .withTcpPort(silent.getLocalPort())
                .withParallel(1)
                .withLimit(Duration.ofMillis(300));
        assertThat(scan(scanner(), two).problems()).singleElement().asString().contains("2 of 2 addresses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "< ERR ACCESS-DENIED",
                "< BEGIN LIST UPS\n< UPS",
                "< HTTP/1.1 400 Bad Request\n< ",
                "< BEGIN LIST UPS\n< UPS \"no end",
                "< BEGIN LIST UPS\n< UPS a\"#",
                "= \u0000\u0001\u0002\\n",
            })
    void takesNoticeOfNothingThatIsNoListOfUpses(String reply) throws Exception {
        try (var odd = new FakeServer("> LIST UPS\n" + reply + "\nx").start()) {
            Told told = scan(scanner(), at(odd.port()).withTimeout(Duration.ofMillis(300)));
            assertThat(told.devices()).isEmpty();
            assertThat(told.problems()).isEmpty();
        }
    }

    @Test
    void keepsWhatAServerNamedBeforeItWentSilent() throws Exception {
        try (var broken = new FakeServer("> LIST UPS\n< BEGIN LIST UPS\n< UPS one \"x\"").start()) {
            ScanRequest request = at(broken.port()).withTimeout(Duration.ofMillis(300));
            assertThat(scan(scanner(), request).devices()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "::1, ::1",
        "::, ::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "1:0:0:0:0:0:0:0, 1::",
        "192.0.2.1, 192.0.2.1",
    })
    void writesAddressesAsTheSystemDoes(String address, String text) throws Exception {
        assertThat(AddressText.of(address(address))).isEqualTo(text);
    }

    private static ScanRequest at(int port) throws IOException {
        return ScanRequest.all()
                .withRanges(List.of(AddressRange.network(address("127.0.0.1"), 32)))
                .withTcpPort(port);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
