package org.cobnut.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares a certificate's names with the names that NUT's files give: those of CERTIDENT and CERTHOST, and those of
 * users. Subjects are compared as structures, addresses as addresses; a text that looks like a subject is nothing else.
 */
public final class CertificateName {
    private static final int DNS = 2;
    private static final int IP = 7;
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern ADDRESS =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    private CertificateName() {}

    /**
     * Tells whether this is a name of the certificate: a host or address among its alternative names, its common name, or the
     * whole subject. Common names of hosts count only where no alternative name of a host is given (RFC 6125).
     */
    public static boolean matches(X509Certificate certificate, String wanted) {
        if (SubjectName.meant(wanted)) return isSubject(certificate, wanted);
        return isHost(certificate, wanted) || hasText(certificate, wanted);
    }

    /**
     * Tells whether this names the certificate as a user's: the same as {@link #matches}, but no name with a star counts, for a
     * certificate of many hosts identifies no single peer.
     */
    public static boolean isUser(X509Certificate certificate, String wanted) {
        if (wanted.indexOf('*') >= 0) return false;
        if (SubjectName.meant(wanted)) return isSubject(certificate, wanted);
        return hasText(certificate, wanted) || hasAddress(certificate, wanted);
    }

    /** Says why no certificate can be a user's by this name, in words for a log; nothing when one can. */
    public static Optional<String> fault(String wanted) {
        if (wanted.indexOf('*') >= 0) return Optional.of("a name with a star is nobody's");
        if (SubjectName.meant(wanted) && SubjectName.parse(wanted).isEmpty())
            return Optional.of("it is no subject such as \"/O=Example/CN=alice\" or \"O=Example,CN=alice\"");
        return Optional.empty();
    }

    /** Tells whether this is the host of the certificate, as a client checks it that was told no other name. */
    public static boolean isHost(X509Certificate certificate, String wanted) {
        if (address(wanted).isPresent() && hasAddress(certificate, wanted)) return true;
        List<String> hosts = alternatives(certificate, DNS);
        if (hosts.isEmpty() && alternatives(certificate, IP).isEmpty())
            hosts = SubjectName.of(certificate).commonName().stream().toList();
        return hosts.stream().anyMatch(host -> host(host, wanted));
    }

    /** The certificate's names for a message. */
    public static String of(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static boolean isSubject(X509Certificate certificate, String wanted) {
        return SubjectName.parse(wanted).filter(SubjectName.of(certificate)::is).isPresent();
    }

    /** Tells whether the common name, or the alternative name of a host, is this text. */
    private static boolean hasText(X509Certificate certificate, String wanted) {
        String lower = SubjectName.lower(wanted);
        return SubjectName.of(certificate)
                        .commonName()
                        .filter(name -> SubjectName.lower(name).equals(lower))
                        .isPresent()
                || alternatives(certificate, DNS).stream()
                        .anyMatch(name -> SubjectName.lower(name).equals(lower));
    }

    private static boolean hasAddress(X509Certificate certificate, String wanted) {
        Optional<InetAddress> address = address(wanted);
        return address.isPresent()
                && alternatives(certificate, IP).stream()
                        .anyMatch(given -> address(given).equals(address));
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

    /** A star stands for one whole label, the first, of a name of three labels or more; never for a part of an address. */
    private static boolean host(String pattern, String host) {
        String given = SubjectName.lower(pattern);
        String wanted = SubjectName.lower(host);
        if (!given.startsWith("*.")) return given.equals(wanted);
        int dot = wanted.indexOf('.');
        return dot > 0
                && address(host).isEmpty()
                && given.indexOf('.', 2) > 0
                && wanted.substring(dot).equals(given.substring(1));
    }

    /** The address that a text writes as a number; nothing is looked up. */
    private static Optional<InetAddress> address(String text) {
        if (!ADDRESS.matcher(text).matches()) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }
}
