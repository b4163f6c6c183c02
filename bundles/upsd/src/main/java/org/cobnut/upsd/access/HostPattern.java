package org.cobnut.upsd.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The patterns of hosts_access(5), matched as libwrap matches them; pure. */
final class HostPattern {
    /** The word of libwrap for an unknown name or user. */
    static final String UNKNOWN = "unknown";

    private static final Pattern ADDRESS = Pattern.compile("[0-9.*?/]+|\\[.*|ALL", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern DIGITS = Pattern.compile("(\\d{1,3}).*");

    /** The client: its user, its numeric address, and its host name or {@link #UNKNOWN}. */
    record Peer(String user, InetAddress address, String name) {
        Peer {
            if (user.isEmpty()) user = UNKNOWN;
        }

        String number() {
            return NetUtil.toAddressString(address);
        }
    }

    private HostPattern() {}

    /** Whether a list matches, with its EXCEPT clauses. */
    static boolean list(List<String> tokens, Predicate<String> matches) {
        for (int i = 0; i < tokens.size(); i++) {
            if (except(tokens.get(i))) return false;
            if (!matches.test(tokens.get(i))) continue;
            int exception = i + 1;
            while (exception < tokens.size() && !except(tokens.get(exception))) exception++;
            return exception >= tokens.size() || !list(tokens.subList(exception + 1, tokens.size()), matches);
        }
        return false;
    }

    /** Matches the daemon side: a program, perhaps with the address of the server, which upsd does not tell. */
    static boolean daemon(String token, String program) {
        int at = token.indexOf('@', 1);
        if (at < 0) return text(token, program);
        return text(token.substring(0, at), program) && text(token.substring(at + 1), UNKNOWN);
    }

    /** Matches the client side: a host, perhaps with a user before it. */
    static boolean client(String token, Peer peer) {
        int at = token.indexOf('@', 1);
        if (at < 0) return host(token, peer);
        return host(token.substring(at + 1), peer) && text(token.substring(0, at), peer.user());
    }

    /** Whether the pattern contains a host name, so that the name of the peer must be looked up. */
    static boolean asksForName(String token) {
        String host = token.substring(token.indexOf('@', 1) + 1);
        return !except(token) && !ADDRESS.matcher(host).matches();
    }

    private static boolean except(String token) {
        return token.equalsIgnoreCase("EXCEPT");
    }

    private static boolean host(String token, Peer peer) {
        if (token.startsWith("@") || token.startsWith("/")) return false; // a netgroup, or a file read before
        boolean named = !peer.name().equalsIgnoreCase(UNKNOWN);
        if (token.equalsIgnoreCase("KNOWN")) return named;
        if (token.equalsIgnoreCase("LOCAL")) return named && peer.name().indexOf('.') < 0;
        int slash = token.indexOf('/');
        if (slash >= 0) return network(token.substring(0, slash), token.substring(slash + 1), peer.address());
        if (token.startsWith("["))
            return literal(token).filter(peer.address()::equals).isPresent();
        return text(token, peer.name()) || text(token, peer.number());
    }

    private static boolean text(String token, String text) {
        if (token.indexOf('*') >= 0 || token.indexOf('?') >= 0) return wild(token, text);
        String want = token.toLowerCase(Locale.ROOT);
        String is = text.toLowerCase(Locale.ROOT);
        if (want.startsWith(".")) return is.length() > want.length() && is.endsWith(want);
        if (want.equals("all")) return true;
        if (want.equals("known")) return !is.equals(UNKNOWN);
        if (want.endsWith(".")) return is.startsWith(want);
        return want.equals(is);
    }

    private static boolean wild(String token, String text) {
        String regex = token.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text).matches();
    }

    /** {@code 192.0.2.0/24}, {@code 192.0.2.0/255.255.255.0} or {@code [2001:db8::]/32}. */
    private static boolean network(String net, String mask, InetAddress address) {
        byte[] is = address.getAddress();
        byte[] wanted =
                net.startsWith("[") ? literal(net).map(InetAddress::getAddress).orElse(new byte[0]) : quad(net);
        if (wanted == null || wanted.length != is.length) return false;
        byte[] bits = wanted.length == 4 && quad(mask) != null ? quad(mask) : prefix(mask, wanted.length);
        if (bits == null) return false;
        for (int i = 0; i < is.length; i++) {
            // libwrap masks both sides for IPv6, but only the address for IPv4: 127.0.0.1/8 matches no address.
            int want = wanted.length == 4 ? wanted[i] : wanted[i] & bits[i];
            if ((is[i] & bits[i]) != want) return false;
        }
        return true;
    }

    private static Optional<InetAddress> literal(String token) {
        String inside = token.replaceFirst("^\\[(.*)]$", "$1");
        if (inside.indexOf(':') < 0 || inside.startsWith("[")) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(inside)); // with a colon it is never looked up
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    private static byte @Nullable [] quad(String text) {
        Matcher matcher = QUAD.matcher(text);
        if (!matcher.matches()) return null;
        var bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int octet = Integer.parseInt(matcher.group(i + 1));
            if (octet > 255) return null;
            bytes[i] = (byte) octet;
        }
        return bytes;
    }

    private static byte @Nullable [] prefix(String text, int length) {
        Matcher matcher = DIGITS.matcher(text);
        int bits = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
        // libwrap matches no address with 0.0.0.0/0, and every address with [::]/0.
        if (bits < (length == 4 ? 1 : 0) || bits > length * 8) return null;
        var mask = new byte[length];
        for (int i = 0; i < bits; i++) mask[i / 8] |= (byte) (0x80 >> (i % 8));
        return mask;
    }
}
