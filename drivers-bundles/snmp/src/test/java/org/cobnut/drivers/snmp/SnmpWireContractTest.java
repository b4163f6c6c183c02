package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cobnut.drivers.snmp.Address.Member;
import org.cobnut.drivers.snmp.Address.Scalar;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.table.testkit.WireContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SnmpWireContractTest extends WireContract<Address> {
    private final SnmpLinks links = new SnmpLinks();
    private SnmpAgent answering;
    private SnmpAgent silent;

    @BeforeEach
    void start() throws IOException {
        answering = new SnmpAgent(Rfc1628.onLine());
        silent = new SnmpAgent(Map.of()).silentAbove(0);
    }

    @AfterEach
    void stop() throws IOException {
        links.stop();
        answering.close();
        silent.close();
    }

    private SnmpWire open(SnmpAgent agent) throws IOException {
        SnmpParameters quick = SnmpParameters.community(Version.V2C, "public").patience(Duration.ofMillis(100), 0);
        return new SnmpWire(
                links.open(LinkRequest.outside("test", SnmpLink.class, "udp:" + agent.host(), quick)),
                false,
                Map.of(),
                new RowCounts(Map.of()));
    }

    @Override
    protected Devices<Address> devices() {
        String alarms = Rfc1628.BASE + ".1.6.2.1.2";
        return new Devices<>(
                () -> open(answering),
                () -> open(silent),
                List.of(
                        new Scalar(Rfc1628.BASE + ".1.2.4.0"),
                        new Scalar(Rfc1628.BASE + ".1.3.3.1.3.~1"),
                        new Member(alarms, Rfc1628.BASE + ".1.6.3.1"),
                        new Member(alarms, Rfc1628.BASE + ".1.6.3.3")),
                new Scalar(Rfc1628.BASE + ".1.8.2.0"),
                "0");
    }
}
