package org.cobnut.upsd.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cobnut.tls.Material;
import org.cobnut.tls.PeerRole;
import org.cobnut.tls.TlsFiles;

/** A client that begins in clear and changes to TLS on request, with a bound on every wait; it trusts every server. */
final class TlsTestClient implements AutoCloseable {
    private final int port;
    private Socket socket;

    TlsTestClient(int port) throws IOException {
        this.port = port;
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
    }

    /** STARTTLS with the chain and key of a file in PEM, or with none. */
    TlsTestClient secure(Optional<Path> own) throws Exception {
        return secure(own, "TLSv1.3", "TLSv1.2");
    }

    /** The same, in one of these versions of TLS. */
    TlsTestClient secure(Optional<Path> own, String... protocols) throws Exception {
        assertThat(ask("STARTTLS")).isEqualTo("OK STARTTLS");
        return shake(own, protocols);
    }

    /** The handshake alone. */
    TlsTestClient shake(Optional<Path> own, String... protocols) throws Exception {
        KeyManager[] keys = own.isEmpty()
                ? new KeyManager[0]
                : Material.load(new TlsFiles(own, Optional.empty(), "", ""), PeerRole.SERVERS)
                        .keyManagers();
        var context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Anybody()}, null);
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
        tls.setEnabledProtocols(protocols);
        tls.startHandshake();
        socket = tls;
        return this;
    }

    String protocol() {
        return ((SSLSocket) socket).getSession().getProtocol();
    }

    /** Whose certificate the server showed. */
    String server() throws IOException {
        var shown = ((SSLSocket) socket).getSession().getPeerCertificates()[0];
        return ((X509Certificate) shown).getSubjectX500Principal().getName();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All that comes until the server ends the connection. */
    String rest() throws IOException {
        var rest = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(rest);
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** The replies to all of these lines, one behind the other. */
    String ask(String... lines) throws IOException {
        var replies = new StringBuilder();
        for (String line : lines) {
            send(line + '\n');
            replies.append(replies.isEmpty() ? "" : "|").append(line());
        }
        return replies.toString();
    }

    Socket socket() {
        return socket;
    }

    /** Byte by byte, for what follows may be a handshake. */
    String line() throws IOException {
        var line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new IOException("the connection ended");
            line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Trusts every server. */
    static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
