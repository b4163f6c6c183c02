package org.cobnut.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.wire.ErrorText;

/**
 * The blocks of a file in PEM (RFC 7468, and RFC 1421 where a key is encrypted in the old way). What stands outside of
 * blocks is left aside, as OpenSSL does.
 *
 * @param file where it was read, for messages
 */
record Pem(Path file, List<Block> blocks) {
    private static final long MOST_BYTES = 4 << 20;
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** One block: its label, its headers by their names, and what it holds, in base64. */
    record Block(String label, Map<String, String> headers, String base64) {
        byte[] content() {
            return Base64.getDecoder().decode(base64);
        }

        @Override
        public String toString() {
            return "Block[" + label + ']'; // never a key
        }
    }

    Pem {
        blocks = List.copyOf(blocks);
    }

    static Pem read(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) throw new IOException(file + ": too large to be a file in PEM");
            return new Pem(file, blocks(file, Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (FileSystemException e) {
            throw new IOException(file + ": " + ErrorText.of(e), e);
        }
    }

    /** All certificates, in their order. */
    List<X509Certificate> certificates() throws IOException {
        var all = new ArrayList<X509Certificate>();
        for (Block block : blocks)
            if (block.label.endsWith("CERTIFICATE") && !block.label.startsWith("ATTRIBUTE"))
                try {
                    all.add((X509Certificate) factory().generateCertificate(new ByteArrayInputStream(block.content())));
                } catch (CertificateException e) {
                    throw new IOException(file + ": a certificate cannot be read: " + ErrorText.of(e), e);
                }
        return all;
    }

    /** All lists of revoked certificates. */
    List<X509CRL> crls() throws IOException {
        var all = new ArrayList<X509CRL>();
        for (Block block : blocks)
            if (block.label.equals("X509 CRL"))
                try {
                    all.add((X509CRL) factory().generateCRL(new ByteArrayInputStream(block.content())));
                } catch (CRLException e) {
                    throw new IOException(file + ": a revocation list cannot be read: " + ErrorText.of(e), e);
                }
        return all;
    }

    /** The first private key; the password is of an encrypted one. */
    Optional<PrivateKey> key(String password) throws IOException {
        for (Block block : blocks)
            if (block.label.endsWith("PRIVATE KEY"))
                try {
                    return Optional.of(PrivateKeys.of(block, password));
                } catch (IOException e) {
                    throw new IOException(file + ": " + e.getMessage(), e);
                }
        return Optional.empty();
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException impossible) {
            throw new AssertionError(impossible); // every Java has it
        }
    }

    private static List<Block> blocks(Path file, String text) throws IOException {
        var all = new ArrayList<Block>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int at = 0; at < lines.size(); at++) {
            String head = lines.get(at);
            if (!head.startsWith(BEGIN) || !head.endsWith(DASHES)) continue;
            String label = head.substring(BEGIN.length(), head.length() - DASHES.length());
            int end = at + 1;
            while (end < lines.size() && !lines.get(end).equals("-----END " + label + DASHES)) end++;
            if (end == lines.size()) throw new IOException(file + ": line " + (at + 1) + ": " + label + " has no end");
            all.add(block(file, label, lines.subList(at + 1, end)));
            at = end;
        }
        return all;
    }

    private static Block block(Path file, String label, List<String> lines) throws IOException {
        var headers = new HashMap<String, String>();
        var base64 = new StringBuilder();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0)
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            else base64.append(line);
        }
        try {
            var block = new Block(label, Map.copyOf(headers), base64.toString());
            block.content(); // an error is told here, with the file's name
            return block;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + label + " is not in base64", e);
        }
    }
}
