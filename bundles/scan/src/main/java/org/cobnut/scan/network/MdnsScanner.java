package org.cobnut.scan.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Finds NUT servers that say by multicast DNS that they are there ({@code _nut._tcp.local}), and asks each of them for its UPSes. One
 * question is sent on each network of this machine, from a port of its own, so that whoever answers answers us alone (RFC 6762, 6.7).
 */
@Component
public final class MdnsScanner implements Scanner {
    private static final String GROUP = "224.0.0.251";
    private static final int PORT = 5353;

    /** Servers that are asked, at most: anybody may answer, and as often as he likes. */
    private static final int MOST_SERVERS = 1000;

    private final List<InetSocketAddress> everybody;

    public MdnsScanner() {
        this(List.of());
    }

    /** @param everybody where to send the question; empty for the group of multicast DNS on each network of this machine */
    MdnsScanner(List<InetSocketAddress> everybody) {
        this.everybody = List.copyOf(everybody);
    }

    @Override
    public String kind() {
        return AVAHI;
    }

    @Override
    public String description() {
        return "UPSes of NUT servers that announce themselves by multicast DNS, as Avahi does for them";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        Map<Integer, List<AddressRange>> servers = new TreeMap<>();
        try {
            if (everybody.isEmpty())
                for (NetworkInterface each : networks()) ask(request, report, List.of(group()), each, servers);
            else ask(request, report, everybody, null, servers);
            for (Map.Entry<Integer, List<AddressRange>> at : servers.entrySet())
                try (var probes = new ServerProbes(
                        kind(), request.withTcpPort(at.getKey()).withRanges(at.getValue()), report)) {
                    probes.run();
                }
        } catch (IOException e) {
            report.problem("NUT servers are not looked for by multicast DNS: " + ErrorText.of(e));
        }
    }

    private static void ask(
            ScanRequest request,
            ScanReport report,
            List<InetSocketAddress> targets,
            @Nullable NetworkInterface network,
            Map<Integer, List<AddressRange>> servers)
            throws IOException, InterruptedException {
        // Addresses of the request mean nothing here: everybody is asked.
        ScanRequest asked = Datagrams.soon(request).withRanges(List.of());
        try (var datagrams = new Datagrams(asked, report, "NUT servers by multicast DNS")) {
            if (network != null) datagrams.channel().setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            datagrams.ask(targets, DnsMessage.question(), (from, bytes) -> {
                if (!(from instanceof InetSocketAddress peer)) return;
                for (InetSocketAddress server : DnsMessage.servers(bytes, peer.getAddress())) add(server, servers);
            });
        }
    }

    private static void add(InetSocketAddress server, Map<Integer, List<AddressRange>> servers) {
        int count = servers.values().stream().mapToInt(List::size).sum();
        List<AddressRange> there = servers.computeIfAbsent(server.getPort(), port -> new ArrayList<>());
        boolean known = there.stream().anyMatch(range -> range.first().equals(server.getAddress()));
        if (!known && count < MOST_SERVERS) there.add(AddressRange.of(server.getAddress(), server.getAddress()));
    }

    private static InetSocketAddress group() throws IOException {
        return new InetSocketAddress(InetAddress.getByName(GROUP), PORT);
    }

    private static List<NetworkInterface> networks() throws IOException {
        var all = new ArrayList<NetworkInterface>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList())
            if (each.isUp() && each.supportsMulticast() && !each.isLoopback()) all.add(each);
        return all;
    }
}
