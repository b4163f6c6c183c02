package org.cobnut.proof;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Somebody beside the server on a driver's socket, for as long as the driver lives. */
final class DriverClient implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final SocketChannel channel;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(65536);
    private final StringBuilder heard = new StringBuilder();

    DriverClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** Whether the driver answers on this same connection. */
    boolean answers() throws IOException {
        heard.setLength(0);
        channel.write(ByteBuffer.wrap("PING\n".getBytes(StandardCharsets.US_ASCII)));
        return await("PONG\n");
    }

    /** Waits for a line, among all that the driver says meanwhile; false when it hangs up or takes too long. */
    private boolean await(String line) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!heard.toString().contains(line)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) return false;
            selector.select(left);
            selector.selectedKeys().clear();
            if (channel.read(buffer.clear()) < 0) return false;
            heard.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
