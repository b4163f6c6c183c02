package org.cobnut.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.cobnut.wire.ErrorText;

/**
 * What the files of {@link TlsFiles} hold, read once.
 *
 * @param nss whether the key lives in a database of NSS, so that only Java's own TLS can use it
 */
public record Material(Optional<Identity> identity, Optional<CertpathTrustManager> trust, boolean nss) {
    /**
     * Reads all of it; blocks on files only.
     *
     * @throws IOException that names the file and says what is wrong with it; it quotes no secret
     */
    public static Material load(TlsFiles files, PeerRole role) throws IOException {
        try {
            return files.nss() ? nss(files, files.certpath().orElseThrow(), role) : pem(files);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + ErrorText.of(e), e);
        }
    }

    /** What a {@link javax.net.ssl.SSLContext} takes: our key, or none. */
    public KeyManager[] keyManagers() {
        return identity.map(own -> new KeyManager[] {new SingleKeyManager(own)}).orElseGet(() -> new KeyManager[0]);
    }

    /** The same as one, for those who have a key. */
    public X509ExtendedKeyManager keyManager() {
        return new SingleKeyManager(identity.orElseThrow());
    }

    /** Java can sign TLS 1.3's handshake with an RSA key of its own, but not with one that NSS keeps. */
    public List<String> protocols() {
        boolean rsa = identity.map(own -> own.certificate().getPublicKey().getAlgorithm())
                .filter("RSA"::equals)
                .isPresent();
        return nss && rsa ? List.of("TLSv1.2") : List.of("TLSv1.3", "TLSv1.2");
    }

    private static Material pem(TlsFiles files) throws IOException, GeneralSecurityException {
        Optional<Identity> identity = Optional.empty();
        if (files.certfile().isPresent())
            identity = Optional.of(identity(files.certfile().get(), files));
        Optional<CertpathTrustManager> trust = Optional.empty();
        if (files.certpath().isPresent())
            trust = TrustedCertificates.read(files.certpath().get()).trust();
        return new Material(identity, trust, false);
    }

    private static Identity identity(Path file, TlsFiles files) throws IOException {
        Pem pem = Pem.read(file);
        List<X509Certificate> chain = pem.certificates();
        if (chain.isEmpty()) throw new IOException(file + ": no certificate in it");
        PrivateKey key = pem.key(files.password()).orElseThrow(() -> new IOException(file + ": no private key in it"));
        var identity = new Identity(chain, key);
        identity.prove(file.toString());
        String wanted = files.name();
        if (!wanted.isEmpty() && !CertificateName.matches(identity.certificate(), wanted))
            throw new IOException(file + ": the certificate is of " + CertificateName.of(identity.certificate())
                    + ", not of \"" + wanted + "\" as CERTIDENT wants");
        return identity;
    }

    private static Material nss(TlsFiles files, Path database, PeerRole role)
            throws IOException, GeneralSecurityException {
        Optional<Identity> identity = Optional.empty();
        if (!files.name().isEmpty())
            identity = Optional.of(NssDatabase.identity(database, files.name(), files.password()));
        return new Material(identity, NssTrust.read(database, role).trust(), true);
    }
}
