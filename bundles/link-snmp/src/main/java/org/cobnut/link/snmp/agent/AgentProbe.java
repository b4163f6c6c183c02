package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.snmp.SnmpValue;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.Scanner;
import org.snmp4j.PDU;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;

/** One address of a scan. All ways to ask are tried at the same time, so that a silent address costs one time-out. */
final class AgentProbe {
    private static final int PORT = 161;
    private static final String DESCRIPTION = "1.3.6.1.2.1.1.1.0";
    private static final String OBJECT_ID = "1.3.6.1.2.1.1.2.0";

    private final Engine engine;
    private final UdpAddress address;
    private final List<Access> accesses;
    private final List<AgentLink> links = new ArrayList<>();

    AgentProbe(Engine engine, UdpAddress address, List<Access> accesses) {
        this.engine = engine;
        this.address = address;
        this.accesses = accesses;
        for (Access access : accesses)
            links.add(new AgentLink(engine, address, access.parameters(), () -> {}, closed -> {}));
    }

    /** Ends it. Any thread. */
    void cancel() {
        links.forEach(AgentLink::close);
    }

    /** The device at the address; empty for silence, and for an agent that is no such device. */
    Optional<FoundDevice> find() {
        try {
            Optional<Integer> answering = first();
            if (answering.isEmpty()) return Optional.empty();
            return device(links.get(answering.get()), accesses.get(answering.get()));
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    /** Which way the agent answers, the first in the order of the scan. */
    private Optional<Integer> first() throws IOException {
        if (accesses.size() == 1) return Optional.of(0);
        var asked = new ArrayList<Engine.Exchange>();
        for (Access access : accesses)
            asked.add(engine.send(
                    PDU.GET,
                    List.of(new VariableBinding(new OID(OBJECT_ID))),
                    0,
                    engine.target(address, access.parameters())));
        for (int i = 0; i < asked.size(); i++) if (answered(asked.get(i))) return Optional.of(i);
        return Optional.empty();
    }

    private static boolean answered(Engine.Exchange exchange) throws InterruptedIOException {
        try {
            exchange.await();
            return true;
        } catch (InterruptedIOException ended) {
            throw ended;
        } catch (IOException silent) {
            return false;
        }
    }

    private Optional<FoundDevice> device(AgentLink link, Access access) throws IOException {
        Map<String, SnmpValue> system = link.get(List.of(OBJECT_ID, DESCRIPTION));
        var texts = new HashMap<String, String>();
        link.get(KnownAgents.tests()).forEach((oid, value) -> texts.put(oid, value.text()));
        String id = text(system, OBJECT_ID).replaceFirst("^\\.", "");
        String host = address.getInetAddress().getHostAddress();
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String port = address.getPort() == PORT ? name : name + ":" + address.getPort();
        return KnownAgents.mapping(id, texts)
                .map(mapping -> access.with(FoundDevice.of(Scanner.SNMP, "snmp-ups", port)
                        .withDescription(text(system, DESCRIPTION))
                        .withOption(
                                "desc",
                                text(system, DESCRIPTION).replace('"', '\'').replaceAll("[\r\n]+", " "))
                        .withOption("mibs", mapping)));
    }

    private static String text(Map<String, SnmpValue> values, String oid) {
        return Optional.ofNullable(values.get(oid)).map(SnmpValue::text).orElse("");
    }
}
