package org.cobnut.scan.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Reply;

/** One server that is asked for its UPSes. What it named until it ended, in whatever way, is reported as one group. */
final class ServerProbe {
    /** The port that IANA gave to NUT. */
    static final int PORT = 3493;

    private static final byte[] QUESTION = "LIST UPS\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE = 12;
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEVICES = 16_384;
    private static final int WORDS = 3;

    private final SelectionKey key;
    private final SocketChannel channel;
    private final InetSocketAddress address;
    private final String server;
    private final String kind;
    private final long timeout;
    private final ScanReport report;
    private final Lexer lexer = new Lexer();
    private final List<FoundDevice> devices = new ArrayList<>();
    private final long begin = System.nanoTime();
    private long heard = begin;
    private int bytes;

    /**
     * A server.
     *
     * @param key of a channel that is not connected yet
     * @param kind of the scanner that asks
     */
    ServerProbe(SelectionKey key, InetAddress host, String kind, ScanRequest request, ScanReport report) {
        this.key = key;
        this.channel = (SocketChannel) key.channel();
        this.kind = kind;
        this.timeout = request.timeout().toNanos();
        this.report = report;
        this.address = new InetSocketAddress(host, request.tcpPort().orElse(PORT));
        String text = AddressText.of(host);
        String name = text.indexOf(':') < 0 ? text : '[' + text + ']';
        this.server = address.getPort() == PORT ? name : name + ':' + address.getPort();
        key.attach(this);
    }

    /** Begins to connect, and says whether that is done already. */
    boolean connect() throws IOException {
        return channel.connect(address);
    }

    /** How long it may go on until something must come, in nanoseconds. */
    long left() {
        long now = System.nanoTime();
        return Math.min(timeout - (now - heard), PATIENCE * timeout - (now - begin));
    }

    /** Does what can be done without waiting, and says whether it is at its end. */
    boolean step(ByteBuffer buffer) throws IOException {
        if (channel.isConnectionPending() && !channel.finishConnect()) return false;
        if (key.interestOps() == SelectionKey.OP_CONNECT) {
            heard = System.nanoTime();
            channel.write(ByteBuffer.wrap(QUESTION));
            key.interestOps(SelectionKey.OP_READ);
        }
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) return true;
        bytes += count;
        for (int i = 0; i < count; i++) {
            Lexer.Event event = lexer.accept(buffer.get(i));
            if (event == Lexer.Event.ERROR) return true;
            if (event == Lexer.Event.LINE && !goesOn(lexer.words())) return true;
        }
        return bytes > MAX_BYTES;
    }

    /** Takes one line of the reply; an end, an error and anything unexpected end it. */
    private boolean goesOn(List<String> words) {
        heard = System.nanoTime();
        Reply reply = Reply.of(words);
        if (reply instanceof Reply.Begin) return true;
        if (!(reply instanceof Reply.Item)
                || words.size() < WORDS
                || !words.get(0).equals("UPS")) return false;
        devices.add(FoundDevice.of(kind, "dummy-ups", words.get(1) + '@' + server)
                .withDescription(words.get(2).equals("Unavailable") ? "" : words.get(2)));
        return devices.size() < MAX_DEVICES;
    }

    /** Closes the connection, and reports what was found. */
    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // It was only asked; a close that fails leaves nothing to do.
        }
        devices.forEach(report::found);
        devices.clear();
    }
}
