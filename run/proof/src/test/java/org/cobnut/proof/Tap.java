package org.cobnut.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands between clients and a server on loopback, and keeps every byte of both directions. It can say STARTTLS for
 * clients that know nothing but TLS.
 */
final class Tap implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final int server;
    private final boolean starts;

    Tap(int server) throws IOException {
        this(server, false);
    }

    Tap(int server, boolean starts) throws IOException {
        this.server = server;
        this.starts = starts;
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
            if (starts) start(behind);
            Upstream.thread(() -> pass(client, behind));
            Upstream.thread(() -> pass(behind, client));
        }
    }

    private static void start(Socket behind) throws IOException {
        behind.getOutputStream().write("STARTTLS\n".getBytes(StandardCharsets.US_ASCII));
        String answer = new String(behind.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        if (!answer.equals("OK STARTTLS\n")) throw new IOException(answer);
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
