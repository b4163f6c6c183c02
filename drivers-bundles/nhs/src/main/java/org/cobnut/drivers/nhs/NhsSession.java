package org.cobnut.drivers.nhs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.link.ByteLink;

/** One UPS of NHS, which sends its readings about once a second and what it is when it is asked. */
final class NhsSession implements Session {
    private static final byte[] ASK_LONG = bytes(0xff, 0x09, 0x53, 0x83, 0x00, 0x00, 0x00, 0xdf, 0xfe);
    private static final byte[] ASK_SHORT = bytes(0xff, 0x09, 0x53, 0x03, 0x00, 0x00, 0x00, 0x5f, 0xfe);
    /** So often a UPS is asked for the long form before both forms take turns. */
    private static final int LONG_FIRST = 6;
    /** After so often a UPS is not asked again while the port is open. */
    private static final int MOST_ASKED = 20;

    private static final Duration WAIT = Duration.ofSeconds(4);
    /** So often the line is read in one poll, however much comes. */
    private static final int MOST_READS = 256;

    /** What is kept of the stream while no packet is whole; longer than two packets. */
    private static final int MOST_KEPT = 128;

    private final ByteLink link;
    private final Config config;
    private String received = "";
    private Optional<Packet> hardware = Optional.empty();
    private int asked;

    NhsSession(ByteLink link, Config config) {
        this.link = link;
        this.config = config;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        Packet data = latest();
        new Readings(report, config, data, hardware).tell();
    }

    /** Waits for readings; of several that have arrived, takes the last. */
    private Packet latest() throws IOException {
        if (hardware.isEmpty()) ask();
        long deadline = System.nanoTime() + WAIT.toNanos();
        Optional<Packet> data = Optional.empty();
        for (int reads = 0; ; reads++) {
            Duration wait = data.isPresent() ? Duration.ZERO : Duration.ofNanos(deadline - System.nanoTime());
            var bytes = new byte[MOST_KEPT];
            int count = wait.isNegative() || reads == MOST_READS ? 0 : link.read(bytes, wait);
            if (count == 0)
                return data.orElseThrow(() -> new IOException("it sent no readings within " + WAIT.toSeconds() + " s"));
            received += new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
            Optional<Packet> read = take();
            if (read.isPresent()) data = read;
        }
    }

    /** Takes the whole packets out of what was received; returns the last that holds readings. */
    private Optional<Packet> take() {
        Optional<Packet> data = Optional.empty();
        int end = 0;
        for (int at = 0; at < received.length(); at++) {
            Optional<Packet> packet = Packet.at(received, at);
            if (packet.isEmpty()) continue;
            if (packet.get().data()) data = packet;
            else hardware = packet;
            end = at + packet.get().length();
            at = end - 1;
        }
        received = received.substring(Math.max(end, received.length() - MOST_KEPT));
        return data;
    }

    private void ask() throws IOException {
        if (asked >= MOST_ASKED) return;
        link.write(asked < LONG_FIRST || asked % 2 == 0 ? ASK_LONG : ASK_SHORT);
        asked++;
    }

    @Override
    public void close() {
        link.close();
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }
}
