package org.cobnut.link.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A program that listens on a loopback address; the test speaks for it on the first connection. */
final class Peer implements AutoCloseable {
    private static final int WAIT_MILLIS = 5000;

    private final ServerSocket listener;
    private @Nullable Socket accepted;

    Peer() throws IOException {
        this(InetAddress.getByName("127.0.0.1"));
    }

    Peer(InetAddress address) throws IOException {
        listener = new ServerSocket();
        listener.setSoTimeout(WAIT_MILLIS);
        listener.bind(new InetSocketAddress(address, 0));
    }

    int number() {
        return listener.getLocalPort();
    }

    String port() {
        return "tcp:127.0.0.1:" + number();
    }

    /** The other end; accepted when it is wanted, for until then it takes no descriptor. */
    Socket socket() throws IOException {
        Socket known = accepted;
        if (known == null) accepted = known = listener.accept();
        return known;
    }

    void send(String text) throws IOException {
        socket().getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        try {
            listener.close();
            if (accepted != null) accepted.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
