package org.cobnut.link.usb.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;

/** An interface of a device out of a conversation, in the notation of {@link UsbLinkRecorder}. Silence takes no time. */
public final class ReplayedUsbLink implements UsbLink {
    private final Conversation conversation;
    private final UsbIdentity identity;
    private final StringBuilder sent = new StringBuilder();
    private final Deque<String> packets = new ArrayDeque<>();
    private boolean closed;

    /** A device that says of itself what the conversation says. */
    public ReplayedUsbLink(Conversation conversation) {
        this.conversation = conversation;
        identity = IdentityStates.read(conversation);
    }

    @Override
    public UsbIdentity identity() {
        return identity;
    }

    @Override
    public byte[] deviceDescriptor() {
        return HexFormat.of().parseHex(conversation.state("device"));
    }

    @Override
    public byte[] configurationDescriptor() {
        return HexFormat.of().parseHex(conversation.state("configuration"));
    }

    @Override
    public int interfaceNumber() {
        String number = conversation.state("interface");
        return number.isEmpty() ? 0 : Integer.parseInt(number);
    }

    @Override
    public List<UsbEndpoint> endpoints() {
        var endpoints = new ArrayList<UsbEndpoint>();
        for (String one : conversation.state("endpoints").split(" ")) {
            String[] words = one.split("/");
            if (words.length == 3)
                endpoints.add(new UsbEndpoint(
                        HexFormat.fromHexDigits(words[0]),
                        UsbEndpoint.Transfer.valueOf(words[1]),
                        Integer.parseInt(words[2])));
        }
        return endpoints;
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        send(RecordedUsbLink.askString(index));
        String answer = next();
        return answer == null || answer.equals(RecordedUsbLink.NONE + ":")
                ? Optional.empty()
                : Optional.of(answer.substring(1));
    }

    @Override
    public byte[] controlIn(int requestType, int request, int value, int index, int length, Duration wait)
            throws IOException {
        send(RecordedUsbLink.controlIn(requestType, request, value, index, length));
        return read("request %02x".formatted(request));
    }

    @Override
    public void controlOut(int requestType, int request, int value, int index, byte[] data, Duration wait)
            throws IOException {
        send(RecordedUsbLink.controlOut(requestType, request, value, index, data));
    }

    @Override
    public byte[] interruptIn(int endpoint, int length, Duration wait) throws IOException {
        return read("endpoint 0x%02x".formatted(endpoint));
    }

    @Override
    public void interruptOut(int endpoint, byte[] data, Duration wait) throws IOException {
        send(RecordedUsbLink.out(endpoint, data));
    }

    @Override
    public byte[] bulkIn(int endpoint, int length, Duration wait) throws IOException {
        return read("endpoint 0x%02x".formatted(endpoint));
    }

    @Override
    public void bulkOut(int endpoint, byte[] data, Duration wait) throws IOException {
        send(RecordedUsbLink.out(endpoint, data));
    }

    @Override
    public void clearHalt(int endpoint) throws IOException {
        refuseWhenClosed();
    }

    @Override
    public void reset() throws IOException {
        refuseWhenClosed();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void send(String transfer) throws IOException {
        refuseWhenClosed();
        if (sent.length() == 0) packets.clear();
        sent.append(sent.length() == 0 ? "" : "\n").append(transfer);
    }

    private byte[] read(String what) throws IOException {
        String packet = next();
        if (packet == null) throw new NoAnswerException(new byte[0], Duration.ZERO);
        if (packet.equals(RecordedUsbLink.STALL + ":")) throw new StallException(what);
        return packet.substring(1).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The next packet with a colon before it, or a word with one behind it; null for silence. */
    private @org.jspecify.annotations.Nullable String next() throws IOException {
        refuseWhenClosed();
        if (sent.length() > 0) {
            String question = sent.toString();
            sent.setLength(0);
            split(conversation.answer(question));
        }
        if (packets.isEmpty()) split(conversation.unasked());
        return packets.poll();
    }

    private void split(String answer) throws IOException {
        for (int at = 0; at < answer.length(); ) {
            int colon = answer.indexOf(':', at);
            String word = colon < 0 ? answer.substring(at) : answer.substring(at, colon);
            if (word.matches("\\d{1,6}")) {
                int end = Math.min(answer.length(), colon + 1 + Integer.parseInt(word));
                packets.add(answer.substring(colon, end));
                at = end;
            } else if (word.equals(RecordedUsbLink.STALL) || word.equals(RecordedUsbLink.NONE)) {
                packets.add(word + ":");
                at += word.length() + 1;
            } else throw new IOException("the recording holds '" + word + "' in place of the length of a packet");
        }
    }

    private void refuseWhenClosed() throws IOException {
        if (closed) throw new IOException("the link is closed");
    }
}
