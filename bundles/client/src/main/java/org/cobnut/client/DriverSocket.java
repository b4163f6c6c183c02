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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.cobnut.wire.Lexer;

/** One conversation with a driver on its socket (sock-protocol), bounded in time and in length. */
public final class DriverSocket {
    private static final int CHUNK = 4096;
    private static final int MOST = 4 * 1024 * 1024;

    private final Path path;
    private final Duration patience;

    /** A driver's socket, and how long an answer may take. */
    public DriverSocket(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    /**
     * Says some lines and hears what is answered, up to and with the line that is waited for, or to the end of the
     * connection. Blocks.
     *
     * @throws IOException when nobody is there, or the line does not come in time
     */
    public List<List<String>> ask(List<String> lines, Predicate<List<String>> last)
            throws IOException, InterruptedException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            // A channel of this kind has no time-out of its own; to close it ends the reading.
            var hearing = new FutureTask<>(() -> hear(channel, lines, last));
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
     * Gives orders, such as {@code INSTCMD driver.reload}, one after the other.
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

    private static boolean answers(List<String> words, String id) {
        return words.size() == 3
                && words.get(0).equals("TRACKING")
                && words.get(1).equals(id)
                && words.get(2).matches("\\d{1,4}");
    }

    private static List<List<String>> hear(SocketChannel channel, List<String> lines, Predicate<List<String>> last)
            throws IOException {
        byte[] said = (String.join("\n", lines) + '\n').getBytes(StandardCharsets.US_ASCII);
        for (ByteBuffer out = ByteBuffer.wrap(said); out.hasRemaining(); ) channel.write(out);
        var heard = new ArrayList<List<String>>();
        var lexer = new Lexer();
        var in = ByteBuffer.allocate(CHUNK);
        int bytes = 0;
        for (int read = channel.read(in); read >= 0; read = channel.read(in)) {
            bytes += read;
            if (bytes > MOST) throw new IOException("too long an answer");
            for (in.flip(); in.hasRemaining(); ) {
                if (lexer.accept(in.get()) != Lexer.Event.LINE) continue;
                heard.add(lexer.words());
                if (last.test(lexer.words())) return heard;
            }
            in.clear();
        }
        return heard;
    }
}
