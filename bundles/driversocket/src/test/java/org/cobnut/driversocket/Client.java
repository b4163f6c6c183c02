package org.cobnut.driversocket;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plain program at a driver's socket. */
final class Client implements AutoCloseable {
    private static final int SECONDS = 20;

    private final SocketChannel channel;
    private final Selector selector;
    private final StringBuilder line = new StringBuilder();
    private final ByteBuffer bytes = ByteBuffer.allocate(4096).flip();

    Client(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    void say(String lines) throws IOException {
        var out = ByteBuffer.wrap(lines.getBytes(StandardCharsets.ISO_8859_1));
        while (out.hasRemaining()) channel.write(out);
    }

    /** Writes for as long as the other side takes it, and says how much that was. */
    long flood(String lines, long most) throws IOException {
        long written = 0;
        while (written < most) {
            int now = channel.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.ISO_8859_1)));
            if (now == 0) break;
            written += now;
        }
        return written;
    }

    String line() throws IOException {
        while (true) {
            while (bytes.hasRemaining()) {
                char c = (char) (bytes.get() & 0xff);
                if (c != '\n') line.append(c);
                else {
                    String whole = line.toString();
                    line.setLength(0);
                    return whole;
                }
            }
            selector.selectedKeys().clear();
            if (selector.select(SECONDS * 1000L) == 0) throw new SocketTimeoutException("nothing came");
            bytes.clear();
            if (channel.read(bytes) < 0) throw new EOFException("closed");
            bytes.flip();
        }
    }

    /** The lines up to and with that one. */
    List<String> until(String last) throws IOException {
        var lines = new ArrayList<String>();
        do lines.add(line());
        while (!lines.get(lines.size() - 1).equals(last));
        return lines;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
