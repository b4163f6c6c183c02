package org.cobnut.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cobnut.wire.ErrorText;

/**
 * The certificates of an NSS database that certutil marked as authorities ({@code -t "CT,,"}), and the revocation lists
 * that crlutil put there. SunPKCS11 shows only certificates with a key, so these are read from the file: it takes no
 * password, and neither does NSS for them.
 */
final class NssTrust {
    private static final long MOST_BYTES = 64 << 20;

    // PKCS #11 and NSS's additions to it (pkcs11n.h), as cert9.db names its columns and writes values.
    private static final String CLASS = "a0";
    private static final String VALUE = "a11";
    private static final String SHA1 = "ace5363b4";
    private static final String CERTIFICATE = "00000001";
    private static final String REVOCATIONS = "ce534351";
    private static final String TRUST = "ce534353";
    private static final String TRUSTED_DELEGATOR = "ce534352";

    private NssTrust() {}

    static TrustedCertificates read(Path database, PeerRole role) throws IOException {
        Path file = database.resolve("cert9.db");
        try {
            if (Files.size(file) > MOST_BYTES) throw new IOException("too large");
            return trusted(SqliteTable.read(Files.readAllBytes(file), "nssPublic"), role);
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(file + ": the NSS database cannot be read: " + ErrorText.of(e), e);
        }
    }

    private static TrustedCertificates trusted(List<Map<String, byte[]>> objects, PeerRole role)
            throws GeneralSecurityException {
        var marks = new HashMap<String, String>();
        for (Map<String, byte[]> each : objects)
            if (hex(each, CLASS).equals(TRUST)) marks.put(hex(each, SHA1), hex(each, role.mark()));
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<X509Certificate>();
        var lists = new ArrayList<X509CRL>();
        for (Map<String, byte[]> each : objects) {
            byte[] der = each.get(VALUE);
            String kind = hex(each, CLASS);
            if (der != null && kind.equals(REVOCATIONS))
                lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(der)));
            if (der == null || !kind.equals(CERTIFICATE)) continue;
            String print =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(der));
            if (marks.getOrDefault(print, "").equals(TRUSTED_DELEGATOR))
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return new TrustedCertificates(certificates, lists);
    }

    private static String hex(Map<String, byte[]> object, String column) {
        byte[] value = object.get(column);
        return value == null ? "" : HexFormat.of().formatHex(value);
    }
}
