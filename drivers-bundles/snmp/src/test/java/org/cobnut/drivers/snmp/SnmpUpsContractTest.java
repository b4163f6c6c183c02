package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SnmpUpsContractTest extends DriverContract {
    private final SnmpLinks provider = new SnmpLinks();
    private SnmpAgent agent;

    @BeforeEach
    void start() throws IOException {
        agent = new SnmpAgent(Rfc1628.onLine());
    }

    @AfterEach
    void stop() throws IOException {
        provider.stop();
        agent.close();
    }

    @Override
    protected Driver driver() {
        return Bench.driver();
    }

    @Override
    protected Settings settings(Path folder) {
        return Bench.settings(agent);
    }

    @Override
    protected TestLinks links(Path folder) {
        SnmpParameters quick = SnmpParameters.community(Version.V2C, "public").patience(Duration.ofMillis(500), 0);
        try {
            Link link = provider.open(LinkRequest.outside("test", SnmpLink.class, "udp:" + agent.host(), quick));
            return new TestLinks(folder).with("udp:" + agent.host(), link);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
