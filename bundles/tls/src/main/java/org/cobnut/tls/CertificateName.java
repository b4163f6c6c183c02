package org.cobnut.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whose a certificate is, by the names that CERTIDENT and CERTHOST may use for it. */
public final class CertificateName {
    private static final int DNS = 2;
    private static final int IP = 7;
    private static final Pattern BLANKS = Pattern.compile("\\s*([,=/])\\s*");

    private CertificateName() {}

    /**
     * Whether this is a name of the certificate: a host or address among its alternative names, its common name, or the
     * whole subject as NUT's OpenSSL build takes it (2.8.6). Common names of hosts count only where no alternative name
     * of a host is given (RFC 6125).
     */
    public static boolean matches(X509Certificate certificate, String wanted) {
        List<String> hosts = alternatives(certificate, DNS);
        if (hosts.stream().anyMatch(host -> host(host, wanted))) return true;
        if (alternatives(certificate, IP).stream()
                .anyMatch(address -> address(address).equals(address(wanted)))) return true;
        return subject(certificate).equalsIgnoreCase(tidy(wanted))
                || commonNames(certificate).stream()
                        .anyMatch(name -> name.equalsIgnoreCase(wanted) || (hosts.isEmpty() && host(name, wanted)));
    }

    /** Whether this is the host of the certificate, as a client checks it that was told no other name. */
    public static boolean isHost(X509Certificate certificate, String wanted) {
        List<String> hosts = alternatives(certificate, DNS);
        if (hosts.isEmpty() && alternatives(certificate, IP).isEmpty()) hosts = commonNames(certificate);
        return hosts.stream().anyMatch(host -> host(host, wanted))
                || alternatives(certificate, IP).stream()
                        .anyMatch(address -> address(address).equals(address(wanted)));
    }

    /** The certificate's names for a message. */
    public static String of(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** The subject as NUT writes it in CERTIDENT: attributes in the certificate's order, with commas or slashes. */
    private static String subject(X509Certificate certificate) {
        var names = new ArrayList<String>();
        for (Rdn each : rdns(certificate)) names.add(each.getType() + '=' + each.getValue());
        return tidy(String.join(",", names));
    }

    private static String tidy(String subject) {
        String one = BLANKS.matcher(subject.strip()).replaceAll("$1");
        return one.startsWith("/") ? one.substring(1).replace('/', ',') : one;
    }

    private static List<String> commonNames(X509Certificate certificate) {
        return rdns(certificate).stream()
                .filter(each -> each.getType().equalsIgnoreCase("CN"))
                .map(each -> String.valueOf(each.getValue()))
                .toList();
    }

    private static List<Rdn> rdns(X509Certificate certificate) {
        try {
            // In this order the first is the most general one, as in the certificate.
            return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static List<String> alternatives(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) return List.of();
            return all.stream()
                    .filter(each -> each.get(0).equals(kind))
                    .map(each -> String.valueOf(each.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** A star stands for one whole label, the first, of a name of three labels or more. */
    private static boolean host(String pattern, String host) {
        String given = pattern.toLowerCase(Locale.ROOT);
        String wanted = host.toLowerCase(Locale.ROOT);
        if (!given.startsWith("*.")) return given.equals(wanted);
        int dot = wanted.indexOf('.');
        return dot > 0 && given.indexOf('.', 2) > 0 && wanted.substring(dot).equals(given.substring(1));
    }

    /** An address in one spelling; any other text as it is. */
    private static String address(String text) {
        if (text.indexOf(':') < 0) return text;
        try {
            return InetAddress.getByName(text).getHostAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            return text;
        }
    }
}
