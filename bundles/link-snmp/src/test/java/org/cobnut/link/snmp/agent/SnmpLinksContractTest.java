package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.LinkContract;
import org.snmp4j.smi.Integer32;

/** An agent sends nothing by itself here: what the device sends is an object that was not there before. */
class SnmpLinksContractTest extends LinkContract<SnmpLink> {
    private static final String NEWS = "1.3.6.1.4.1.9.1.0";

    @Override
    protected Class<SnmpLink> kind() {
        return SnmpLink.class;
    }

    /** The provider, asked as a driver asks with little patience. */
    @Override
    protected LinkProvider provider() {
        var links = new SnmpLinks();
        LinkParameters quick = SnmpParameters.community(Version.V2C, "public").patience(Duration.ofMillis(200), 0);
        return request -> links.open(LinkRequest.outside(request.ups(), SnmpLink.class, request.port(), quick));
    }

    @Override
    protected FarEnd device() throws IOException {
        var agent = new SnmpAgent(Map.of());
        return new FarEnd() {
            @Override
            public String port() {
                return "udp:" + agent.host();
            }

            @Override
            public void send() {
                agent.put(NEWS, new Integer32(1));
            }

            @Override
            public void unplug() throws IOException {
                agent.close();
            }

            @Override
            public void close() {
                SnmpLinks.close(agent);
            }
        };
    }

    @Override
    protected String nowhere() {
        return "udp:nowhere.invalid";
    }

    @Override
    protected boolean receive(SnmpLink link, Duration wait) throws IOException {
        long end = System.nanoTime() + wait.toNanos();
        while (link.get(List.of(NEWS)).isEmpty()) {
            if (System.nanoTime() - end >= 0) return false;
            LockSupport.parkNanos(5_000_000);
            if (Thread.interrupted()) throw new InterruptedIOException("interrupted");
        }
        return true;
    }
}
