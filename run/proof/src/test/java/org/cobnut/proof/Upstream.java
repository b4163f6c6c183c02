package org.cobnut.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small server with one UPS called up, for a repeater to repeat until it is closed. */
final class Upstream implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Upstream() throws IOException {
        thread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            open.add(client);
            thread(() -> serve(client));
        }
    }

    private static void serve(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine())
            client.getOutputStream().write(answer(line).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String answer(String line) {
        if (line.startsWith("LIST VAR up"))
            return "BEGIN LIST VAR up\nVAR up battery.charge \"77\"\nVAR up ups.status \"OL\"\nEND LIST VAR up\n";
        if (line.startsWith("LIST ")) return "BEGIN " + line + "\nEND " + line + '\n';
        if (line.startsWith("GET VAR up ups.status")) return "VAR up ups.status \"OL\"\n";
        if (line.startsWith("LOGOUT")) return "OK Goodbye\n";
        return line.startsWith("STARTTLS") ? "ERR FEATURE-NOT-CONFIGURED\n" : "ERR VAR-NOT-SUPPORTED\n";
    }

    /** What one thread does until its connection ends. */
    interface Work {
        void run() throws IOException;
    }

    /** Does it on a thread of its own. */
    static void thread(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                Thread.currentThread().interrupt(); // closed under us: that is how it ends
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket each : open) each.close();
    }
}
