package org.cobnut.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cobnut.tls.CertificateName;
import org.cobnut.tls.CertpathTrustManager;

/** Checks the certificate of one server: refuses it where it must be verified, and records a doubt otherwise. */
final class ServerTrustManager extends X509ExtendedTrustManager {
    private final Address server;
    private final Auth.Tls wish;
    private Optional<CertpathTrustManager> trust = Optional.empty();
    private String doubt = "";

    ServerTrustManager(Address server, Auth.Tls wish) {
        this.server = server;
        this.wish = wish;
    }

    /** The certificates that CERTPATH trusts. */
    void trust(Optional<CertpathTrustManager> authorities) {
        trust = authorities;
    }

    /** Why the identity of the server is not certain; empty when it is. */
    String doubt() {
        return doubt;
    }

    /** Why the server was refused; empty when the handshake failed for another reason. */
    Optional<String> verdict() {
        return Optional.of(doubt).filter(said -> wish.verified() && !said.isEmpty());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        try {
            trust.orElseThrow(() -> new CertificateException("its certificate is not verified: there is no CERTPATH"))
                    .checkServerTrusted(chain, kind);
            checkName(chain[0]);
        } catch (CertificateException against) {
            doubt = reason(against, chain[0]);
            if (wish.verified()) throw against;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        checkServerTrusted(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
        throw new IllegalStateException("we are the client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
        checkClientTrusted(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        checkClientTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.map(CertpathTrustManager::getAcceptedIssuers).orElseGet(() -> new X509Certificate[0]);
    }

    private void checkName(X509Certificate certificate) throws CertificateException {
        Optional<String> told = wish.certHost().filter(name -> !name.isEmpty());
        boolean right = told.map(name -> CertificateName.matches(certificate, name))
                .orElseGet(() -> CertificateName.isHost(certificate, server.host()));
        if (!right)
            throw new CertificateException("its certificate is of " + CertificateName.of(certificate) + ", not of "
                    + told.orElse(server.host()));
    }

    private static String reason(CertificateException against, X509Certificate certificate) {
        for (Throwable cause = against; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException)
                return "its certificate, or one above it, is out of time: it is for " + days(certificate);
        }
        String message = String.valueOf(against.getMessage());
        return message.startsWith("PKIX")
                ? "no authority of CERTPATH vouches for " + CertificateName.of(certificate)
                : message;
    }

    private static String days(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
    }
}
