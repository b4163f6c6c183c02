package org.cobnut.mqtt.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a broker listens, and whether over TLS. */
public record BrokerAddress(String host, int port, boolean tls) {
    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final int MOST = 65535;
    private static final Pattern URL =
            Pattern.compile("mqtt(s?)://(?:([A-Za-z0-9_.-]+)|\\[([0-9A-Fa-f:.]+)])(?::(\\d{1,5}))?/?");

    /**
     * Reads {@code mqtt://HOST[:PORT]} or {@code mqtts://HOST[:PORT]}.
     *
     * @throws IllegalArgumentException when it is no such text
     */
    public static BrokerAddress parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches())
            throw new IllegalArgumentException("broker wants mqtt://HOST[:PORT] or mqtts://HOST[:PORT]");
        boolean tls = !url.group(1).isEmpty();
        int port = url.group(4) == null ? (tls ? TLS_PORT : PORT) : Integer.parseInt(url.group(4));
        if (port < 1 || port > MOST) throw new IllegalArgumentException("broker wants a port from 1 to 65535");
        return new BrokerAddress(url.group(2) == null ? url.group(3) : url.group(2), port, tls);
    }

    @Override
    public String toString() {
        return (tls ? "mqtts://" : "mqtt://") + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
