package org.cobnut.link.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.cobnut.link.SerialLink;

/**
 * One open line. The library's blocking calls cannot be interrupted, so a long wait is many short ones; what came beyond
 * what was asked for is kept here, so that reading byte by byte is not a system call each.
 */
final class SerialPortLink implements SerialLink {
    static final int SLICE_MILLIS = 100;

    /** Far longer than any command takes at 300 bits a second; past it the line is taken for stuck. */
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

    /** How long to rest between two looks at what the library cannot wait for. */
    private static final long LOOK_NANOS = 1_000_000;

    private static final long SLICE_NANOS = Duration.ofMillis(SLICE_MILLIS).toNanos();

    private final String port;
    private final SerialPort line;
    private final Consumer<SerialPortLink> closed;
    private final byte[] ahead = new byte[256];
    private int from;
    private int to;

    /** @param closed told when this is closed */
    SerialPortLink(String port, SerialPort line, Consumer<SerialPortLink> closed) {
        this.port = port;
        this.line = line;
        this.closed = closed;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        int sent = 0;
        long deadline = System.nanoTime() + WRITE_LIMIT.toNanos();
        while (sent < bytes.length) {
            refuseWhenInterrupted();
            int count = line.writeBytes(bytes, bytes.length - sent, sent);
            if (count < 0 || (count == 0 && gone())) throw lost();
            if (System.nanoTime() > deadline) throw new IOException(port + ": takes no bytes");
            sent += count;
        }
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        if (into.length == 0) return 0;
        long deadline = System.nanoTime() + wait.toNanos();
        while (from == to) {
            refuseWhenInterrupted();
            if (deadline - System.nanoTime() < SLICE_NANOS && !arrives(deadline)) return 0;
            if (fill() == 0 && System.nanoTime() >= deadline) return 0;
        }
        int count = Math.min(to - from, into.length);
        System.arraycopy(ahead, from, into, 0, count);
        from += count;
        return count;
    }

    @Override
    public void discard() throws IOException {
        from = to = 0;
        while (true) {
            refuseWhenInterrupted();
            int waiting = line.bytesAvailable();
            if (waiting < 0) throw lost();
            if (waiting == 0 || line.readBytes(ahead, Math.min(waiting, ahead.length)) <= 0) return;
        }
    }

    @Override
    public void dtr(boolean on) throws IOException {
        signal("DTR", on ? line.setDTR() : line.clearDTR());
    }

    @Override
    public void rts(boolean on) throws IOException {
        signal("RTS", on ? line.setRTS() : line.clearRTS());
    }

    @Override
    public boolean cts() throws IOException {
        refuseWhenGone();
        return line.getCTS();
    }

    @Override
    public boolean dsr() throws IOException {
        refuseWhenGone();
        return line.getDSR();
    }

    @Override
    public boolean dcd() throws IOException {
        refuseWhenGone();
        return line.getDCD();
    }

    @Override
    public boolean ring() throws IOException {
        refuseWhenGone();
        return line.getRI();
    }

    @Override
    public void sendBreak(Duration length) throws IOException {
        if (!line.setBreak()) throw gone() ? lost() : new IOException(port + ": cannot send a break");
        try {
            long end = System.nanoTime() + length.toNanos();
            for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
                refuseWhenInterrupted();
            }
        } finally {
            line.clearBreak();
        }
        refuseWhenGone();
    }

    @Override
    public void speed(int bits) throws IOException {
        if (bits <= 0) throw new IllegalArgumentException("speed " + bits);
        drain(WRITE_LIMIT);
        if (!line.setBaudRate(bits)) throw gone() ? lost() : new IOException(port + ": takes no speed of " + bits);
    }

    @Override
    public boolean drain(Duration wait) throws IOException {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            refuseWhenInterrupted();
            int waiting = line.bytesAwaitingWrite();
            if (waiting < 0) throw lost();
            if (waiting == 0) return true;
            if (System.nanoTime() - end >= 0) return false;
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        // What was not sent yet is dropped: a close that waits for a dead device to take it blocks for half a minute.
        line.flushIOBuffers();
        line.closePort();
        closed.accept(this);
    }

    /** Waits for bytes for less time than the library can wait. */
    private boolean arrives(long deadline) throws IOException {
        while (true) {
            int waiting = line.bytesAvailable();
            if (waiting < 0) throw lost();
            if (waiting > 0) return true;
            if (System.nanoTime() >= deadline) return false;
            LockSupport.parkNanos(LOOK_NANOS);
            refuseWhenInterrupted();
        }
    }

    private int fill() throws IOException {
        int count = line.readBytes(ahead, ahead.length);
        if (count < 0 || (count == 0 && gone())) throw lost();
        from = 0;
        to = count;
        return count;
    }

    private void signal(String name, boolean done) throws IOException {
        if (!done) throw gone() ? lost() : new IOException(port + ": has no line " + name + " that can be set");
    }

    private void refuseWhenGone() throws IOException {
        if (gone()) throw lost();
    }

    private boolean gone() {
        return !line.isOpen() || line.bytesAvailable() < 0;
    }

    private IOException lost() {
        return new IOException(port + (line.isOpen() ? ": the line is gone" : ": is closed"));
    }

    private void refuseWhenInterrupted() throws InterruptedIOException {
        if (Thread.interrupted()) throw new InterruptedIOException(port + ": interrupted");
    }
}
