package org.cobnut.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Thousands of C drivers' ends of NUT's driver socket, on one thread: tells all when asked for all, and that it lives. */
final class DriverSockets implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final byte[] dump = Device.dump().getBytes(StandardCharsets.US_ASCII);
    private final ByteBuffer buffer = ByteBuffer.allocate(4096);
    private final Thread thread = new Thread(this::serve, "driver sockets");

    DriverSockets(Path statePath, int devices) throws IOException {
        for (int i = 0; i < devices; i++) {
            var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(statePath.resolve("dummy-ups-ups" + i)));
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        try {
            thread.join(5000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) key.channel().close();
        selector.close();
    }

    private void serve() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                selector.select(this::ready);
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel listener) {
                SocketChannel upsd = listener.accept();
                upsd.configureBlocking(false);
                upsd.register(selector, SelectionKey.OP_READ);
            } else answer((SocketChannel) key.channel());
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private void answer(SocketChannel upsd) throws IOException {
        buffer.clear();
        if (upsd.read(buffer) < 0) throw new IOException("closed");
        String said = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
        if (said.contains("DUMPALL")) write(upsd, dump);
        if (said.contains("PING")) write(upsd, "PONG\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(SocketChannel upsd, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) upsd.write(rest);
    }
}
