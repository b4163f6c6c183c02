package org.cobnut.link.record;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.SerialLink;

/** A serial line of which a recording hears: its bytes, and the modem lines that the device sets. */
final class RecordedSerialLink extends RecordedByteLink implements SerialLink {
    private final SerialLink line;

    RecordedSerialLink(SerialLink line, Recording recording) {
        super(line, recording);
        this.line = line;
    }

    @Override
    public void dtr(boolean on) throws IOException {
        line.dtr(on);
    }

    @Override
    public void rts(boolean on) throws IOException {
        line.rts(on);
    }

    @Override
    public boolean cts() throws IOException {
        return state("cts", line::cts);
    }

    @Override
    public boolean dsr() throws IOException {
        return state("dsr", line::dsr);
    }

    @Override
    public boolean dcd() throws IOException {
        return state("dcd", line::dcd);
    }

    @Override
    public boolean ring() throws IOException {
        return state("ring", line::ring);
    }

    @Override
    public void sendBreak(Duration length) throws IOException {
        line.sendBreak(length);
    }

    @Override
    public void speed(int bits) throws IOException {
        line.speed(bits);
    }

    @Override
    public boolean drain(Duration wait) throws IOException {
        return line.drain(wait);
    }

    private boolean state(String name, Action<Boolean> read) throws IOException {
        boolean on = watched(read);
        recording().state(name, Boolean.toString(on));
        return on;
    }
}
