package org.cobnut.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands before a broker, and refuses every MQTT but 3.1.1 as brokers do that know no other: connections of 3.1.1 are the broker's
 * own.
 */
final class OldBroker implements AutoCloseable {
    private static final byte[] UNKNOWN_VERSION = {0x20, 2, 0, 1};
    private static final int KNOWN_VERSION = 4;
    /** Of a CONNECT whose length takes two bytes, as ours does: header, length, "MQTT", version. */
    private static final int HEAD = 10;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Integer> versions = new CopyOnWriteArrayList<>();
    private final int broker;

    OldBroker(int broker) throws IOException {
        this.broker = broker;
        background(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The versions by which clients came, in their order. */
    List<Integer> versions() {
        return versions;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            background(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            byte[] head = client.getInputStream().readNBytes(HEAD);
            // The length takes one byte more when it has its highest bit.
            int version = head[1] < 0 ? head[9] : head[8];
            versions.add(version);
            if (version != KNOWN_VERSION) {
                client.getOutputStream().write(UNKNOWN_VERSION);
                return;
            }
            try (var inside = new Socket(InetAddress.getLoopbackAddress(), broker)) {
                inside.getOutputStream().write(head);
                background(() -> pass(inside.getInputStream(), client.getOutputStream()));
                pass(client.getInputStream(), inside.getOutputStream());
            }
        }
    }

    private static void pass(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[4096];
        for (int count = from.read(bytes); count > 0; count = from.read(bytes)) to.write(bytes, 0, count);
    }

    private interface Task {
        void run() throws IOException;
    }

    private void background(Task task) {
        var thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException ended) {
                if (ended.getMessage() == null) throw new UncheckedIOException(ended);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
