package org.cobnut.upsd.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The arguments of LISTEN (upsd.conf(5)): a host name, an address or {@code *}, and a port if it is not 3493. */
public record ListenAddress(String host, int port) {
    private static final Logger log = LoggerFactory.getLogger(ListenAddress.class);
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "::0");
    private static final int NUT_PORT = 3493;

    /**
     * Reads {@code ADDRESS [PORT]}.
     *
     * @throws IllegalArgumentException with one sentence that quotes what is wrong
     */
    static ListenAddress of(String words) {
        String[] parts = words.trim().split("\\s+");
        String host = parts[0].replaceAll("^\\[(.*)]$", "$1");
        if (host.isEmpty() || parts.length > 2)
            throw new IllegalArgumentException("LISTEN wants an address and perhaps a port, not '" + words + "'");
        return new ListenAddress(host, parts.length == 1 ? NUT_PORT : port(parts[1]));
    }

    /** The addresses to bind, each once and in order; loopback of both families when LISTEN is absent. */
    public static List<ListenAddress> all(Collection<String> listen) {
        var addresses = new ArrayList<ListenAddress>();
        for (String words : listen) {
            ListenAddress one = of(words);
            if (one.host.equals("*")) {
                addresses.add(new ListenAddress("0.0.0.0", one.port));
                addresses.add(new ListenAddress("::", one.port));
            } else addresses.add(one);
        }
        if (addresses.isEmpty()) {
            addresses.add(new ListenAddress("127.0.0.1", NUT_PORT));
            addresses.add(new ListenAddress("::1", NUT_PORT));
        }
        return addresses.stream().distinct().toList();
    }

    /** The address to bind: the first of a name's, as NUT takes it. */
    public InetSocketAddress resolve() throws UnknownHostException {
        InetAddress[] found = InetAddress.getAllByName(host);
        if (found.length > 1)
            log.warn(
                    "LISTEN {}: the name has {} addresses; the server listens on {} only. Name each address to use more",
                    host,
                    found.length,
                    found[0].getHostAddress());
        return new InetSocketAddress(found[0], port);
    }

    public boolean loopback() {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Whether both addresses are loopback and have the same port. */
    public boolean besides(ListenAddress other) {
        return loopback() && other.loopback() && port == other.port;
    }

    /** Whether a host stands for every address of its family. */
    static boolean everywhere(String host) {
        return EVERYWHERE.contains(host);
    }

    /** Whether both stand for every address of their family and have the same port. */
    public boolean everywhereToo(ListenAddress other) {
        return everywhere(host) && everywhere(other.host) && port == other.port;
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535) return Integer.parseInt(text);
        throw new IllegalArgumentException("LISTEN wants a port from 0 to 65535, not '" + text + "'");
    }

    @Override
    public String toString() {
        return host + " port " + port;
    }
}
