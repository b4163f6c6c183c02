package org.cobnut.upsmon.shutdown;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.cobnut.upsmon.config.EffectSettings;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * The helper process that runs as root beside a upsmon that does not: it reads the flag and the command from the
 * upsmon.conf of root, and upsmon only tells it when to write the one and to run the other (lib/helper of the
 * distribution). Either root starts it with upsmon, and it reads pipes until upsmon ends; or systemd starts one for
 * each connection to a socket.
 */
public final class RootHelper implements AutoCloseable {
    /** Where requests go and replies come from; with a socket both are the same channel. */
    private record Line(WritableByteChannel orders, ReadableByteChannel answers) {}

    private final Path place;
    private final boolean pipes;
    private final Object answering = new Object();
    private @Nullable Line line;
    private Optional<EffectSettings> meant = Optional.empty();

    private RootHelper(Path place, boolean pipes) {
        this.place = place;
        this.pipes = pipes;
    }

    /**
     * Opens the helper behind this folder of pipes or this socket; does not wait.
     *
     * @throws IOException when there are no pipes; a socket may come later
     */
    public static RootHelper in(Path place) throws IOException {
        var helper = new RootHelper(place, Files.isDirectory(place));
        if (helper.pipes) helper.line();
        return helper;
    }

    /**
     * Whether the helper has the flag and the command of this configuration. One behind pipes keeps those of its start;
     * one behind a socket is started anew and reads the file of root again.
     */
    public boolean means(EffectSettings wanted) throws IOException {
        EffectSettings first = meant.orElse(wanted);
        boolean same = first.flag().equals(wanted.flag()) && first.shutdownCmd().equals(wanted.shutdownCmd());
        if (!same && !pipes) close();
        meant = Optional.of(same || pipes ? first : wanted);
        return same || !pipes;
    }

    /** Waits until the helper answers; an IOException means that nothing would run as root. */
    public void check() throws IOException {
        ask('P');
    }

    /** Has POWERDOWNFLAG written; does not wait. */
    void flag() throws IOException {
        order('F');
    }

    /** Has POWERDOWNFLAG deleted; does not wait. */
    void unflag() throws IOException {
        order('U');
    }

    /** Has SHUTDOWNCMD run and waits for its end; returns its exit code. */
    int shutdown() throws IOException {
        return ask('S');
    }

    private int ask(char letter) throws IOException {
        synchronized (answering) {
            ReadableByteChannel answers = order(letter).answers();
            var code = new StringBuilder();
            var digit = ByteBuffer.allocate(1);
            while (answers.read(digit.clear()) == 1 && digit.get(0) != '\n') {
                code.append((char) digit.get(0));
                if (!code.toString().matches("\\d{1,3}")) break;
            }
            if (digit.position() == 1 && digit.get(0) == '\n' && code.length() > 0)
                return Integer.parseInt(code.toString());
        }
        close();
        throw new IOException("the helper has ended; the system log says why");
    }

    /** Sends a request; opens a new connection when the last one has ended, because nothing was done on it. */
    private synchronized Line order(char letter) throws IOException {
        try {
            return write(letter);
        } catch (IOException ended) {
            if (pipes) throw ended;
            close();
            return write(letter);
        }
    }

    private Line write(char letter) throws IOException {
        Line now = line();
        now.orders().write(ByteBuffer.wrap(new byte[] {(byte) letter}));
        return now;
    }

    private synchronized Line line() throws IOException {
        Line now = line;
        if (now == null) {
            now = pipes ? openPipes() : connect();
            line = now;
        }
        return now;
    }

    private Line openPipes() throws IOException {
        var orders = FileChannel.open(place.resolve("orders"), StandardOpenOption.WRITE);
        return new Line(orders, FileChannel.open(place.resolve("answers"), StandardOpenOption.READ));
    }

    private Line connect() throws IOException {
        try {
            var channel = SocketChannel.open(UnixDomainSocketAddress.of(place));
            return new Line(channel, channel);
        } catch (IOException nobody) {
            throw new IOException("no helper is reached at %s (%s); see: systemctl status nut-monitor-helper.socket"
                    .formatted(place, ErrorText.of(nobody)));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        Line last = line;
        line = null;
        if (last == null) return;
        last.orders().close();
        last.answers().close();
    }
}
