package org.cobnut.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client that sends bytes and reads until it has what it waits for, or has waited long enough. */
final class Connection implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(4);

    private final Socket socket;
    private final byte[] buffer = new byte[65536];

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
    }

    /** From another address of this machine. */
    Connection(String from, int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
        socket.setTcpNoDelay(true);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads until all of it matches, can no longer match, ends, or nothing more comes. */
    String read(Pattern expected) throws IOException {
        var got = new StringBuilder();
        long deadline = System.nanoTime() + PATIENCE;
        for (Matcher match = expected.matcher(got); !match.matches() && match.hitEnd(); match = expected.matcher(got)) {
            String more = more(deadline);
            if (more.isEmpty()) break;
            got.append(more);
        }
        return got.toString();
    }

    /** Waits until the server has taken all that was sent out of its socket, so that the next bytes are a read of their own. */
    void awaitTaken() {
        var peer = Pattern.compile(
                "^ *\\d+: \\S+:%04X \\S+:%04X \\S+ \\S+:0{8} .*".formatted(socket.getPort(), socket.getLocalPort()));
        House.waitFor(
                () -> Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                        .flatMap(Connection::lines)
                        .anyMatch(line -> peer.matcher(line).matches()),
                () -> "the server does not read");
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    /** One line, its end included. */
    String line() throws IOException {
        return read(Pattern.compile("[^\\n]*\\n"));
    }

    /** Sends a line and reads one. */
    String ask(String request) throws IOException {
        send(request + '\n');
        return line();
    }

    /** Reads to the end of the stream, and says what came before; nothing at all if the stream does not end. */
    String rest(Runnable wake) throws IOException {
        var got = new StringBuilder();
        long deadline = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < deadline) {
            socket.setSoTimeout(20);
            try {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) return got + "(closed)";
                got.append(text(count));
            } catch (SocketTimeoutException notYet) {
                wake.run();
            } catch (SocketException reset) {
                return got + "(closed)";
            }
        }
        return got + "(open)";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String more(long deadline) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) return "";
        socket.setSoTimeout((int) left);
        try {
            int count = socket.getInputStream().read(buffer);
            return count < 0 ? "" : text(count);
        } catch (SocketTimeoutException | SocketException nothing) {
            return "";
        }
    }

    private String text(int count) {
        return new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
    }
}
