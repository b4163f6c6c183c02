package org.cobnut.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain client, one line at a time. */
final class Talk implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader in;

    Talk(InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(server, 2000);
        socket.setSoTimeout(10_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** The first line of the reply. */
    String ask(String request) throws IOException {
        socket.getOutputStream().write((request + '\n').getBytes(StandardCharsets.US_ASCII));
        String reply = in.readLine();
        if (reply == null) throw new IOException("closed after " + request);
        return reply;
    }

    /** Asks again and again until the reply begins so; gives back how long that took, in nanoseconds. */
    long until(String request, String reply, Duration patience) throws IOException {
        long begin = System.nanoTime();
        while (!ask(request).startsWith(reply))
            if (System.nanoTime() - begin > patience.toNanos())
                throw new IOException(request + " is not answered by " + reply + " within " + patience);
        return System.nanoTime() - begin;
    }

    /** The outcome of an order that is followed, once it is known. */
    String outcome(String order) throws IOException {
        String taken = ask(order);
        if (!taken.startsWith("OK TRACKING ")) return taken;
        String question = "GET TRACKING " + taken.substring(12);
        String outcome = ask(question);
        while (outcome.equals("PENDING")) outcome = ask(question);
        return outcome;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
