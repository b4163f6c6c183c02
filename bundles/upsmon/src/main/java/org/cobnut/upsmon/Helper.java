package org.cobnut.upsmon;

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
import org.jspecify.annotations.Nullable;

/**
 * The process that is root beside a upsmon that is another user: root's own upsmon.conf names its flag and its command, and
 * upsmon tells it no more than when to write the one and run the other (lib/helper of the distribution). Either root left
 * it behind, and reads pipes until upsmon ends, or systemd starts one for each connection to a socket.
 */
final class Helper implements AutoCloseable {
    /** Where orders go, and answers come from; of a socket, both are one. */
    private record Line(WritableByteChannel orders, ReadableByteChannel answers) {}

    private final Path place;
    private final boolean pipes;
    private final Object answering = new Object();
    private @Nullable Line line;
    private Optional<Delivery> meant = Optional.empty();

    private Helper(Path place, boolean pipes) {
        this.place = place;
        this.pipes = pipes;
    }

    /**
     * The helper whose pipes lie in that directory, or which that socket leads to; one that waits for us, so this does not.
     *
     * @throws IOException when there are no pipes; a socket may come later
     */
    static Helper in(Path place) throws IOException {
        var helper = new Helper(place, Files.isDirectory(place));
        if (helper.pipes) helper.line();
        return helper;
    }

    /**
     * Whether it would do what is wanted now. It began with what was wanted first; behind a socket another one is begun,
     * which reads root's file anew.
     */
    boolean means(Delivery wanted) throws IOException {
        Delivery first = meant.orElse(wanted);
        boolean same = first.flag().equals(wanted.flag()) && first.shutdownCmd().equals(wanted.shutdownCmd());
        if (!same && !pipes) close();
        meant = Optional.of(same || pipes ? first : wanted);
        return same || !pipes;
    }

    /** Waits until it answers; an IOException says that nothing would be done as root. */
    void check() throws IOException {
        ask('P');
    }

    /** Has POWERDOWNFLAG written, and does not wait for it. */
    void flag() throws IOException {
        order('F');
    }

    /** Has POWERDOWNFLAG taken away again, and does not wait for it. */
    void unflag() throws IOException {
        order('U');
    }

    /** Has SHUTDOWNCMD run, and waits until it has ended; its exit code. */
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

    /** On a connection that has ended, nothing was done: the next one is begun for it. */
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
                    .formatted(place, nobody.getMessage()));
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
