package org.cobnut.link.usb.record;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Recording;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbIdentity;

/** A link to a HID device of which a recording hears. */
final class RecordedHidLink implements HidLink {
    static final String DESCRIPTOR = "descriptor";
    static final String STALL = "stall";
    static final String DONE = "done";
    static final String TEXT = "text ";
    static final String NONE = "none";

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final HidLink link;
    private final Recording recording;

    RecordedHidLink(HidLink link, Recording recording) {
        this.link = link;
        this.recording = recording;
        IdentityStates.write(link.identity(), recording);
        recording.sent(DESCRIPTOR);
        recording.received(HEX.formatHex(link.reportDescriptor()));
    }

    /** What may fail, and the text of its answer. */
    private interface Action<T> {
        T run() throws IOException;
    }

    static String get(ReportType type, int id, int maxLength) {
        return "get %s %02x %d".formatted(type.name().toLowerCase(Locale.ROOT), id, maxLength);
    }

    static String set(ReportType type, int id, byte[] bytes) {
        return "set %s %02x %s".formatted(type.name().toLowerCase(Locale.ROOT), id, HEX.formatHex(bytes));
    }

    static String askString(int index) {
        return "string " + index;
    }

    @Override
    public UsbIdentity identity() {
        return link.identity();
    }

    @Override
    public byte[] reportDescriptor() {
        return link.reportDescriptor();
    }

    @Override
    public byte[] getReport(ReportType type, int id, int maxLength) throws IOException {
        byte[] answer = asked(get(type, id, maxLength), () -> link.getReport(type, id, maxLength));
        recording.received(HEX.formatHex(answer));
        return answer;
    }

    @Override
    public void setReport(ReportType type, int id, byte[] bytes) throws IOException {
        asked(set(type, id, bytes), () -> {
            link.setReport(type, id, bytes);
            return true;
        });
        recording.received(DONE);
    }

    @Override
    public Optional<byte[]> nextInput() throws IOException {
        Optional<byte[]> input;
        try {
            input = link.nextInput();
        } catch (IOException lost) {
            recording.sent("");
            recording.failed(String.valueOf(lost.getMessage()));
            throw lost;
        }
        input.ifPresent(report -> {
            recording.sent("");
            recording.received(HEX.formatHex(report));
        });
        return input;
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        Optional<String> answer = asked(askString(index), () -> link.string(index));
        recording.received(answer.map(text -> TEXT + text).orElse(NONE));
        return answer;
    }

    @Override
    public void close() {
        link.close();
    }

    private <T> T asked(String question, Action<T> action) throws IOException {
        try {
            T answer = action.run();
            recording.sent(question);
            return answer;
        } catch (InterruptedIOException ended) {
            throw ended;
        } catch (StallException refused) {
            recording.sent(question);
            recording.received(STALL);
            throw refused;
        } catch (NoAnswerException silence) {
            recording.sent(question);
            recording.received("");
            throw silence;
        } catch (IOException lost) {
            recording.sent(question);
            recording.failed(String.valueOf(lost.getMessage()));
            throw lost;
        }
    }
}
