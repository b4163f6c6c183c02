package org.cobnut.client;

/**
 * The address of a UPS: {@code ups[@host[:port]]}, with an IPv6 literal in brackets (upsc(8)). {@code ups} is empty in
 * the address of a server.
 */
public record Address(String ups, String host, int port) {
    /** The port that IANA gave to NUT. */
    public static final int PORT = 3493;

    private static final String LOCALHOST = "localhost";

    public Address {
        if (host.isEmpty()) throw new IllegalArgumentException("no host name");
        if (port < 1 || port > 0xffff) throw new IllegalArgumentException("port out of range 1-65535: " + port);
    }

    /** Reads {@code ups[@host[:port]]}; an IllegalArgumentException says what is wrong. */
    public static Address of(String text) {
        int at = text.indexOf('@');
        String ups = at < 0 ? text : text.substring(0, at);
        if (ups.isEmpty()) throw new IllegalArgumentException("no UPS name");
        if (at >= 0) return parse(ups, text.substring(at + 1));
        if (ups.indexOf(':') >= 0) throw new IllegalArgumentException("a port without a host: write ups@host:port");
        return new Address(ups, LOCALHOST, PORT);
    }

    /** Reads {@code [host[:port]]}; an empty text is this machine. */
    public static Address server(String text) {
        return text.isEmpty() ? new Address("", LOCALHOST, PORT) : parse("", text);
    }

    /** The same server, another UPS. */
    public Address withUps(String other) {
        return new Address(other, host, port);
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        String server = port == PORT ? name : name + ':' + port;
        return ups.isEmpty() ? server : ups + '@' + server;
    }

    private static Address parse(String ups, String server) {
        int end = server.startsWith("[") ? server.indexOf(']') : server.indexOf(':');
        if (server.startsWith("[")) {
            if (end < 0) throw new IllegalArgumentException("no closing bracket in " + server);
            return new Address(ups, server.substring(1, end), port(server.substring(end + 1)));
        }
        return end < 0
                ? new Address(ups, server, PORT)
                : new Address(ups, server.substring(0, end), port(server.substring(end)));
    }

    private static int port(String colonAndPort) {
        if (colonAndPort.isEmpty()) return PORT;
        String digits = colonAndPort.substring(1);
        boolean numeric = colonAndPort.charAt(0) == ':' && !digits.isEmpty() && digits.length() < 6;
        for (int i = 0; i < digits.length(); i++) numeric &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        if (!numeric) throw new IllegalArgumentException("not a port: " + colonAndPort);
        return Integer.parseInt(digits);
    }
}
