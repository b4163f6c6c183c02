package org.cobnut.bench;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/**
 * Clients that ask one thing again and again, each waiting for its replies before it asks anew (a closed loop), or
 * resting in between. One thread, one selector, no allocation per request, so that what is measured is the server.
 */
final class Load implements AutoCloseable {
    /** Connections from one address; several addresses make room for more than one range of ports. */
    private static final int PER_ADDRESS = 5000;

    private final String request;
    private final ByteBuffer bytes;
    private final int depth;
    private final boolean quickAck;
    private final long restNanos;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final Latencies latencies = new Latencies();
    private long replies;
    private long refusals;
    private int lost;

    /** What is asked, how often in one go, and how. */
    record Plan(int connections, String request, int depth, boolean quickAck, Duration rest, boolean secret) {
        static Plan of(int connections, String request) {
            return new Plan(connections, request, 1, false, Duration.ZERO, false);
        }

        Plan pipelined(int times) {
            return new Plan(connections, request, times, quickAck, rest, secret);
        }

        Plan acknowledgingAtOnce() {
            return new Plan(connections, request, depth, true, rest, secret);
        }

        Plan every(Duration interval) {
            return new Plan(connections, request, depth, quickAck, interval, secret);
        }

        Plan inTls() {
            return new Plan(connections, request, depth, quickAck, rest, true);
        }
    }

    /** What a run came to; latencies in microseconds, from the request to the end of its last reply. */
    record Result(long replies, long refusals, int lost, double seconds, int median, int p99, int worst) {
        double perSecond() {
            return replies / seconds;
        }
    }

    /** Connects the clients. */
    Load(InetSocketAddress server, Plan plan) throws IOException {
        request = plan.request();
        byte[] lines = (request + '\n').repeat(plan.depth()).getBytes(StandardCharsets.US_ASCII);
        bytes = ByteBuffer.allocateDirect(lines.length).put(lines).flip();
        depth = plan.depth();
        quickAck = plan.quickAck();
        restNanos = plan.rest().toNanos();
        Optional<SslContext> tls = plan.secret() ? Optional.of(Tls.context()) : Optional.empty();
        for (int i = 0; i < plan.connections(); i++) clients.add(new Client(server, i, tls.map(Tls::new)));
    }

    /** Asks for so long, and then takes what is still to come; may be called again, on the same connections. */
    Result run(Duration duration) throws IOException {
        replies = 0;
        refusals = 0;
        latencies.clear();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        // Who rests begins at some moment of its interval, like clients that were started by hand.
        for (Client client : clients) client.due = begin + restNanos * client.number / clients.size();
        while (System.nanoTime() - end < 0) turn(end);
        double seconds = (System.nanoTime() - begin) / 1e9;
        var result =
                new Result(replies, refusals, lost, seconds, latencies.at(0.5), latencies.at(0.99), latencies.at(1));
        long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (clients.stream().anyMatch(client -> client.pending > 0)) {
            if (System.nanoTime() - patience > 0) throw new IOException("no reply to " + request);
            selector.select(key -> ((Client) key.attachment()).read(false), 100);
        }
        return result;
    }

    int lost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
            client.tls.ifPresent(Tls::close);
        }
        selector.close();
    }

    private void turn(long end) throws IOException {
        if (restNanos == 0) {
            if (replies == 0) for (Client client : clients) if (client.pending == 0) client.ask();
            selector.select(key -> ((Client) key.attachment()).read(System.nanoTime() - end < 0), 100);
            return;
        }
        long now = System.nanoTime();
        long next = end;
        for (Client client : clients) {
            if (client.due - now <= 0 && client.pending == 0) client.ask();
            if (client.due - next < 0) next = client.due;
        }
        selector.select(key -> ((Client) key.attachment()).read(false), Math.max(1, (next - now) / 1_000_000));
    }

    /** One connection and how far its replies have come. */
    private final class Client {
        private final SocketChannel channel;
        private final Optional<Tls> tls;
        private final ReplyScanner scanner = new ReplyScanner(request);
        private final int number;
        private long asked;
        private long due;
        private int pending;

        Client(InetSocketAddress server, int number, Optional<Tls> tls) throws IOException {
            this.number = number;
            this.tls = tls;
            channel = SocketChannel.open();
            channel.bind(from(number));
            channel.connect(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            answered("NETVER");
            if (tls.isPresent()) {
                answered("STARTTLS");
                tls.get().shakeBlocking(channel);
            }
            channel.configureBlocking(false);
            acknowledge();
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        /** C's queue of connections holds 16, and one that finds it full waits for a second. */
        private void answered(String line) throws IOException {
            channel.write(ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.US_ASCII)));
            buffer.clear();
            do {
                if (channel.read(buffer) < 0) throw new IOException("not welcome as connection " + number);
            } while (buffer.get(buffer.position() - 1) != '\n');
        }

        void ask() {
            if (!channel.isOpen()) return;
            try {
                asked = System.nanoTime();
                due = asked + restNanos;
                pending = depth;
                bytes.rewind();
                if (tls.isPresent()) tls.get().write(channel, bytes);
                while (bytes.hasRemaining()) channel.write(bytes);
            } catch (IOException broken) {
                lose();
            }
        }

        void read(boolean more) {
            try {
                buffer.clear();
                int count = tls.isPresent() ? tls.get().read(channel, buffer) : channel.read(buffer);
                if (count < 0) throw new IOException("closed");
                acknowledge();
                if (count == 0) return; // part of a record, or a ticket
                int done = scanner.scan(buffer.flip());
                replies += done;
                refusals += scanner.takeRefusals();
                pending -= done;
                if (pending > 0) return;
                latencies.add(System.nanoTime() - asked);
                if (more) ask();
            } catch (IOException broken) {
                lose();
            }
        }

        /** Linux forgets this whenever it likes, so it is said again after each read. */
        private void acknowledge() throws IOException {
            if (quickAck) channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }

        private void lose() {
            lost++;
            pending = 0;
            Main.quietly(channel);
        }
    }

    /** The address that the so manieth connection comes from. */
    static InetSocketAddress from(int number) throws IOException {
        return new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + number / PER_ADDRESS)}), 0);
    }
}
