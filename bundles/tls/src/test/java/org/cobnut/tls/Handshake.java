package org.cobnut.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A handshake over loopback between Java's TLS on both ends. */
final class Handshake {
    private Handshake() {}

    /** The protocol agreed on; an IOException is what the client has against the server. */
    static String of(Material server, CertpathTrustManager client, String protocol)
            throws IOException, GeneralSecurityException {
        var here = SSLContext.getInstance("TLS");
        here.init(server.keyManagers(), null, null);
        var there = SSLContext.getInstance("TLS");
        there.init(null, new TrustManager[] {client}, null);
        try (var listening = (SSLServerSocket)
                here.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(30_000);
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listening));
            try (var socket = (SSLSocket)
                    there.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                socket.setSoTimeout(30_000);
                socket.setEnabledProtocols(new String[] {protocol});
                socket.startHandshake();
                if (socket.getInputStream().read() != 'x') throw new IOException("nothing was said");
                return socket.getSession().getProtocol();
            } finally {
                served.join();
            }
        }
    }

    private static void serve(SSLServerSocket listening) {
        try (var socket = listening.accept()) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write('x');
        } catch (IOException refused) {
            return; // the client says why
        }
    }
}
