package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections from some addresses of loopback that ask all the time; what the server closes is opened again. */
final class Flood implements AutoCloseable {
    private final InetSocketAddress server;
    private final List<String> from;
    private final ByteBuffer requests;
    private final boolean reads;
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 * 1024);
    private final Thread thread = new Thread(this::strike, "flood");
    private volatile boolean over;
    private final AtomicInteger closedByServer = new AtomicInteger();

    private static final class Client {
        private final SocketChannel channel;
        private final ByteBuffer left;

        Client(SocketChannel channel, ByteBuffer left) {
            this.channel = channel;
            this.left = left;
        }
    }

    /**
     * Opens all connections, and begins.
     *
     * @param request what each asks again and again; nothing, and it is silent
     * @param reads whether it takes the replies
     */
    Flood(int port, int connections, List<String> from, String request, boolean reads) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.from = List.copyOf(from);
        this.reads = reads;
        requests = ByteBuffer.wrap(request.repeat(request.isEmpty() ? 0 : 1 + 16_384 / request.length())
                .getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < connections; i++) clients.add(open(i));
        thread.setDaemon(true);
        thread.start();
    }

    /** How many connections the server has closed so far. */
    int closedByServer() {
        return closedByServer.get();
    }

    /** An attack that ended by itself proves nothing. */
    void assertRunning() {
        assertThat(thread.isAlive()).isTrue();
    }

    private Client open(int number) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, reads ? 65_536 : 4096);
        channel.bind(new InetSocketAddress(from.get(number % from.size()), 0));
        channel.connect(server);
        channel.configureBlocking(false);
        return new Client(channel, requests.duplicate());
    }

    private void strike() {
        while (!over) {
            for (int i = 0; i < clients.size() && !over; i++) {
                try {
                    ask(clients.get(i));
                } catch (IOException closed) {
                    again(i);
                }
            }
        }
    }

    private void ask(Client client) throws IOException {
        scratch.clear();
        if ((reads || requests.capacity() == 0) && client.channel.read(scratch) < 0) throw new IOException("closed");
        if (!client.left.hasRemaining()) client.left.rewind();
        client.channel.write(client.left);
    }

    private void again(int number) {
        try {
            closedByServer.incrementAndGet();
            clients.get(number).channel.close();
            clients.set(number, open(number));
        } catch (IOException refused) {
            // It is tried again in the next round.
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Client each : clients) each.channel.close();
    }
}
