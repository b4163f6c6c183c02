package org.cobnut.scan.network;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.ErrorText;
import org.osgi.service.component.annotations.Component;

/**
 * Finds network cards that serve XML, which netxml-ups drives: one datagram to each address, or without addresses to all hosts of the
 * networks of this machine, and whoever answers. One socket, one thread.
 */
@Component
public final class XmlScanner implements Scanner {
    static final int PORT = 4679;

    private static final byte[] QUESTION = "<SCAN_REQUEST/>".getBytes(StandardCharsets.US_ASCII);

    /** The class of power distribution units, which the driver does not know. */
    private static final String UNITS = "DEV.PDU";

    private static final XMLInputFactory READERS = factory();

    private final List<InetAddress> everybody;

    public XmlScanner() {
        this(List.of());
    }

    /** @param everybody where to send what is for all hosts; empty for the networks of this machine */
    XmlScanner(List<InetAddress> everybody) {
        this.everybody = List.copyOf(everybody);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    @Override
    public String kind() {
        return Scanner.XML;
    }

    @Override
    public String description() {
        return "network cards that serve XML over HTTP; asks all hosts of this machine's networks, or those that are named, at UDP port "
                + PORT;
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        var seen = new HashSet<String>();
        ScanRequest asked = request.ranges().isEmpty() ? Datagrams.soon(request) : request;
        try (var datagrams = new Datagrams(asked, report, "XML/HTTP devices")) {
            datagrams.ask(targets(request), QUESTION, (from, bytes) -> take(from, bytes, seen, report));
        } catch (IOException e) {
            report.problem("XML/HTTP devices are not looked for: " + ErrorText.of(e));
        }
    }

    private Iterable<InetSocketAddress> targets(ScanRequest request) throws IOException {
        int port = request.tcpPort().orElse(PORT);
        if (!request.ranges().isEmpty()) return Datagrams.each(request.ranges(), port);
        List<InetAddress> all = everybody.isEmpty() ? broadcasts() : everybody;
        return all.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }

    /** The addresses that mean all hosts of a network of this machine. */
    private static List<InetAddress> broadcasts() throws IOException {
        var all = new LinkedHashSet<InetAddress>();
        var interfaces = new ArrayList<NetworkInterface>();
        NetworkInterface.getNetworkInterfaces().asIterator().forEachRemaining(interfaces::add);
        for (NetworkInterface each : interfaces) {
            if (!each.isUp() || each.isLoopback()) continue;
            for (InterfaceAddress at : each.getInterfaceAddresses())
                if (at.getBroadcast() != null) all.add(at.getBroadcast());
        }
        return List.copyOf(all);
    }

    private static void take(SocketAddress from, byte[] bytes, Set<String> seen, ScanReport report) {
        if (!(from instanceof InetSocketAddress peer)) return;
        String host = AddressText.of(peer.getAddress());
        String port = "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]");
        Optional<String> type = type(new String(bytes, StandardCharsets.UTF_8));
        if (type.isEmpty()) {
            report.problem(
                    "%s answered as a card that serves XML, but not as one that netxml-ups drives".formatted(host));
            return;
        }
        if (seen.add(port + " " + type.get()))
            report.found(FoundDevice.of(Scanner.XML, "netxml-ups", port)
                    .withDescription(type.get())
                    .withOption("desc", type.get()));
    }

    /** What kind of device an answer says that there is; empty for none that can be driven. */
    static Optional<String> type(String answer) {
        try {
            XMLStreamReader reader = READERS.createXMLStreamReader(new StringReader(answer.strip()));
            while (reader.hasNext())
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    String kind = attribute(reader, "class");
                    String type = attribute(reader, "type");
                    return kind.equals(UNITS) || type.isBlank() ? Optional.empty() : Optional.of(type.strip());
                }
        } catch (XMLStreamException | RuntimeException none) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static String attribute(XMLStreamReader reader, String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++)
            if (reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT).equals(name))
                return reader.getAttributeValue(i);
        return "";
    }
}
