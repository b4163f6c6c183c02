package org.cobnut.link.snmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.ScannerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

class SnmpScannerTest extends ScannerContract {
    private SnmpAgent agent;
    private SnmpAgent silent;

    @BeforeEach
    void start() throws IOException {
        agent = new SnmpAgent(Map.of(
                "1.3.6.1.2.1.1.1.0", new OctetString("A \"card\""),
                "1.3.6.1.2.1.1.2.0", new OID("1.3.6.1.4.1.318.1.3.27"),
                "1.3.6.1.4.1.318.1.1.1.1.1.1.0", new OctetString("Smart-UPS"),
                "1.3.6.1.2.1.33.1.1.1.0", new OctetString("APC")));
        silent = new SnmpAgent(Map.of()).silentAbove(0);
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
        silent.close();
    }

    @Override
    protected Scanner scanner() {
        return new SnmpScanner();
    }

    @Override
    protected ScanRequest request() throws IOException {
        return at("127.0.0.1", 32, agent.port()).withTimeout(Duration.ofSeconds(2));
    }

    @Override
    protected Optional<ScanRequest> silence() throws IOException {
        return Optional.of(at("127.0.0.1", 32, silent.port()));
    }

    private static ScanRequest at(String network, int bits, int port) throws IOException {
        return ScanRequest.all()
                .withRanges(List.of(AddressRange.network(InetAddress.getByName(network), bits)))
                .withTcpPort(port);
    }

    @Test
    void saysWhichMappingFitsAndHowTheAgentIsAsked() throws Exception {
        FoundDevice found = scan(scanner(), request()).devices().get(0);
        assertThat(found.driver()).hasValue("snmp-ups");
        assertThat(found.port()).isEqualTo(agent.host());
        assertThat(found.option("mibs")).hasValue("apcc");
        assertThat(found.option("desc")).hasValue("A 'card'");
        assertThat(found.option("community")).hasValue("public");
        assertThat(found.option("snmp_version")).isEmpty();
    }

    @Test
    void triesEachCommunityAndVersionAtTheSameTime() throws Exception {
        agent.onlyFor(SnmpConstants.version2c, "secret");
        FoundDevice found = scan(scanner(), request().withOption("community", "public,secret"))
                .devices()
                .get(0);
        assertThat(found.option("community")).hasValue("secret");
        assertThat(found.option("snmp_version")).hasValue("v2c");
    }

    @Test
    void findsTheOneAgentOfANetworkWhoseOthersAreSilent() throws Exception {
        long begin = System.nanoTime();
        List<FoundDevice> found = scan(
                        scanner(), at("127.0.0.0", 24, agent.port()).withTimeout(Duration.ofSeconds(1)))
                .devices();
        assertThat(found).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void leavesOutAgentsThatAreNoUps() throws Exception {
        agent.put("1.3.6.1.2.1.1.2.0", new OID("1.3.6.1.4.1.9.1.1"));
        agent.remove("1.3.6.1.4.1.318.1.1.1.1.1.1.0");
        agent.remove("1.3.6.1.2.1.33.1.1.1.0");
        assertThat(scan(scanner(), request()).devices()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheUser() throws Exception {
        assertThat(scan(scanner(), request().withOption("secLevel", "authPriv")).problems())
                .singleElement()
                .asString()
                .contains("user");
        assertThat(scan(
                                scanner(),
                                request()
                                        .withOption("secLevel", "authNoPriv")
                                        .withOption("secName", "me")
                                        .withOption("authPassword", "short"))
                        .problems())
                .singleElement()
                .asString()
                .contains("password")
                .doesNotContain("short");
    }
}
