package org.cobnut.drivers.usbhid.shut;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialLink;
import org.cobnut.link.usb.StallException;

/**
 * Packets of SHUT on a serial line: a type, the length of the data twice in one byte, at most eight bytes of data, and their
 * exclusive or. Whoever gets one acknowledges it. One thread at a time.
 */
final class ShutLine {
    /** Bytes of data in one packet. */
    static final int MOST_DATA = 8;

    private static final int ACK = 0x06;
    private static final int NAK = 0x15;
    private static final int REQUEST = 0x01;
    private static final int RESPONSE = 0x04;
    private static final int NOTIFICATION = 0x05;
    private static final int LAST = 0x80;
    private static final int TRIES = 3;

    /** Packets of one answer, which is 64 KiB at most. */
    private static final int MOST_PACKETS = 8_192;

    private static final Duration SYNCHRONIZATION = Duration.ofMillis(500);
    private static final int MOST_SYNCHRONIZATIONS = 4;

    private final SerialLink line;
    private final Duration patience;
    private final Deque<byte[]> notifications = new ArrayDeque<>();

    /** @param patience how long a packet may take */
    ShutLine(SerialLink line, Duration patience) {
        this.line = line;
        this.patience = patience;
    }

    /** A packet whose sum is right. */
    private static final class Packet {
        private final int type;
        private final byte[] data;

        Packet(int type, byte[] data) {
            this.type = type;
            this.data = data;
        }

        int kind() {
            return type & 0x0f;
        }

        boolean last() {
            return (type & LAST) != 0;
        }
    }

    /**
     * Begins anew, and says what the device may send by itself.
     *
     * @param notifications 0x18 nothing, 0x17 what matters, 0x16 all
     * @throws IOException when nobody answers
     */
    void synchronize(int notifications) throws IOException {
        for (int i = 0; i < MOST_SYNCHRONIZATIONS; i++) {
            line.discard();
            line.write(new byte[] {(byte) notifications});
            var one = new byte[1];
            if (line.read(one, SYNCHRONIZATION) == 1 && (one[0] & 0xff) == notifications) return;
        }
        throw new IOException(
                "no unit that speaks SHUT answers; is it switched on, and the cable MGE's or Eaton's own?");
    }

    /** Asks, and takes the whole answer. */
    byte[] ask(byte[] setup, String what) throws IOException {
        send(REQUEST | LAST, setup, what);
        var answer = new ByteArrayOutputStream();
        for (int i = 0; i < MOST_PACKETS; i++) {
            Packet packet = response(what);
            answer.writeBytes(packet.data);
            if (packet.last()) return answer.toByteArray();
        }
        throw new IOException("the answer to " + what + " does not end");
    }

    /** Sends a request and the data that belong to it. */
    void order(byte[] setup, byte[] data, String what) throws IOException {
        send(data.length == 0 ? REQUEST | LAST : REQUEST, setup, what);
        for (int from = 0; from < data.length; from += MOST_DATA) {
            int to = Math.min(data.length, from + MOST_DATA);
            send(to == data.length ? REQUEST | LAST : REQUEST, Arrays.copyOfRange(data, from, to), what);
        }
    }

    /** Takes the next notification; does not wait. */
    Optional<byte[]> notification() throws IOException {
        if (notifications.isEmpty()) {
            var one = new byte[1];
            while (notifications.isEmpty() && line.read(one, Duration.ZERO) == 1) arrived(one[0] & 0xff);
        }
        return Optional.ofNullable(notifications.poll());
    }

    /** Sends a packet until it is acknowledged. */
    private void send(int type, byte[] data, String what) throws IOException {
        var packet = new byte[data.length + 3];
        packet[0] = (byte) type;
        packet[1] = (byte) ((data.length << 4) | data.length);
        System.arraycopy(data, 0, packet, 2, data.length);
        packet[packet.length - 1] = sum(data);
        for (int i = 0; i < TRIES; i++) {
            line.write(packet);
            if (acknowledged()) return;
        }
        throw new StallException(what);
    }

    /** Waits for the word on a packet: true for good, false for bad. */
    private boolean acknowledged() throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            int next = next(end);
            if (next == ACK) return true;
            if (next == NAK) return false;
            arrived(next);
        }
    }

    private Packet response(String what) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        for (int bad = 0; bad < TRIES; ) {
            int next = next(end);
            if (!begins(next)) continue;
            Optional<Packet> packet = rest(next, end);
            if (packet.isEmpty()) {
                bad++;
                continue;
            }
            if (packet.get().kind() == RESPONSE) return packet.get();
            notifications.add(packet.get().data);
        }
        throw new IOException("the answer to " + what + " came broken " + TRIES + " times");
    }

    /** A byte that nobody waits for may begin a notification. */
    private void arrived(int next) throws IOException {
        if ((next & 0x7f) != NOTIFICATION) return;
        rest(next, System.nanoTime() + patience.toNanos()).ifPresent(packet -> notifications.add(packet.data));
    }

    private static boolean begins(int next) {
        int kind = next & 0x7f;
        return kind == RESPONSE || kind == NOTIFICATION;
    }

    /** Reads a packet behind its first byte, and says whether it is good. */
    private Optional<Packet> rest(int type, long end) throws IOException {
        int lengths = next(end);
        int length = lengths & 0x0f;
        if (lengths >> 4 != length || length > MOST_DATA) {
            line.write(new byte[] {NAK});
            return Optional.empty();
        }
        var data = new byte[length];
        for (int i = 0; i < length; i++) data[i] = (byte) next(end);
        boolean good = (byte) next(end) == sum(data);
        line.write(new byte[] {(byte) (good ? ACK : NAK)});
        return good ? Optional.of(new Packet(type, data)) : Optional.empty();
    }

    private int next(long end) throws IOException {
        var one = new byte[1];
        long left = end - System.nanoTime();
        if (left <= 0 || line.read(one, Duration.ofNanos(left)) == 0)
            throw new NoAnswerException(new byte[0], patience);
        return one[0] & 0xff;
    }

    private static byte sum(byte[] data) {
        byte sum = 0;
        for (byte each : data) sum ^= each;
        return sum;
    }
}
