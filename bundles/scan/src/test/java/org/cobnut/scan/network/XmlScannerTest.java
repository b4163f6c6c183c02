package org.cobnut.scan.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.testkit.ScannerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class XmlScannerTest extends ScannerContract {
    private static final String CARD = "<PRODUCT_INFO class=\"DEV.UPS\" name=\"Card\" type=\"Evolution 650\"/>";

    private final UdpResponder card = responder();

    private static UdpResponder responder() {
        try {
            return new UdpResponder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        card.close();
    }

    private static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Scanner scanner() {
        return new XmlScanner(List.of(loopback(1)));
    }

    @Override
    protected ScanRequest request() {
        card.saying(CARD);
        return quick();
    }

    private ScanRequest quick() {
        return ScanRequest.all().withTcpPort(card.port()).withTimeout(Duration.ofMillis(300));
    }

    @Override
    protected Optional<ScanRequest> silence() {
        card.saying();
        return Optional.of(quick().withTimeout(Duration.ofSeconds(20)).withRanges(List.of(one())));
    }

    private static AddressRange one() {
        return AddressRange.of(loopback(1), loopback(1));
    }

    @Test
    void printsWhatNutScannerPrints() throws Exception {
        card.saying(CARD);
        Told told = scan(scanner(), quick());
        assertThat(told.devices()).singleElement().satisfies(device -> {
            assertThat(device.driver()).contains("netxml-ups");
            assertThat(device.port()).isEqualTo("http://127.0.0.1");
            assertThat(device.option("desc")).contains("Evolution 650");
        });
        assertThat(card.heard()).containsExactly("<SCAN_REQUEST/>");
    }

    @Test
    void leavesOutWhatTheDriverDoesNotKnowAndSaysSo() throws Exception {
        card.saying(
                "<PRODUCT_INFO class=\"DEV.PDU\" type=\"rack\"/>",
                "nonsense",
                "<PRODUCT_INFO class=\"DEV.UPS\"/>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a type=\"&b;\"/>",
                "");
        Told told = scan(scanner(), quick());
        assertThat(told.devices()).isEmpty();
        assertThat(told.problems()).hasSize(5).allMatch(problem -> problem.startsWith("127.0.0.1 answered"));
    }

    @Test
    void asksEachAddressOfARangeAndTellsADeviceOnce() throws Exception {
        card.saying(CARD, CARD);
        AddressRange many = AddressRange.of(loopback(1), loopback(250));
        assertThat(scan(scanner(), quick().withRanges(List.of(many))).devices()).hasSize(1);
    }
}
