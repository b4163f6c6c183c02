package org.cobnut.link.usb.record;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbIdentity;

/** A HID device out of a conversation, in the notation of {@link UsbLinkRecorder}. Silence takes no time. */
public final class ReplayedHidLink implements HidLink {
    private final Conversation conversation;
    private final UsbIdentity identity;
    private boolean closed;

    /** A device that says of itself what the conversation says. */
    public ReplayedHidLink(Conversation conversation) {
        this.conversation = conversation;
        identity = IdentityStates.read(conversation);
    }

    @Override
    public UsbIdentity identity() {
        return identity;
    }

    @Override
    public byte[] reportDescriptor() {
        try {
            return bytes(conversation.answer(RecordedHidLink.DESCRIPTOR));
        } catch (IOException failed) {
            return new byte[0];
        }
    }

    @Override
    public byte[] getReport(ReportType type, int id, int maxLength) throws IOException {
        return bytes(ask(RecordedHidLink.get(type, id, maxLength)));
    }

    @Override
    public void setReport(ReportType type, int id, byte[] bytes) throws IOException {
        ask(RecordedHidLink.set(type, id, bytes));
    }

    @Override
    public Optional<byte[]> nextInput() throws IOException {
        refuseWhenClosed();
        String report = conversation.unasked();
        return report.isEmpty() ? Optional.empty() : Optional.of(bytes(report));
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        refuseWhenClosed();
        String answer = conversation.answer(RecordedHidLink.askString(index));
        return answer.startsWith(RecordedHidLink.TEXT)
                ? Optional.of(answer.substring(RecordedHidLink.TEXT.length()))
                : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }

    private String ask(String question) throws IOException {
        refuseWhenClosed();
        String answer = conversation.answer(question);
        if (answer.equals(RecordedHidLink.STALL)) throw new StallException(question);
        if (answer.isEmpty()) throw new NoAnswerException(new byte[0], Duration.ZERO);
        return answer;
    }

    private void refuseWhenClosed() throws IOException {
        if (closed) throw new IOException("the link is closed");
    }

    private static byte[] bytes(String hexadecimal) throws IOException {
        try {
            return HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
        } catch (IllegalArgumentException wrong) {
            throw new IOException("the recording holds '" + hexadecimal + "' in place of bytes in hexadecimal", wrong);
        }
    }
}
