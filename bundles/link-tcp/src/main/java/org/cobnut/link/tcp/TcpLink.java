package org.cobnut.link.tcp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cobnut.link.ByteLink;
import org.jspecify.annotations.Nullable;

/**
 * One connection. The channel does not block and a selector waits for it, so that an interrupt ends a wait and leaves the
 * connection open, which it would close otherwise.
 */
final class TcpLink implements ByteLink {
    private static final int BUFFER = 2048;

    /** The system looks for a peer that is silent: after 30 s, each 10 s, and gives it up after three times. */
    private static final Map<String, Integer> KEEP_ALIVE =
            Map.of("TCP_KEEPIDLE", 30, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3);

    private final String port;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration writeLimit;
    private final Consumer<TcpLink> closed;
    private final ByteBuffer ahead = ByteBuffer.allocate(BUFFER).flip();
    private volatile @Nullable String loss;

    /**
     * A link that is not connected yet.
     *
     * @param port as ups.conf has it, for messages
     * @param writeLimit how long the peer may take no bytes; past it the link is lost
     * @param closed told when this is closed
     */
    TcpLink(String port, Duration writeLimit, Consumer<TcpLink> closed) throws IOException {
        this.port = port;
        this.writeLimit = writeLimit;
        this.closed = closed;
        channel = SocketChannel.open();
        selector = openSelector(channel);
        key = channel.configureBlocking(false).register(selector, 0);
    }

    /**
     * Connects; whoever asked closes the link when it fails.
     *
     * @throws InterruptedIOException when the thread was interrupted
     */
    void connect(InetSocketAddress address, Duration wait) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> option : channel.supportedOptions()) limitKeepAlive(option);
        long deadline = System.nanoTime() + wait.toNanos();
        try {
            boolean connected = channel.connect(address);
            while (!connected) {
                if (!awaits(SelectionKey.OP_CONNECT, deadline))
                    throw new IOException("no answer within " + wait.toMillis() + " ms");
                connected = channel.finishConnect();
            }
        } catch (InterruptedIOException interrupted) {
            throw interrupted;
        } catch (IOException e) {
            String cause = e.getMessage() == null ? "it cannot be connected" : e.getMessage();
            throw new IOException(
                    "%s: %s; check host and port, and that the program there runs".formatted(port, cause), e);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        long deadline = System.nanoTime() + writeLimit.toNanos();
        while (left.hasRemaining()) {
            refuseWhenEnded();
            try {
                if (channel.write(left) > 0) continue;
            } catch (IOException e) {
                throw lost(e);
            }
            if (!awaits(SelectionKey.OP_WRITE, deadline)) throw lost("it takes no bytes", null);
        }
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        if (into.length == 0) return 0;
        long deadline = System.nanoTime() + wait.toNanos();
        refuseWhenEnded();
        while (!ahead.hasRemaining() && fill() == 0) {
            if (!awaits(SelectionKey.OP_READ, deadline)) return 0;
            refuseWhenEnded();
        }
        int count = Math.min(ahead.remaining(), into.length);
        ahead.get(into, 0, count);
        return count;
    }

    @Override
    public void discard() throws IOException {
        int dropped = 0;
        do {
            refuseWhenEnded();
            ahead.position(ahead.limit());
            dropped += fill();
        } while (ahead.hasRemaining() && dropped < Short.MAX_VALUE);
        ahead.position(ahead.limit());
    }

    @Override
    public void close() {
        end("is closed");
    }

    private int fill() throws IOException {
        ahead.clear();
        int count;
        try {
            count = channel.read(ahead);
        } catch (IOException e) {
            ahead.flip();
            throw lost(e);
        }
        ahead.flip();
        if (count < 0) throw lost("the other side has closed the connection", null);
        return count;
    }

    /**
     * Waits until the channel is ready for an operation, or closed.
     *
     * @return false when it was not until the deadline
     */
    private boolean awaits(int operation, long deadline) throws IOException {
        try {
            key.interestOps(operation);
            while (true) {
                if (Thread.interrupted()) throw new InterruptedIOException(port + ": interrupted");
                long left = deadline - System.nanoTime();
                if (left <= 0) return false;
                selector.selectedKeys().clear();
                if (selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1) > 0 || !channel.isOpen()) return true;
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            return true; // the next use of the channel says that it is closed
        }
    }

    private void refuseWhenEnded() throws IOException {
        String why = loss;
        if (why != null) throw new IOException(port + ": " + why);
        if (Thread.interrupted()) throw new InterruptedIOException(port + ": interrupted");
    }

    private IOException lost(IOException cause) {
        if (cause instanceof ClosedChannelException) return lost("is closed", cause);
        return lost(cause.getMessage() == null ? "the connection is gone" : cause.getMessage(), cause);
    }

    private IOException lost(String why, @Nullable IOException cause) {
        end(why);
        return new IOException(port + ": " + loss, cause);
    }

    private void end(String why) {
        synchronized (this) {
            if (loss != null) return;
            loss = why;
        }
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            throw new IllegalStateException(port + ": its descriptor could not be given back", e);
        } finally {
            closed.accept(this);
        }
    }

    @SuppressWarnings("unchecked") // its type is compared first
    private void limitKeepAlive(SocketOption<?> option) throws IOException {
        Integer value = KEEP_ALIVE.get(option.name());
        if (value != null && option.type() == Integer.class) channel.setOption((SocketOption<Integer>) option, value);
    }

    private static Selector openSelector(SocketChannel channel) throws IOException {
        try {
            return Selector.open();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
