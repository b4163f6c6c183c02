package org.cobnut.upssched;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.cobnut.wire.Lexer;

/**
 * Serves PIPEFN, a socket on which other processes request timers (upssched.conf(5)); mode 0660. The number and the
 * time of connections are bounded; others wait.
 */
final class PipeServer implements AutoCloseable {
    private static final int MOST = 16;
    private static final int SECONDS = 10;
    /** How many connections may wait: in an outage of many UPSes a process for each of them connects at once. */
    private static final int WAITING = 1024;

    private final Path path;
    private final Function<List<String>, String> answers;
    private final ServerSocketChannel server;
    private final Optional<Object> identity;
    private final Semaphore places = new Semaphore(MOST);
    private final ScheduledThreadPoolExecutor ends = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "ends"));

    private PipeServer(Path path, Function<List<String>, String> answers, ServerSocketChannel server) {
        this.path = path;
        this.answers = answers;
        this.server = server;
        this.identity = identity(path);
        ends.setRemoveOnCancelPolicy(true);
    }

    /**
     * Starts to serve.
     *
     * @param answers makes the replies; called by many threads
     * @throws IOException when another process serves this path, or the socket cannot be made
     */
    static PipeServer open(Path path, Function<List<String>, String> answers) throws IOException {
        if (Files.exists(path)) {
            if (served(path)) throw new IOException("another upssched serves " + path);
            Files.delete(path);
        }
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), WAITING);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
        var pipe = new PipeServer(path, answers, server);
        daemon(pipe::accept, "accept").start();
        return pipe;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        server.close();
        ends.shutdownNow().forEach(Runnable::run);
        if (identity.isPresent() && identity.equals(identity(path))) Files.deleteIfExists(path);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                places.acquire();
                SocketChannel client = accepted();
                var end = ends.schedule(() -> close(client), SECONDS, TimeUnit.SECONDS);
                daemon(
                                () -> {
                                    talk(client);
                                    end.cancel(false);
                                    places.release();
                                },
                                "client")
                        .start();
            } catch (InterruptedException asked) {
                return;
            } catch (IOException | java.util.concurrent.RejectedExecutionException over) {
                if (server.isOpen()) Thread.onSpinWait();
            }
        }
    }

    private SocketChannel accepted() throws IOException {
        try {
            return server.accept();
        } catch (IOException failed) {
            places.release();
            throw failed;
        }
    }

    private void talk(SocketChannel client) {
        var lexer = new Lexer();
        try (client) {
            var in = Channels.newInputStream(client);
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (lexer.accept((byte) c) != Lexer.Event.LINE || lexer.words().isEmpty()) continue;
                String answer = answers.apply(lexer.words());
                if (answer.isEmpty()) return;
                var bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) client.write(bytes);
            }
        } catch (IOException gone) {
            Thread.onSpinWait(); // it hung up, or its time was over; there is nobody to tell
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private static boolean served(Path path) {
        try (var probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private static Optional<Object> identity(Path path) {
        try {
            return Optional.ofNullable(Files.getAttribute(path, "unix:ino"));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, "upssched " + name);
        thread.setDaemon(true);
        return thread;
    }
}
