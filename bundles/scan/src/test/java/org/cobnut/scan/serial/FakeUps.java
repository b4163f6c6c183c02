package org.cobnut.scan.serial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialParameters;

/** Lines to one UPS that answers at one speed; it notes what it hears, with the speed, and how many lines are open. */
final class FakeUps implements LineOpener {
    private final int speed;
    private final UnaryOperator<byte[]> answer;
    private final boolean slow;
    private final List<String> heard = new ArrayList<>();
    private int open;

    /** @param answer to all that it heard since the line was opened, or was discarded; empty for nothing to say */
    FakeUps(int speed, UnaryOperator<byte[]> answer) {
        this(speed, answer, false);
    }

    private FakeUps(int speed, UnaryOperator<byte[]> answer, boolean slow) {
        this.speed = speed;
        this.answer = answer;
        this.slow = slow;
    }

    /** One that says nothing; nobody has to wait for that. */
    static FakeUps silent() {
        return new FakeUps(0, said -> new byte[0]);
    }

    /** One that says nothing, for as long as it is waited for. */
    static FakeUps slow() {
        return new FakeUps(0, said -> new byte[0], true);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** What was sent, as {@code SPEED HEX}, a line for each write. */
    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    synchronized int open() {
        return open;
    }

    @Override
    public ByteLink open(String port, SerialParameters parameters) throws IOException {
        if (port.startsWith("/dev/none")) throw new IOException(port + " does not exist");
        count(1);
        return new Line(parameters.speed());
    }

    private synchronized void count(int more) {
        open += more;
    }

    private synchronized void note(String line) {
        heard.add(line);
    }

    private final class Line implements ByteLink {
        private final int set;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final Deque<Byte> waiting = new ArrayDeque<>();
        private boolean closed;

        Line(int set) {
            this.set = set;
        }

        @Override
        public void write(byte[] bytes) {
            note(set + " " + HexFormat.of().formatHex(bytes));
            said.writeBytes(bytes);
            if (set != speed) return;
            byte[] reply = answer.apply(said.toByteArray());
            if (reply.length > 0) said.reset();
            for (byte each : reply) waiting.add(each);
        }

        @Override
        public int read(byte[] into, Duration wait) throws IOException {
            if (waiting.isEmpty()) {
                if (slow) LockSupport.parkNanos(wait.toNanos());
                if (Thread.interrupted()) throw new InterruptedIOException("interrupted");
                return 0;
            }
            into[0] = waiting.remove();
            return 1;
        }

        @Override
        public void discard() {
            waiting.clear();
            said.reset();
        }

        @Override
        public void close() {
            if (!closed) count(-1);
            closed = true;
        }
    }
}
