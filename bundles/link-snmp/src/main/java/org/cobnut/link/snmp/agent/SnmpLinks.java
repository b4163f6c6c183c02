package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.UdpAddress;

/**
 * Opens links to agents of SNMP: {@code udp:HOST}, {@code udp:HOST:PORT}, {@code udp:[IPv6]:PORT}. All share one engine, which
 * is there while a link is open. Opening sends nothing.
 */
@Component(property = {LinkProvider.KIND + "=org.cobnut.link.snmp.SnmpLink", LinkProvider.SCHEME + "=" + SnmpLinks.UDP})
public final class SnmpLinks implements LinkProvider {
    /** The scheme of a port. */
    static final String UDP = "udp";

    private static final Logger log = LoggerFactory.getLogger(SnmpLinks.class);

    /** What is asked when nobody says how. */
    private static final SnmpParameters USUAL = SnmpParameters.community(Version.V1, "public");

    private final Set<AgentLink> open = new HashSet<>();
    private final Map<Integer, Traps> traps = new HashMap<>();
    private @Nullable Engine engine;
    private boolean stopped;

    @Override
    public SnmpLink open(LinkRequest request) throws IOException {
        SnmpParameters parameters = request.parameters(SnmpParameters.class).orElse(USUAL);
        UdpAddress address = address(request.port());
        synchronized (this) {
            if (stopped) throw new IOException(request.port() + " cannot be opened: the bundle of SNMP links stops");
            Engine shared = engine == null ? new Engine() : engine;
            engine = shared;
            var link = new AgentLink(shared, address, parameters, request::wake, this::closed);
            open.add(link);
            if (parameters.trapPort() != 0) hear(shared, link);
            return link;
        }
    }

    /** The links go with the bundle, and the socket with them. */
    @Deactivate
    public void stop() {
        Set<AgentLink> all;
        synchronized (this) {
            stopped = true;
            all = Set.copyOf(open);
        }
        all.forEach(AgentLink::close);
    }

    /** A port that cannot be bound costs the traps, and no device. */
    private void hear(Engine shared, AgentLink link) {
        try {
            Traps receiver = traps.get(link.trapPort());
            if (receiver == null) receiver = new Traps(shared, link.trapPort());
            traps.put(link.trapPort(), receiver);
            receiver.add(link);
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "UDP port {}: traps are not received: {}; give another trapport, or one above 1023",
                    link.trapPort(),
                    e.getMessage());
        }
    }

    private void closed(AgentLink link) {
        Engine last = null;
        synchronized (this) {
            open.remove(link);
            Traps receiver = traps.get(link.trapPort());
            if (receiver != null && receiver.remove(link)) traps.remove(link.trapPort());
            if (open.isEmpty()) {
                last = engine;
                engine = null;
            }
        }
        if (last != null) close(last);
    }

    static void close(AutoCloseable engine) {
        try {
            engine.close();
        } catch (Exception e) {
            log.debug("the socket of SNMP was closed already", e);
        }
    }

    /** @throws IOException when the host has no address; it names the port */
    static UdpAddress address(String port) throws IOException {
        String rest = port.startsWith(UDP + ":") ? port.substring(UDP.length() + 1) : port;
        String host = rest;
        int number = 161;
        int colon = rest.lastIndexOf(':');
        boolean bare = colon > 0 && rest.indexOf(':') < colon && !rest.startsWith("["); // IPv6 alone
        if (colon > 0 && !bare && !rest.endsWith("]")) {
            host = rest.substring(0, colon);
            try {
                number = Integer.parseInt(rest.substring(colon + 1));
            } catch (NumberFormatException e) {
                throw new IOException(port + ": what stands behind the colon is no UDP port", e);
            }
            if (number < 1 || number > 0xffff) throw new IOException(port + ": a UDP port is 1 to 65535");
        }
        try {
            return new UdpAddress(InetAddress.getByName(host), number);
        } catch (UnknownHostException e) {
            throw new IOException(port + ": the name has no address", e);
        }
    }
}
