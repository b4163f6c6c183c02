package org.cobnut.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.cobnut.wire.Lexer;

/**
 * The socket of a driver, ours or one of NUT, in the state path (sock-protocol). A request is bounded in time and in
 * length; {@link #open} gives a connection without bounds.
 */
public final class DriverSocket {
    private static final int CHUNK = 8192;
    private static final int MOST = 4 * 1024 * 1024;

    private final Path path;
    private final Duration patience;

    /** A driver's socket, and how long an answer may take. */
    public DriverSocket(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    /**
     * Sends lines and returns the reply, up to and with the line that is waited for, or to the end of the connection.
     * Blocks.
     *
     * @throws IOException when no driver answers, or the line does not come in time
     */
    public List<List<String>> ask(List<String> lines, Predicate<List<String>> last)
            throws IOException, InterruptedException {
        try (var conversation = open(path)) {
            // A channel of this kind has no time-out of its own; to close it ends the reading.
            var hearing = new FutureTask<>(() -> hear(conversation, lines, last));
            var thread = new Thread(hearing, "cobnut-driver-socket");
            thread.setDaemon(true);
            thread.start();
            return hearing.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(path + ": the connection broke", e);
        } catch (TimeoutException e) {
            throw new IOException(path + ": no answer within " + patience.toSeconds() + " s", e);
        }
    }

    /**
     * Sends commands, such as {@code INSTCMD driver.reload}, one after the other.
     *
     * @return the code that answers the last (0: handled); -1 when the driver ended instead
     */
    public int order(String... orders) throws IOException, InterruptedException {
        var lines = new ArrayList<>(List.of("NOBROADCAST"));
        String id = "";
        for (String order : orders) {
            id = "cobnut-" + ProcessHandle.current().pid() + '-' + lines.size();
            lines.add(order + " TRACKING " + id);
        }
        String awaited = id;
        for (List<String> words : ask(lines, words -> answers(words, awaited)))
            if (answers(words, awaited)) return Integer.parseInt(words.get(2));
        return -1;
    }

    /** Connects to the driver, without a time limit. */
    public static Conversation open(Path path) throws IOException {
        return new Conversation(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    private static boolean answers(List<String> words, String id) {
        return words.size() == 3
                && words.get(0).equals("TRACKING")
                && words.get(1).equals(id)
                && words.get(2).matches("\\d{1,4}");
    }

    private static List<List<String>> hear(Conversation conversation, List<String> lines, Predicate<List<String>> last)
            throws IOException {
        conversation.send(String.join("\n", lines) + '\n');
        var heard = new ArrayList<List<String>>();
        for (Optional<List<String>> words = conversation.read(); words.isPresent(); words = conversation.read()) {
            if (words.get().isEmpty()) continue;
            heard.add(words.get());
            if (last.test(words.get())) break;
            if (conversation.bytes > MOST) throw new IOException("too long an answer");
        }
        return heard;
    }

    /** A connection to a driver, read line by line by one thread, while another may send. */
    public static final class Conversation implements AutoCloseable {
        private final SocketChannel channel;
        private final Lexer lexer = new Lexer();
        private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).flip();
        private long bytes;

        private Conversation(SocketChannel channel) {
            this.channel = channel;
        }

        /** Sends text as it is, line ends included; blocks while the driver takes none. */
        public void send(String text) throws IOException {
            var out = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (out.hasRemaining()) channel.write(out);
        }

        /** The words of the next line, none for one that cannot be read; empty when the driver has hung up. Blocks. */
        public Optional<List<String>> read() throws IOException {
            while (true) {
                if (!buffer.hasRemaining()) {
                    int count = channel.read(buffer.clear());
                    buffer.flip();
                    if (count < 0) return Optional.empty();
                    bytes += count;
                }
                Lexer.Event event = buffer.hasRemaining() ? lexer.accept(buffer.get()) : Lexer.Event.MORE;
                if (event == Lexer.Event.LINE) return Optional.of(lexer.words());
                if (event == Lexer.Event.ERROR) return Optional.of(List.of());
            }
        }

        /** Closes the connection; a read that waits on it ends. */
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
