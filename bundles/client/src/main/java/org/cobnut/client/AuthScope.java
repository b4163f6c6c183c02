package org.cobnut.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.cobnut.wire.Lexer;

/**
 * The server and user that a section of nutauth.conf is about: {@code user@host:port}, {@code @host}, {@code host},
 * {@code :port}. Without a host it is this machine, without a port that of NUT; a port may be the name of a service.
 *
 * @param user empty for all users of the server
 * @param host in lower case; empty for all servers
 */
record AuthScope(String user, String host, int port) {
    /** The section for all servers. */
    static final AuthScope GLOBAL = new AuthScope("", "", 0);

    private static final Path SERVICES = Path.of("/etc/services");

    static AuthScope of(Address server, String user) {
        return new AuthScope(user, server.host().toLowerCase(Locale.ROOT), server.port());
    }

    /** Reads the text between the brackets; an IllegalArgumentException says what is wrong. */
    static AuthScope of(String text) {
        if (text.isEmpty() || text.equals("_global_defaults")) return GLOBAL;
        int at = text.lastIndexOf('@');
        String user = at < 0 ? "" : text.substring(0, at);
        String server = text.substring(at + 1);
        int end = server.startsWith("[") ? server.indexOf(']') + 1 : server.indexOf(':');
        if (server.startsWith("[") && end == 0) throw new IllegalArgumentException("no closing bracket in " + server);
        if (end < 0) end = server.length();
        String host = server.startsWith("[") ? server.substring(1, end - 1) : server.substring(0, end);
        return new AuthScope(
                user, host.isEmpty() ? "localhost" : host.toLowerCase(Locale.ROOT), port(server.substring(end)));
    }

    private static int port(String colonAndPort) {
        if (colonAndPort.length() < 2) return Address.PORT;
        String port = colonAndPort.substring(1);
        try {
            return colonAndPort.charAt(0) == ':' ? new Address("", "x", Integer.parseInt(port)).port() : -1;
        } catch (NumberFormatException name) {
            return service(port);
        }
    }

    private static int service(String name) {
        try {
            for (List<String> words : Lexer.lines(Files.readString(SERVICES, StandardCharsets.ISO_8859_1)))
                if (words.size() > 1
                        && words.get(1).endsWith("/tcp")
                        && (words.get(0).equals(name) || words.indexOf(name) > 1))
                    return Integer.parseInt(
                            words.get(1).substring(0, words.get(1).length() - 4));
        } catch (IOException | NumberFormatException none) {
            // Without the list of services, only NUT's own is known.
        }
        if (name.equals("nut")) return Address.PORT;
        throw new IllegalArgumentException("no service has the name " + name);
    }
}
