package org.cobnut.drivers.megatec.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;

/**
 * A device on USB that follows a script, a line for each transfer, in their order:
 *
 * <pre>
 * out 21 09 0200 0000 | "Q1" 0d 00*5     a control transfer to the device, and its bytes
 * in a1 01 0305 0000 47 | "(" 0d         one from it: how many bytes are asked for, and what comes
 * write 02 | 80 06 03 03                 an interrupt transfer to the device
 * read 81 8 | "(229.9 0"                 one from it; "timeout" or "stall" in place of bytes
 * clear 81
 * </pre>
 */
final class FakeUsbLink implements UsbLink {
    private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"|([0-9a-f]{2})(?:\\*(\\d+))?");

    private final UsbIdentity identity;
    private final List<UsbEndpoint> endpoints;
    private final Deque<String> script = new ArrayDeque<>();

    FakeUsbLink(UsbIdentity identity, UsbEndpoint... endpoints) {
        this.identity = identity;
        this.endpoints = List.of(endpoints);
    }

    FakeUsbLink() {
        this(UsbIdentity.of(0x06da, 0x0003, 0x0100));
    }

    FakeUsbLink then(String lines) {
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(script::add);
        return this;
    }

    void isThrough() {
        assertThat(script).as("transfers that did not come").isEmpty();
    }

    /** Bytes of a script's notation. */
    static byte[] bytes(String text) {
        var bytes = new ByteArrayOutputStream();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group(1) != null) bytes.writeBytes(token.group(1).getBytes(StandardCharsets.ISO_8859_1));
            else
                for (int i = 0; i < (token.group(3) == null ? 1 : Integer.parseInt(token.group(3))); i++)
                    bytes.write(Integer.parseInt(token.group(2), 16));
        }
        return bytes.toByteArray();
    }

    /** A string descriptor with this text. */
    static String string(String text) {
        return HexFormat.ofDelimiter(" ").formatHex(new byte[] {(byte) (2 * text.length() + 2), 3}) + " "
                + HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_16LE));
    }

    @Override
    public UsbIdentity identity() {
        return identity;
    }

    @Override
    public byte[] deviceDescriptor() {
        return new byte[18];
    }

    @Override
    public byte[] configurationDescriptor() {
        return new byte[9];
    }

    @Override
    public int interfaceNumber() {
        return 0;
    }

    @Override
    public List<UsbEndpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Optional<String> string(int index) {
        return Optional.empty();
    }

    @Override
    public byte[] controlIn(int requestType, int request, int value, int index, int length, Duration wait)
            throws IOException {
        return received("in %02x %02x %04x %04x %d".formatted(requestType, request, value, index, length), wait);
    }

    @Override
    public void controlOut(int requestType, int request, int value, int index, byte[] data, Duration wait)
            throws IOException {
        sent("out %02x %02x %04x %04x".formatted(requestType, request, value, index), data, wait);
    }

    @Override
    public byte[] interruptIn(int endpoint, int length, Duration wait) throws IOException {
        return received("read %02x %d".formatted(endpoint, length), wait);
    }

    @Override
    public void interruptOut(int endpoint, byte[] data, Duration wait) throws IOException {
        sent("write %02x".formatted(endpoint), data, wait);
    }

    @Override
    public byte[] bulkIn(int endpoint, int length, Duration wait) {
        throw new AssertionError("no chip of this family has such endpoints");
    }

    @Override
    public void bulkOut(int endpoint, byte[] data, Duration wait) {
        throw new AssertionError("no chip of this family has such endpoints");
    }

    @Override
    public void clearHalt(int endpoint) {
        assertThat("clear %02x".formatted(endpoint)).isEqualTo(script.poll());
    }

    @Override
    public void reset() {
        throw new AssertionError("no routine");
    }

    @Override
    public void close() {}

    private byte[] received(String transfer, Duration wait) throws IOException {
        String rest = next(transfer, wait);
        return bytes(rest);
    }

    private void sent(String transfer, byte[] data, Duration wait) throws IOException {
        String rest = next(transfer, wait);
        assertThat(HexFormat.ofDelimiter(" ").formatHex(data))
                .as(transfer)
                .isEqualTo(HexFormat.ofDelimiter(" ").formatHex(bytes(rest)));
    }

    private String next(String transfer, Duration wait) throws IOException {
        String line = script.poll();
        if (line == null) {
            if (transfer.startsWith("read")) throw new NoAnswerException(new byte[0], wait);
            throw new AssertionError("not in the script: " + transfer);
        }
        String[] parts = line.split("\\|", 2);
        assertThat(transfer).isEqualTo(parts[0].strip());
        String rest = parts[1].strip();
        if (rest.equals("timeout")) throw new NoAnswerException(new byte[0], wait);
        if (rest.equals("stall")) throw new StallException(transfer);
        return rest;
    }
}
