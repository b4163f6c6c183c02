package org.cobnut.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands between clients and a server on loopback, and keeps every byte of both directions. */
final class Tap implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final int server;

    Tap(int server) throws IOException {
        this.server = server;
        Upstream.thread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Everything that went by so far. */
    String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            var behind = new Socket(InetAddress.getLoopbackAddress(), server);
            Upstream.thread(() -> pass(client, behind));
            Upstream.thread(() -> pass(behind, client));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        var buffer = new byte[8192];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (heard) {
                    heard.write(buffer, 0, count);
                }
                out.write(buffer, 0, count);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
