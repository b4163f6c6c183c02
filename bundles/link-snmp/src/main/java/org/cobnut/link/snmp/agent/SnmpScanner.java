package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.util.List;
import org.cobnut.scan.AddressWalk;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.osgi.service.component.annotations.Component;
import org.snmp4j.smi.UdpAddress;

/**
 * Finds UPSes, power distribution units and transfer switches by SNMP: it reads a few objects of each address, over one socket, and
 * writes nothing.
 */
@Component
public final class SnmpScanner implements Scanner {
    private static final int PORT = 161;

    @Override
    public String kind() {
        return SNMP;
    }

    @Override
    public String description() {
        return "devices with a network card; needs addresses, and asks each of them at UDP port " + PORT
                + " with the community public unless told another";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        if (request.ranges().isEmpty()) return;
        try (var engine = new Engine()) {
            List<Access> accesses = Access.of(request, report);
            if (accesses.isEmpty()) return;
            int port = request.tcpPort().orElse(PORT);
            AddressWalk.of(
                    request,
                    report,
                    "SNMP devices",
                    host -> new Look(new AgentProbe(engine, new UdpAddress(host, port), accesses), report));
        } catch (IOException e) {
            report.problem("SNMP devices are not looked for: no UDP socket can be opened: " + e.getMessage());
        }
    }

    /** The look at one address. */
    private record Look(AgentProbe probe, ScanReport report) implements AddressWalk.Question {
        @Override
        public void ask() {
            probe.find().ifPresent(report::found);
        }

        @Override
        public void close() {
            probe.cancel();
        }
    }
}
