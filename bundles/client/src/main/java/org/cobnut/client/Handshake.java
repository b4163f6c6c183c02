package org.cobnut.client;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.cobnut.tls.Material;
import org.cobnut.tls.PeerRole;
import org.cobnut.tls.TlsFiles;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Request;

/** The client side of STARTTLS, as upsmon.conf(5) and nutauth.conf(5) configure it. */
final class Handshake {
    private static final long SECONDS = 10;
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*");

    private final Address server;
    private final Auth.Tls wish;

    /** Reads the files, so that a bad one shows before the connection is opened. */
    Handshake(Address server, Auth.Tls wish) throws SSLException {
        this.server = server;
        this.wish = wish;
        if (wish.verified() && wish.certPath().isEmpty())
            throw new SSLException("CERTVERIFY needs a CERTPATH with the authorities to trust");
        if (wish.certIdentName().filter(name -> !name.isEmpty()).isPresent()
                && wish.certFile().isEmpty()
                && !files().nss()) throw new SSLException("CERTIDENT needs a CERTFILE");
        String backend = wish.sslBackend().orElse("");
        if (!backend.isEmpty() && wish.certPath().isPresent() && backend.equalsIgnoreCase("nss") != files().nss())
            throw new SSLException("SSLBACKEND " + backend + " cannot use the CERTPATH "
                    + wish.certPath().get());
    }

    /** Sends STARTTLS and does the handshake; empty when the server has no TLS and none is demanded. */
    Optional<TlsLayer> shake(Connection connection, TimedSocket socket, LineSocket lines) throws IOException {
        try {
            connection.ok(new Request.StartTls());
        } catch (NutException refused) {
            if (wish.forced()) throw new SSLException("SSL is not available: the server said " + refused.getMessage());
            if (wish.verified())
                throw new SSLException("no certificate to verify: the server said " + refused.getMessage());
            return Optional.empty();
        }
        // It would count as a reply under TLS, but anyone on the network can have sent it.
        if (lines.pending()) throw new SSLException("the server sent more than its OK before the handshake");
        var judge = new ServerTrustManager(server, wish);
        SSLSocket layer = layer(judge, socket);
        lines.over(layer);
        probe(connection);
        return Optional.of(new TlsLayer(layer.getSession().getProtocol(), judge.doubt()));
    }

    private SSLSocket layer(ServerTrustManager judge, TimedSocket socket) throws IOException {
        Material material = material();
        judge.trust(material.trust());
        socket.deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS));
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(material.keyManagers(), new TrustManager[] {judge}, null);
            var layer = (SSLSocket) context.getSocketFactory().createSocket(socket, server.host(), server.port(), true);
            layer.setEnabledProtocols(material.protocols().toArray(String[]::new));
            layer.startHandshake();
            return layer;
        } catch (GeneralSecurityException none) {
            throw new SSLException("TLS cannot be set up: " + ErrorText.of(none), none);
        } catch (IOException failed) {
            // A server that says why does so by TLS; one that goes may have been writing that when we still wrote.
            String why = failed instanceof SocketException ? ended(failed) : ErrorText.of(failed);
            throw new SSLException("TLS handshake failed: " + judge.verdict().orElse(why), failed);
        }
    }

    private Material material() throws SSLException {
        try {
            return Material.load(files(), PeerRole.SERVERS);
        } catch (IOException wrong) {
            throw new SSLException(ErrorText.withFile(wrong), wrong);
        }
    }

    /** Explains a first reply that fails: with TLS 1.3 a server checks our certificate after the handshake. */
    private static void probe(Connection connection) throws IOException {
        String version;
        try {
            version = version(connection);
        } catch (NutException answer) {
            throw answer;
        } catch (IOException gone) {
            throw new SSLException(ended(gone), gone);
        }
        if (!VERSION.matcher(version).matches()) throw new SSLException("behind the handshake there is no NUT server");
    }

    private static String ended(IOException gone) {
        return "the server ended TLS (" + ErrorText.of(gone)
                + "); it may refuse our certificate, or want one (CERTFILE)";
    }

    private static String version(Connection connection) throws IOException {
        try {
            return connection.protocol();
        } catch (NutException old) {
            if (!old.is(ErrorCode.UNKNOWN_COMMAND)) throw old;
            return String.join(" ", connection.item(new Request.About(Request.About.Topic.NETVER)));
        }
    }

    private TlsFiles files() {
        return new TlsFiles(
                wish.certFile().map(Path::of),
                wish.certPath().map(Path::of),
                wish.certIdentName().orElse(""),
                wish.certIdentPass().orElse(""));
    }
}
