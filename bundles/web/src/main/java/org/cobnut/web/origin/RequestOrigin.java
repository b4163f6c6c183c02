package org.cobnut.web.origin;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds what a request says of its sender and its origin. A browser adds the password to any request for the console,
 * even to one that another site made it send; so the origin is checked too.
 *
 * @param encrypted whether it came over TLS, and so not over the loopback interface only
 * @param host the Host header; empty when there is none
 * @param origin the Origin header (RFC 6454)
 * @param site the Sec-Fetch-Site header (Fetch Metadata)
 * @param authorization the Authorization header
 */
public record RequestOrigin(
        String method,
        boolean encrypted,
        String host,
        Optional<String> origin,
        Optional<String> site,
        Optional<String> authorization) {
    /** What the headers of a request say. */
    public static RequestOrigin of(HttpServletRequest request) {
        return new RequestOrigin(
                request.getMethod(),
                request.isSecure(),
                header(request, "Host").orElse(""),
                header(request, "Origin"),
                header(request, "Sec-Fetch-Site"),
                header(request, "Authorization"));
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** A name and a password, as HTTP's Basic scheme carries them. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> HOME = Set.of("same-origin", "none");
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    private static final Pattern BASIC = Pattern.compile("(?i)basic +([A-Za-z0-9+/=]+) *");

    /**
     * Tells whether the request names this machine; another name is a foreign DNS entry that points here. Over TLS the browser
     * has compared the name with the certificate.
     */
    public boolean local() {
        return encrypted || LOOPBACK.matcher(host).matches();
    }

    /** Tells whether it changes nothing, or does not come from another site's page. */
    public boolean ownWish() {
        if (HARMLESS.contains(method)) return true;
        boolean ours = origin.map(from -> from.equals("http://" + host) || from.equals("https://" + host))
                .orElse(true);
        return ours && site.map(HOME::contains).orElse(true);
    }

    /** Empty when none are given, or none that can be read. */
    public Optional<Credentials> credentials() {
        var basic = BASIC.matcher(authorization.orElse(""));
        if (!basic.matches()) {
            return Optional.empty();
        }
        try {
            var pair = new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without the header that holds the password. */
    @Override
    public String toString() {
        return printable(method + " to " + host + " from " + origin.orElse("nowhere"));
    }

    /** The text as one line of a log, in which nothing looks like the end of a value. */
    public static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\"\\\\\u2028\u2029]", "?");
    }
}
