package org.cobnut.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.wire.Lexer;

/** A driver's socket in the state path (sock-protocol), as words line by line. */
final class DriverSocket implements AutoCloseable {
    private final SocketChannel channel;
    private final Lexer lexer = new Lexer();
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).flip();

    private DriverSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a path, or to a name such as {@code dummy-ups-sim} in the state path. */
    static DriverSocket open(String name, Terminal terminal) throws IOException {
        Path path = Path.of(name);
        if (name.indexOf('/') < 0 && !Files.exists(path))
            path = terminal.stateDir().resolve(name);
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return new DriverSocket(channel);
        } catch (IOException e) {
            channel.close();
            throw new IOException("connect: " + path + ": " + e.getMessage(), e);
        }
    }

    void send(String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    /** The words of the next line, none for one that cannot be read; empty when the driver has hung up. */
    Optional<List<String>> read() throws IOException {
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = channel.read(buffer);
                buffer.flip();
                if (count < 0) return Optional.empty();
            }
            Lexer.Event event = buffer.hasRemaining() ? lexer.accept(buffer.get()) : Lexer.Event.MORE;
            if (event == Lexer.Event.LINE) return Optional.of(lexer.words());
            if (event == Lexer.Event.ERROR) return Optional.of(List.of());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
