package org.cobnut.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** Holds our certificate with its chain, and its key. The key may be inside a database of NSS. */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
    /** The signatures by which a key of each kind is tried. */
    private static final List<String> PROOFS = List.of("SHA256withRSA", "SHA256withECDSA", "Ed25519");

    public Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) throw new IllegalArgumentException("no certificate");
    }

    /** Our own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Finds out that the key is the certificate's, by a signature. */
    void prove(String where) throws IOException {
        if (PROOFS.stream().noneMatch(this::proven))
            throw new IOException(where + ": the private key does not belong to the certificate");
    }

    private boolean proven(String proof) {
        PublicKey open = certificate().getPublicKey();
        try {
            Signature signature = Signature.getInstance(proof);
            signature.initSign(key);
            signature.update(new byte[32]);
            byte[] signed = signature.sign();
            Signature check = Signature.getInstance(proof);
            check.initVerify(open);
            check.update(new byte[32]);
            return check.verify(signed);
        } catch (GeneralSecurityException another) {
            return false; // a key of another kind, or another key
        }
    }

    @Override
    public String toString() {
        return "Identity[" + certificate().getSubjectX500Principal() + ']';
    }
}
