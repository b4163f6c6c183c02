package org.cobnut.drivers.usbhid.shut;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A UPS that speaks SHUT: descriptors, strings and feature reports. */
public final class ShutUps extends SerialSimulator {
    private static final String ACK = "\u0006";
    private static final String NAK = "\u0015";

    private final byte[] descriptor;
    private final Map<Integer, byte[]> features;
    private final Map<Integer, String> strings;
    private final Deque<String> pending = new ArrayDeque<>();
    private final List<String> written = new ArrayList<>();
    private byte[] setup = new byte[0];
    private boolean broken;
    private String last = "";

    public ShutUps(byte[] descriptor, Map<Integer, byte[]> features, Map<Integer, String> strings) {
        this.descriptor = descriptor.clone();
        this.features = new TreeMap<>(features);
        this.strings = Map.copyOf(strings);
    }

    /** The next packet has a wrong sum, once. */
    public void breakOne() {
        broken = true;
    }

    /** Reports that were written. */
    public List<String> written() {
        return List.copyOf(written);
    }

    /** Sends a notification by itself. */
    public void notify(String hex) {
        send(packet(0x85, HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 2400;
    }

    @Override
    protected int requestLength(String text) {
        int first = text.charAt(0) & 0x7f;
        if (first != 0x01) return 1;
        int length = text.length() > 1 ? (text.charAt(1) & 0x0f) + 3 : Integer.MAX_VALUE;
        return text.length() >= length ? length : 0;
    }

    @Override
    protected List<String> answer(String request) {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        return switch (bytes[0]) {
            case 0x16, 0x17, 0x18 -> List.of(request);
            case 0x06 -> next();
            case 0x15 -> List.of(last);
            default -> packet(bytes);
        };
    }

    private List<String> next() {
        if (pending.isEmpty()) return List.of();
        last = pending.remove();
        if (!broken) return List.of(last);
        broken = false;
        return List.of(last.substring(0, last.length() - 1) + (char) (last.charAt(last.length() - 1) ^ 1));
    }

    private List<String> packet(byte[] bytes) {
        byte[] data = Arrays.copyOfRange(bytes, 2, bytes.length - 1);
        boolean whole = (bytes[0] & 0x80) != 0;
        if (setup.length > 0) {
            int id = setup[2] & 0xff;
            setup = whole ? new byte[0] : setup;
            written.add(HexFormat.ofDelimiter(" ").formatHex(data));
            features.replace(id, data);
            return List.of(ACK);
        }
        if (!whole) {
            setup = data;
            return List.of(ACK);
        }
        byte[] answer = requested(data);
        if (answer.length == 0) return List.of(NAK);
        pending.clear();
        int most = Math.min(answer.length, (data[6] & 0xff) | ((data[7] & 0xff) << 8));
        for (int from = 0; from < most; from += 8) {
            int to = Math.min(most, from + 8);
            pending.add(packet(to == most ? 0x84 : 0x04, Arrays.copyOfRange(answer, from, to)));
        }
        var sent = new ArrayList<>(List.of(ACK));
        sent.addAll(next());
        return sent;
    }

    private byte[] requested(byte[] data) {
        int low = data[2] & 0xff;
        int high = data[3] & 0xff;
        if (data[1] == 0x01) return features.getOrDefault(low, new byte[0]);
        return switch (high) {
            case 1 -> HexFormat.of().parseHex("120110010000000863 04ffff0106010203 01".replace(" ", ""));
            case 3 -> text(strings.getOrDefault(low, ""));
            case 0x21 ->
                new byte[] {9, 0x21, 0, 1, 33, 1, 0x22, (byte) descriptor.length, (byte) (descriptor.length >> 8)};
            case 0x22 -> descriptor;
            default -> new byte[0];
        };
    }

    private static byte[] text(String text) {
        if (text.isEmpty()) return new byte[0];
        byte[] letters = text.getBytes(StandardCharsets.UTF_16LE);
        var out = new ByteArrayOutputStream();
        out.write(letters.length + 2);
        out.write(3);
        out.writeBytes(letters);
        return out.toByteArray();
    }

    private static String packet(int type, byte[] data) {
        var out = new ByteArrayOutputStream();
        out.write(type);
        out.write((data.length << 4) | data.length);
        out.writeBytes(data);
        int sum = 0;
        for (byte each : data) sum ^= each;
        out.write(sum);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
