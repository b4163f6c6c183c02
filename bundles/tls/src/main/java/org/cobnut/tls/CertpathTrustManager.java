package org.cobnut.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts the certificates that CERTPATH trusts. Where CERTPATH holds the revocation list of an issuer, that issuer's
 * certificates are checked against it, and an expired list accepts none of them: an attacker who blocks its renewal
 * could otherwise use a revoked certificate.
 */
public final class CertpathTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager chains;
    private final List<X509Certificate> anchors;
    private final List<X509CRL> lists;

    CertpathTrustManager(List<X509Certificate> anchors, List<X509CRL> lists) throws GeneralSecurityException {
        this.anchors = List.copyOf(anchors);
        this.lists = List.copyOf(lists);
        Set<TrustAnchor> trusted = new HashSet<>();
        for (X509Certificate each : anchors) trusted.add(new TrustAnchor(each, null));
        var parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
        parameters.setRevocationEnabled(false); // that is asked below, where a missing list is no obstacle
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        this.chains = extended(factory.getTrustManagers());
    }

    private static X509ExtendedTrustManager extended(TrustManager[] all) {
        for (TrustManager each : all) if (each instanceof X509ExtendedTrustManager extended) return extended;
        throw new IllegalStateException("PKIX has no extended trust manager");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        chains.checkClientTrusted(chain, kind);
        checkLists(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        chains.checkClientTrusted(chain, kind, socket);
        checkLists(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        chains.checkClientTrusted(chain, kind, engine);
        checkLists(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        chains.checkServerTrusted(chain, kind);
        checkLists(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        chains.checkServerTrusted(chain, kind, socket);
        checkLists(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        chains.checkServerTrusted(chain, kind, engine);
        checkLists(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors.toArray(X509Certificate[]::new);
    }

    private void checkLists(X509Certificate[] chain) throws CertificateException {
        for (X509Certificate certificate : chain)
            for (X509CRL list : lists)
                if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()) && signed(list, chain))
                    check(certificate, list);
    }

    private static void check(X509Certificate certificate, X509CRL list) throws CertificateException {
        if (list.isRevoked(certificate))
            throw new CertificateException("certificate revoked: " + CertificateName.of(certificate));
        Date until = list.getNextUpdate();
        if (until != null && until.toInstant().isBefore(Instant.now()))
            throw new CertificateException(
                    "the revocation list of " + list.getIssuerX500Principal() + " ended on " + until.toInstant());
    }

    /** Tells whether the issuer made the list: it stands in the chain or among the trusted. */
    private boolean signed(X509CRL list, X509Certificate[] chain) {
        return anchors.stream().anyMatch(each -> signed(list, each))
                || List.of(chain).stream().anyMatch(each -> signed(list, each));
    }

    private static boolean signed(X509CRL list, X509Certificate by) {
        if (!by.getSubjectX500Principal().equals(list.getIssuerX500Principal())) return false;
        try {
            list.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }
}
