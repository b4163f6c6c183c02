package org.cobnut.deploy.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Loads the trusted certificates from a directory: a vendor's own, or that of the authority which issued it. Reads them
 * again for every jar, so a new file adds a vendor and a removed file takes it away. Accepts a certificate that has
 * expired since the jar was signed: a machine must start after a power failure at any date. A file {@code revoked} in the
 * directory names certificates and jars that are trusted no more.
 */
public final class TrustedSigners {
    private final Path directory;
    private final Consumer<String> problems;

    /** Those of a directory; what cannot be read there is told to {@code problems}. */
    public TrustedSigners(Path directory, Consumer<String> problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /**
     * Checks the signatures of a jar's bytes: returns why none of them is trusted, as the end of a sentence; empty for a trusted jar.
     * The jar is within {@link JarBounds}.
     */
    public Optional<String> objection(Path jar) throws IOException {
        RevocationList revoked = revoked();
        Optional<String> reason = revoked.empty() ? Optional.empty() : revoked.reason(JarSignature.digest(jar));
        if (reason.isPresent()) return Optional.of("it is revoked: " + reason.get());
        try {
            return objection(JarSignature.of(jar));
        } catch (SecurityException forged) {
            return Optional.of("it is not what was signed (" + forged.getMessage() + ")");
        }
    }

    /**
     * Says why a jar must not run whether or not signatures are required: it, or who signed it, is named in the file
     * {@code revoked} of the directory. The end of a sentence; empty for any other.
     *
     * @param digest the SHA-256 of its bytes, in hexadecimal digits
     */
    public Optional<String> revoked(String digest, JarSignature signature) throws IOException {
        RevocationList revoked = revoked();
        Optional<String> reason = revoked.reason(digest).map(why -> "it is revoked: " + why);
        if (reason.isPresent() || signature.signers().isEmpty()) return reason;
        if (signature.signers().stream()
                .anyMatch(signer -> revoked.reason(signer).isEmpty())) return Optional.empty();
        return revoked.reason(signature.signers().get(0));
    }

    /** Tells whether no jar and no certificate is revoked. */
    public boolean revokesNone() throws IOException {
        return revoked().empty();
    }

    private RevocationList revoked() throws IOException {
        return RevocationList.in(directory, problems);
    }

    /** The same of a signature that was read already; jars that are revoked by themselves are not known to it. */
    public Optional<String> objection(JarSignature signature) throws IOException {
        if (!signature.bare().isEmpty())
            return Optional.of("it is signed in part only: " + signature.bare() + " is not");
        if (signature.signers().isEmpty()) return Optional.of("it is not signed");
        Set<X509Certificate> known = known();
        RevocationList revoked = revoked();
        List<CertPath> standing = signature.signers().stream()
                .filter(signer -> revoked.reason(signer).isEmpty())
                .toList();
        if (standing.stream().anyMatch(signer -> trusted(signer, known))) return Optional.empty();
        if (standing.isEmpty()) return revoked.reason(signature.signers().get(0));
        String names = signature.signers().stream().map(TrustedSigners::name).collect(Collectors.joining(" and "));
        return Optional.of("it is signed by " + names + ", of whom there is no certificate in " + directory);
    }

    private Set<X509Certificate> known() {
        var known = new HashSet<X509Certificate>();
        if (planted(directory)) return known;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{pem,crt,cer}")) {
            for (Path file : files) read(file, known);
        } catch (NoSuchFileException none) {
            return known;
        } catch (IOException e) {
            problems.accept("%s: cannot be read: %s".formatted(directory, e));
        }
        return known;
    }

    /** Whether anybody could have put it there: then it vouches for nobody. */
    private boolean planted(Path path) {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        try {
            if (view == null || !view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE))
                return false;
            problems.accept(path + ": anybody may write to it, so that nothing in it is trusted; chmod o-w it");
            return true;
        } catch (IOException unreadable) {
            return false; // whoever reads it says so
        }
    }

    private void read(Path file, Set<X509Certificate> into) {
        if (planted(file)) return;
        try (InputStream input = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(input))
                if (each instanceof X509Certificate certificate) into.add(certificate);
        } catch (IOException | GeneralSecurityException e) {
            problems.accept("%s: no certificate can be read from it: %s".formatted(file, e.getMessage()));
        }
    }

    private static boolean trusted(CertPath signer, Set<X509Certificate> known) {
        if (!(signer.getCertificates().get(0) instanceof X509Certificate own)) return false;
        if (known.contains(own)) return true;
        if (known.isEmpty()) return false;
        try {
            var anchors = known.stream()
                    .map(certificate -> new TrustAnchor(certificate, null))
                    .collect(Collectors.toSet());
            var rules = new PKIXParameters(anchors);
            rules.setRevocationEnabled(false);
            rules.setDate(own.getNotBefore());
            CertPathValidator.getInstance("PKIX").validate(withoutAnchors(signer, known), rules);
            return true;
        } catch (GeneralSecurityException stranger) {
            return false;
        }
    }

    /** PKIX wants the path without its anchor; jarsigner puts it in. */
    private static CertPath withoutAnchors(CertPath path, Set<X509Certificate> known) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertPath(path.getCertificates().stream()
                        .filter(certificate -> !(certificate instanceof X509Certificate x509 && known.contains(x509)))
                        .toList());
    }

    private static String name(CertPath signer) {
        return signer.getCertificates().get(0) instanceof X509Certificate own
                ? own.getSubjectX500Principal().getName()
                : "somebody";
    }
}
