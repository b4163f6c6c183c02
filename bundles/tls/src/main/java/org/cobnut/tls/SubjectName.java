package org.cobnut.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The subject of a certificate as a structure: its relative names (RDN) in the certificate's order, each with its
 * attributes in no order. Two subjects are equal when the structures are, whatever their text forms look like. ASCII
 * letters compare without regard to case; no other character equals another one.
 */
record SubjectName(List<List<SubjectName.Part>> names) {
    /** An attribute of a relative name, by its usual short name, or by its number when it has none. */
    record Part(String type, String value) {}

    private static final String COMMON_NAME = "CN";

    /** Attribute types that have names, as OpenSSL and RFC 4514 call them. */
    private static final Map<String, String> BY_NUMBER = Map.ofEntries(
            Map.entry("2.5.4.3", COMMON_NAME),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "SERIALNUMBER"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "STREET"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "TITLE"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "INITIALS"),
            Map.entry("2.5.4.46", "DNQUALIFIER"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "EMAILADDRESS"));

    private static final Map<String, String> OTHER_NAMES =
            Map.of("COMMONNAME", COMMON_NAME, "S", "ST", "SURNAME", "SN", "GIVENNAME", "GN", "E", "EMAILADDRESS");

    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+");

    SubjectName {
        names = names.stream().map(List::copyOf).toList();
    }

    /** The subject of this certificate; without names if it cannot be read. */
    static SubjectName of(X509Certificate certificate) {
        String text = certificate.getSubjectX500Principal().getName("RFC2253", BY_NUMBER);
        return ldap(text, false).orElse(new SubjectName(List.of()));
    }

    /** Tells whether a text of NUT's files means a subject, well formed or not; any other means one name. */
    static boolean meant(String text) {
        return text.startsWith("/") || text.indexOf('=') >= 0;
    }

    /**
     * Reads a subject as OpenSSL prints it, in the certificate's order: {@code /O=Example/CN=alice}, in which a backslash
     * takes a slash or plus as it is; or the same with commas and the escapes of RFC 4514. Nothing if it is neither.
     */
    static Optional<SubjectName> parse(String text) {
        Optional<SubjectName> read = text.startsWith("/") ? slashes(text.substring(1)) : ldap(text, true);
        return read.filter(subject -> !subject.names().isEmpty());
    }

    /** The common name, if there is one and no other. */
    Optional<String> commonName() {
        List<String> all = names.stream()
                .flatMap(List::stream)
                .filter(part -> part.type().equals(COMMON_NAME))
                .map(Part::value)
                .toList();
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Tells whether the structures are equal. */
    boolean is(SubjectName other) {
        return folded().equals(other.folded());
    }

    private List<List<String>> folded() {
        return names.stream()
                .map(parts -> parts.stream()
                        .map(part -> part.type() + '=' + lower(part.value()))
                        .sorted()
                        .toList())
                .toList();
    }

    /** Lowers ASCII letters only: the rules of Unicode make a Kelvin sign equal to a K. */
    static String lower(String text) {
        return text.chars()
                .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Optional<SubjectName> slashes(String text) {
        var names = new ArrayList<List<Part>>();
        for (String name : split(text, '/')) {
            var parts = new ArrayList<Part>();
            for (String part : split(name, '+'))
                parts.add(new Part(
                        type(part.substring(0, part.indexOf('='))), plain(part.substring(part.indexOf('=') + 1))));
            names.add(parts);
        }
        boolean whole = names.stream().flatMap(List::stream).allMatch(part -> TYPE.matcher(part.type())
                .matches());
        return whole ? Optional.of(new SubjectName(names)) : Optional.empty();
    }

    /** Splits where an attribute follows the separator; elsewhere it belongs to the value, as in a name of a service. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') i++;
            else if (text.charAt(i) == separator && attribute(text.substring(i + 1))) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return attribute(text) ? parts : List.of("=");
    }

    private static boolean attribute(String text) {
        int equals = text.indexOf('=');
        return equals > 0 && TYPE.matcher(text.substring(0, equals).strip()).matches();
    }

    private static String plain(String value) {
        var plain = new StringBuilder();
        String stripped = value.strip();
        for (int i = 0; i < stripped.length(); i++) {
            if (stripped.charAt(i) == '\\' && i + 1 < stripped.length()) i++;
            plain.append(stripped.charAt(i));
        }
        return plain.toString();
    }

    /** Reads the comma form; a certificate's is written from its end. */
    private static Optional<SubjectName> ldap(String text, boolean fromTheFirst) {
        try {
            var names = new ArrayList<List<Part>>();
            for (Rdn rdn : new LdapName(text).getRdns()) names.add(parts(rdn));
            if (fromTheFirst) Collections.reverse(names);
            return Optional.of(new SubjectName(names));
        } catch (InvalidNameException malformed) {
            return Optional.empty();
        }
    }

    private static List<Part> parts(Rdn rdn) {
        return Stream.iterate(rdn.toAttributes().getAll(), NamingEnumeration::hasMoreElements, all -> all)
                .map(NamingEnumeration::nextElement)
                .flatMap(attribute -> values(attribute).stream())
                .toList();
    }

    private static List<Part> values(Attribute attribute) {
        try {
            var parts = new ArrayList<Part>();
            for (Object value : Collections.list(attribute.getAll())) {
                String type = type(attribute.getID());
                parts.add(
                        value instanceof byte[] bytes
                                ? new Part(type + '#', HexFormat.of().formatHex(bytes)) // equal to no text
                                : new Part(type, String.valueOf(value)));
            }
            return parts;
        } catch (NamingException impossible) {
            throw new AssertionError(impossible); // the values are in memory
        }
    }

    private static String type(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        return BY_NUMBER.getOrDefault(upper, OTHER_NAMES.getOrDefault(upper, upper));
    }
}
