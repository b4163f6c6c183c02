package org.cobnut.upsmon.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.client.Address;
import org.cobnut.client.Auth;

/**
 * CERTPATH, CERTFILE, CERTIDENT, CERTVERIFY and FORCESSL of upsmon.conf, and CERTHOST, which has a name and switches
 * for one server (upsmon.conf(5)); the last line for a server counts.
 */
final class TlsDirectives {
    private final Auth.Tls common;
    private final List<Host> hosts = new ArrayList<>();

    /** One CERTHOST line; a switch of -1 leaves the common one in force. */
    private record Host(String host, int port, String name, Optional<Boolean> verify, Optional<Boolean> force) {
        boolean is(Address server) {
            return host.equalsIgnoreCase(server.host()) && (port == 0 || port == server.port());
        }
    }

    TlsDirectives(Map<String, ?> all, Path directory) {
        List<String> ident = Conf.texts(all.get("certident.password"));
        common = new Auth.Tls(
                path(all, "certpath", directory),
                path(all, "certfile", directory),
                ident.stream().findFirst(),
                ident.stream().skip(1).findFirst(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Boolean.TRUE.equals(all.get("certverify"))),
                Optional.of(Boolean.TRUE.equals(all.get("forcessl"))));
        for (String line : Conf.texts(all.get("certhost"))) hosts.add(host(Conf.words(line)));
    }

    /** The settings for a connection to this server. */
    Auth.Tls of(Address server) {
        Auth.Tls tls = common;
        for (Host each : hosts)
            if (each.is(server))
                tls = new Auth.Tls(
                        common.certPath(),
                        common.certFile(),
                        common.certIdentName(),
                        common.certIdentPass(),
                        common.sslBackend(),
                        Optional.of(each.name),
                        each.verify.or(common::certVerify),
                        each.force.or(common::forceSsl));
        return tls;
    }

    private static Host host(List<String> words) {
        if (words.size() < 4) throw new IllegalArgumentException("a CERTHOST line has less than four words");
        String server = words.get(0);
        boolean bare = !server.startsWith("[") && server.indexOf(':') != server.lastIndexOf(':'); // of IPv6
        try {
            Address address = Address.server(bare ? '[' + server + ']' : server);
            boolean named = !bare && server.matches(".*:\\d+");
            return new Host(
                    address.host(),
                    named ? address.port() : 0,
                    words.get(1),
                    switched(words.get(2)),
                    switched(words.get(3)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("CERTHOST " + server + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Optional<Boolean> switched(String word) {
        return switch (word) {
            case "1" -> Optional.of(true);
            case "0" -> Optional.of(false);
            case "-1" -> Optional.empty();
            default -> throw new IllegalArgumentException("'" + word + "' is none of 0, 1 and -1");
        };
    }

    private static Optional<String> path(Map<String, ?> all, String key, Path directory) {
        return Conf.texts(all.get(key)).stream()
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(text -> directory.resolve(text).toString());
    }
}
