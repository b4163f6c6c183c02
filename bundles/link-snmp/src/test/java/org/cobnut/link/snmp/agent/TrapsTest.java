package org.cobnut.link.snmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snmp4j.CommunityTarget;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

@Timeout(20)
class TrapsTest {
    private static final String OBJECT = "1.3.6.1.4.1.9.1.0";

    private static int freePort() throws IOException {
        try (var probe = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return probe.getLocalPort();
        }
    }

    private static PDU pdu(int type) {
        var pdu = new PDU();
        pdu.setType(type);
        pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, new OID("1.3.6.1.2.1.33.2.1")));
        return pdu;
    }

    private static CommunityTarget<UdpAddress> target(int port) {
        var target = new CommunityTarget<>(new UdpAddress("127.0.0.1/" + port), new OctetString("any"));
        target.setVersion(SnmpConstants.version2c);
        target.setTimeout(2000);
        return target;
    }

    private static void await(TestRequest<SnmpLink> request, int wakes) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (request.wakes() < wakes && System.nanoTime() < end) LockSupport.parkNanos(1_000_000);
        assertThat(request.wakes()).isEqualTo(wakes);
    }

    @Test
    void wakesTheSessionOnceForAFloodUntilItAsks() throws IOException {
        int port = freePort();
        var links = new SnmpLinks();
        SnmpParameters parameters = SnmpParameters.community(Version.V2C, "public")
                .patience(Duration.ofMillis(300), 1)
                .trapPort(port);
        try (var agent = new SnmpAgent(Map.of(OBJECT, new Integer32(1)));
                var sender = new Snmp(new DefaultUdpTransportMapping(new UdpAddress("127.0.0.1/0")))) {
            sender.listen();
            TestRequest<SnmpLink> request = TestRequest.of(SnmpLink.class, "udp:" + agent.host(), parameters);
            try (SnmpLink link = request.open(links)) {
                for (int i = 0; i < 50; i++) sender.send(pdu(PDU.TRAP), target(port));
                await(request, 1);
                // An inform is confirmed, and what came before it has been looked at by then.
                assertThat(sender.send(pdu(PDU.INFORM), target(port)).getResponse())
                        .isNotNull();
                assertThat(request.wakes()).isEqualTo(1);
                link.get(List.of(OBJECT));
                sender.send(pdu(PDU.TRAP), target(port));
                await(request, 2);
            }
            try (var free = new DatagramSocket(new InetSocketAddress("0.0.0.0", port))) {
                assertThat(free.isBound())
                        .as("the port is free after the last link")
                        .isTrue();
            }
        }
        links.stop();
    }

    @Test
    void servesTheDeviceWhenThePortForTrapsIsTaken() throws IOException {
        var links = new SnmpLinks();
        try (var taken = new DatagramSocket(new InetSocketAddress("0.0.0.0", 0));
                var agent = new SnmpAgent(Map.of(OBJECT, new Integer32(1)))) {
            SnmpParameters parameters =
                    SnmpParameters.community(Version.V2C, "public").trapPort(taken.getLocalPort());
            try (SnmpLink link = TestRequest.of(SnmpLink.class, "udp:" + agent.host(), parameters)
                    .open(links)) {
                assertThat(link.get(List.of(OBJECT))).hasSize(1);
            }
        }
        links.stop();
    }
}
