package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.cobnut.tls.Judged;
import org.cobnut.tls.Material;
import org.cobnut.tls.TlsFiles;

/** A client that is in clear until it is told to go on in TLS, with a bound on every wait; it trusts every server. */
final class Shaken implements AutoCloseable {
    private final int port;
    private Socket socket;

    Shaken(int port) throws IOException {
        this.port = port;
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
    }

    /** STARTTLS with the chain and key of a file in PEM, or with none. */
    Shaken secure(Optional<Path> own) throws Exception {
        assertThat(ask("STARTTLS")).isEqualTo("OK STARTTLS");
        KeyManager[] keys = own.isEmpty()
                ? new KeyManager[0]
                : Material.load(new TlsFiles(own, Optional.empty(), "", ""), Judged.SERVERS)
                        .keyManagers();
        var context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Anybody()}, null);
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
        tls.startHandshake();
        socket = tls;
        return this;
    }

    /** The replies to all of these lines, one behind the other. */
    String ask(String... lines) throws IOException {
        var replies = new StringBuilder();
        for (String line : lines) {
            socket.getOutputStream().write((line + '\n').getBytes(StandardCharsets.ISO_8859_1));
            replies.append(replies.isEmpty() ? "" : "|").append(line());
        }
        return replies.toString();
    }

    Socket socket() {
        return socket;
    }

    /** Byte by byte, for what follows may be a handshake. */
    private String line() throws IOException {
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
