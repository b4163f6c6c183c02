package org.cobnut.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host of the network and a port of it, as a section of ups.conf names them: {@code nas}, {@code nas:3551}, {@code ::1},
 * {@code [::1]:3551}.
 *
 * @param host a name or an address, without brackets
 */
public record HostPort(String host, int port) {
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]+)](?::(.*))?");
    private static final Pattern PLAIN = Pattern.compile("([^:\\[\\]]+)(?::(.*))?");

    public HostPort {
        if (host.isBlank() || host.matches(".*[\\s/].*"))
            throw new IllegalArgumentException("'" + host + "' is no host name or address");
        if (port < 1 || port > 0xffff)
            throw new IllegalArgumentException("a port of the network is 1 to 65535, not " + port);
    }

    /**
     * Reads a host and perhaps a port.
     *
     * @param fallback the port that counts when the text names none
     * @throws IllegalArgumentException when it names no host, or no port that can be
     */
    public static HostPort parse(String text, int fallback) {
        String bare = text.strip();
        Matcher matcher = BRACKETS.matcher(bare);
        if (!matcher.matches()) {
            if (bare.indexOf(':') != bare.lastIndexOf(':') && !bare.matches(".*[\\[\\]].*"))
                return new HostPort(bare, fallback);
            matcher = PLAIN.matcher(bare);
            if (!matcher.matches())
                throw new IllegalArgumentException(
                        "'" + text + "' is no host with a port, such as nas:3551 or [::1]:3551");
        }
        String port = matcher.group(2);
        if (port == null) return new HostPort(matcher.group(1), fallback);
        if (!port.matches("\\d{1,5}"))
            throw new IllegalArgumentException("'" + port + "' behind the host is no port of the network");
        return new HostPort(matcher.group(1), Integer.parseInt(port));
    }

    /** As a port of the scheme {@code tcp}. */
    public String tcp() {
        return "tcp:" + this;
    }

    /** Host and port with a colon between; an address of IPv6 has brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
