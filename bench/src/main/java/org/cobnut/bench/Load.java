package org.cobnut.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Clients that ask one thing again and again, each waiting for its replies before it asks anew (a closed loop). One
 * thread, one selector, no allocation per request, so that what is measured is the server.
 */
public final class Load {
    private static final int MOST_LATENCIES = 2_000_000;

    private final byte[] request;
    private final int depth;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final int[] micros = new int[MOST_LATENCIES];
    private long replies;
    private long refusals;
    private int lost;

    /** What a run came to; latencies in microseconds, from the request to the end of its last reply. */
    public record Result(long replies, long refusals, int lost, double seconds, int median, int p99, int worst) {
        public double perSecond() {
            return replies / seconds;
        }

        @Override
        public String toString() {
            return "%.0f replies/s, %d refusals, %d connections lost, latency median %d us, p99 %d us, worst %d us"
                    .formatted(perSecond(), refusals, lost, median, p99, worst);
        }
    }

    /**
     * Connects the clients.
     *
     * @param request one line without its end
     * @param depth how often it is sent in one go
     */
    public Load(InetSocketAddress server, int connections, String request, int depth) throws IOException {
        this.request = (request + '\n').repeat(depth).getBytes(StandardCharsets.US_ASCII);
        this.depth = depth;
        this.selector = Selector.open();
        for (int i = 0; i < connections; i++) clients.add(new Client(server));
    }

    /** Asks for so long and gives back what came of it; may be called again, on the same connections. */
    public Result run(Duration duration) throws IOException {
        replies = 0;
        refusals = 0;
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        for (Client client : clients) if (!client.gone) client.ask();
        while (System.nanoTime() < end) {
            selector.select(100);
            for (SelectionKey key : selector.selectedKeys()) ((Client) key.attachment()).read(System.nanoTime() < end);
            selector.selectedKeys().clear();
        }
        return result((System.nanoTime() - begin) / 1e9);
    }

    /** Closes all connections. */
    public void close() throws IOException {
        for (Client client : clients) client.channel.close();
        selector.close();
    }

    private Result result(double seconds) {
        int[] sorted = Arrays.copyOf(micros, (int) Math.min(replies / depth, MOST_LATENCIES));
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return last < 0
                ? new Result(0, refusals, lost, seconds, 0, 0, 0)
                : new Result(
                        replies, refusals, lost, seconds, sorted[last / 2], sorted[(int) (last * 0.99)], sorted[last]);
    }

    /** One connection and how far its replies have come. */
    private final class Client {
        private final SocketChannel channel;
        private final ReplyScanner scanner = new ReplyScanner();
        private long asked;
        private int pending;
        private boolean gone;

        Client(InetSocketAddress server) throws IOException {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask() throws IOException {
            if (pending > 0) return;
            asked = System.nanoTime();
            pending = depth;
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) channel.write(bytes);
        }

        void read(boolean more) {
            try {
                buffer.clear();
                if (channel.read(buffer) < 0) throw new IOException("closed");
                buffer.flip();
                int done = scanner.scan(buffer);
                replies += done;
                refusals += scanner.takeRefusals();
                pending -= done;
                if (pending > 0) return;
                micros[(int) (replies / depth % MOST_LATENCIES)] = (int) ((System.nanoTime() - asked) / 1000);
                if (more) ask();
            } catch (IOException broken) {
                lost++;
                gone = true;
                selectorDrops();
            }
        }

        private void selectorDrops() {
            var key = channel.keyFor(selector);
            if (key != null) key.cancel();
        }
    }
}
