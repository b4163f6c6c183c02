package org.cobnut.testkit.serial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;

/** A serial line in memory, with a simulated device at its far end. Nothing is waited for: a read returns at once. */
public final class SimulatedLine implements SerialLink {
    private final SerialSimulator device;
    private final ModemLines modem;
    private final List<Byte> arrived = new ArrayList<>();
    private int speed;
    private boolean open = true;

    /** The modem lines of a line: what the host sets and what the device sets. */
    public static final class ModemLines {
        private final List<String> events = new ArrayList<>();
        private boolean dtr;
        private boolean rts;
        private boolean cts;
        private boolean dsr;
        private boolean dcd;
        private boolean ring;

        /** What the device sets. */
        public synchronized void inputs(boolean ctsNow, boolean dsrNow, boolean dcdNow, boolean ringNow) {
            cts = ctsNow;
            dsr = dsrNow;
            dcd = dcdNow;
            ring = ringNow;
        }

        /** What the host did since the last call, such as "dtr 1", "rts 0", "break 5000". */
        public synchronized List<String> events() {
            List<String> all = List.copyOf(events);
            events.clear();
            return all;
        }

        public synchronized boolean dtr() {
            return dtr;
        }

        public synchronized boolean rts() {
            return rts;
        }

        private synchronized void set(boolean dtrNow, boolean rtsNow) {
            if (dtr != dtrNow) events.add("dtr " + (dtrNow ? 1 : 0));
            if (rts != rtsNow) events.add("rts " + (rtsNow ? 1 : 0));
            dtr = dtrNow;
            rts = rtsNow;
        }

        private synchronized void event(String event) {
            events.add(event);
        }
    }

    /** A line as {@link org.cobnut.link.Links#open} would open it with these parameters. */
    public SimulatedLine(SerialSimulator device, LinkParameters parameters) {
        this(device, parameters, new ModemLines());
    }

    /** The same with modem lines that the test sees. */
    public SimulatedLine(SerialSimulator device, LinkParameters parameters, ModemLines modem) {
        this.device = device;
        this.modem = modem;
        if (parameters instanceof SerialParameters serial) {
            this.speed = serial.speed();
            modem.set(serial.dtr(), serial.rts());
        }
        device.connect(this::arrive);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        refuseWhenClosed();
        device.receive(new String(bytes, StandardCharsets.ISO_8859_1), speed).forEach(this::arrive);
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        refuseWhenClosed();
        if (empty() && wait.compareTo(Duration.ZERO) > 0) device.quiet().forEach(this::arrive);
        synchronized (arrived) {
            int count = Math.min(into.length, arrived.size());
            for (int i = 0; i < count; i++) into[i] = arrived.remove(0);
            return count;
        }
    }

    @Override
    public void discard() throws IOException {
        refuseWhenClosed();
        synchronized (arrived) {
            arrived.clear();
        }
    }

    @Override
    public void dtr(boolean on) throws IOException {
        refuseWhenClosed();
        modem.set(on, modem.rts());
    }

    @Override
    public void rts(boolean on) throws IOException {
        refuseWhenClosed();
        modem.set(modem.dtr(), on);
    }

    @Override
    public boolean cts() throws IOException {
        refuseWhenClosed();
        return modem.cts;
    }

    @Override
    public boolean dsr() throws IOException {
        refuseWhenClosed();
        return modem.dsr;
    }

    @Override
    public boolean dcd() throws IOException {
        refuseWhenClosed();
        return modem.dcd;
    }

    @Override
    public boolean ring() throws IOException {
        refuseWhenClosed();
        return modem.ring;
    }

    @Override
    public void sendBreak(Duration length) throws IOException {
        refuseWhenClosed();
        modem.event("break " + length.toMillis());
    }

    @Override
    public void speed(int bits) throws IOException {
        refuseWhenClosed();
        speed = bits;
    }

    @Override
    public boolean drain(Duration wait) throws IOException {
        refuseWhenClosed();
        return true;
    }

    @Override
    public void close() {
        open = false;
    }

    private boolean empty() {
        synchronized (arrived) {
            return arrived.isEmpty();
        }
    }

    private void arrive(String text) {
        synchronized (arrived) {
            for (byte one : text.getBytes(StandardCharsets.ISO_8859_1)) arrived.add(one);
        }
    }

    private void refuseWhenClosed() throws IOException {
        if (!open) throw new IOException("the line is closed");
        if (device.unplugged() && empty()) throw new IOException("the adapter is pulled out");
    }
}
