package org.cobnut.link.usb.record;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Recording;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;

/** A link to an interface of which a recording hears; questions and answers are gathered until the direction turns. */
final class RecordedUsbLink implements UsbLink {
    static final String STALL = "stall";
    static final String NONE = "none";

    /** What comes by itself without end is told of in pieces. */
    private static final int PIECE = 16_384;

    private final UsbLink link;
    private final Recording recording;
    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder received = new StringBuilder();
    /** Whether something was read, or waited for, since something was last sent. */
    private boolean turned;

    RecordedUsbLink(UsbLink link, Recording recording) {
        this.link = link;
        this.recording = recording;
        IdentityStates.write(link.identity(), recording);
        recording.state("device", HexFormat.of().formatHex(link.deviceDescriptor()));
        recording.state("configuration", HexFormat.of().formatHex(link.configurationDescriptor()));
        recording.state("interface", Integer.toString(link.interfaceNumber()));
        recording.state(
                "endpoints",
                link.endpoints().stream()
                        .map(one -> "%02x/%s/%d".formatted(one.address(), one.transfer(), one.maxPacket()))
                        .collect(Collectors.joining(" ")));
    }

    /** What may fail. */
    private interface Action<T> {
        T run() throws IOException;
    }

    static String controlIn(int requestType, int request, int value, int index, int length) {
        return "control %02x %02x %04x %04x %d".formatted(requestType, request, value, index, length);
    }

    static String controlOut(int requestType, int request, int value, int index, byte[] data) {
        return "control %02x %02x %04x %04x %s".formatted(requestType, request, value, index, text(data));
    }

    static String out(int endpoint, byte[] data) {
        return "out %02x %s".formatted(endpoint, text(data));
    }

    static String askString(int index) {
        return "string " + index;
    }

    @Override
    public UsbIdentity identity() {
        return link.identity();
    }

    @Override
    public byte[] deviceDescriptor() {
        return link.deviceDescriptor();
    }

    @Override
    public byte[] configurationDescriptor() {
        return link.configurationDescriptor();
    }

    @Override
    public int interfaceNumber() {
        return link.interfaceNumber();
    }

    @Override
    public List<UsbEndpoint> endpoints() {
        return link.endpoints();
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        send(askString(index));
        Optional<String> answer = read(() -> link.string(index));
        answer.ifPresentOrElse(this::packet, () -> received.append(NONE).append(':'));
        return answer;
    }

    @Override
    public byte[] controlIn(int requestType, int request, int value, int index, int length, Duration wait)
            throws IOException {
        send(controlIn(requestType, request, value, index, length));
        return packet(read(() -> link.controlIn(requestType, request, value, index, length, wait)));
    }

    @Override
    public void controlOut(int requestType, int request, int value, int index, byte[] data, Duration wait)
            throws IOException {
        send(controlOut(requestType, request, value, index, data));
        watched(() -> {
            link.controlOut(requestType, request, value, index, data, wait);
            return true;
        });
    }

    @Override
    public byte[] interruptIn(int endpoint, int length, Duration wait) throws IOException {
        return packet(read(() -> link.interruptIn(endpoint, length, wait)));
    }

    @Override
    public void interruptOut(int endpoint, byte[] data, Duration wait) throws IOException {
        send(out(endpoint, data));
        watched(() -> {
            link.interruptOut(endpoint, data, wait);
            return true;
        });
    }

    @Override
    public byte[] bulkIn(int endpoint, int length, Duration wait) throws IOException {
        return packet(read(() -> link.bulkIn(endpoint, length, wait)));
    }

    @Override
    public void bulkOut(int endpoint, byte[] data, Duration wait) throws IOException {
        send(out(endpoint, data));
        watched(() -> {
            link.bulkOut(endpoint, data, wait);
            return true;
        });
    }

    @Override
    public void clearHalt(int endpoint) throws IOException {
        link.clearHalt(endpoint);
    }

    @Override
    public void reset() throws IOException {
        link.reset();
    }

    /** May be called by another thread, so what was gathered by then is not told of. */
    @Override
    public void close() {
        link.close();
    }

    private void send(String transfer) {
        if (turned) tell();
        sent.append(sent.length() == 0 ? "" : "\n").append(transfer);
    }

    private <T> T read(Action<T> action) throws IOException {
        if (received.length() > PIECE) tell();
        turned = true;
        return watched(action);
    }

    private byte[] packet(byte[] bytes) {
        packet(text(bytes));
        return bytes;
    }

    private void packet(String text) {
        received.append(text.length()).append(':').append(text);
    }

    private <T> T watched(Action<T> action) throws IOException {
        try {
            return action.run();
        } catch (InterruptedIOException ended) {
            throw ended;
        } catch (NoAnswerException silence) {
            turned = true;
            throw silence;
        } catch (StallException refused) {
            turned = true;
            received.append(STALL).append(':');
            throw refused;
        } catch (IOException lost) {
            recording.sent(take(sent));
            recording.failed(String.valueOf(lost.getMessage()));
            throw lost;
        }
    }

    /** Tells of what was gathered. */
    private void tell() {
        turned = false;
        if (sent.length() == 0 && received.length() == 0) return;
        recording.sent(take(sent));
        recording.received(take(received));
    }

    private static String take(StringBuilder text) {
        String all = text.toString();
        text.setLength(0);
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
