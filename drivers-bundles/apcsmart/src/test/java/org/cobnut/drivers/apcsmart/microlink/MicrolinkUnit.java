package org.cobnut.drivers.apcsmart.microlink;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A unit with one switched outlet group, whose memory orders change. */
final class MicrolinkUnit extends SerialSimulator {
    private static final int WIDTH = 32;
    private static final int PAGES = 10;
    private static final int DATA = 4 * WIDTH;

    private final byte[] memory = new byte[WIDTH * PAGES];
    private final ByteArrayOutputStream description = new ByteArrayOutputStream();
    private final List<String> places = new ArrayList<>();
    private final List<String> writes = new ArrayList<>();
    private int next;
    private int data = DATA;

    MicrolinkUnit() {
        byte[] head = HexFormat.of().parseHex("01" + "20" + "0a" + "1234" + "01" + "09" + "00" + "01" + "00" + "0400");
        System.arraycopy(head, 0, memory, 0, head.length);
        add(0xF8, 2);
        usage("2:10", 0x10, 2);
        usage("2:11", 0x11, 2);
        usage("2:12", 0x12, 2);
        usage("2:13", 0x13, 2);
        add(0xFE, 4);
        usage("2:4.A", 0x0A, 4);
        usage("2:4.B5", 0xB5, 4);
        usage("2:4.34", 0x34, 4);
        usage("2:4.36", 0x36, 4);
        usage("2:4.82", 0x82, 8);
        add(0xFE, 5);
        usage("2:4.5.20", 0x20, 2);
        usage("2:4.5.31", 0x31, 2);
        usage("2:4.5.48", 0x48, 2);
        usage("2:4.5.9F", 0x9F, 4);
        add(0xFF, 0xFE, 7);
        usage("2:4.7.28", 0x28, 2);
        usage("2:4.7.2A", 0x2A, 2);
        usage("2:4.7.D", 0x0D, 2);
        add(0xFF, 0xFE, 8);
        usage("2:4.8.5", 0x05, 4);
        usage("2:4.8.6", 0x06, 4);
        add(0xFF, 0xFE, 9);
        usage("2:4.9.40", 0x40, 12);
        usage("2:4.9.44", 0x44, 14);
        add(0xFF, 0xFE, 0x3E);
        usage("2:4.3E.B6", 0xB6, 4);
        add(0xFF, 0xFD, 0x3D, 1);
        usage("2:4.3D[0].B6", 0xB6, 4);
        usage("2:4.3D[0].B8", 0xB8, 2);
        add(0xFF, 0xFF, 0xFF, 0xFF);
        byte[] bytes = description.toByteArray();
        System.arraycopy(bytes, 0, memory, 12, bytes.length);
        with("2:4.A", 0x02).with("2:4.5.20", 100 << 9).with("2:4.5.9F", 1800).with("2:4.5.31", 150);
        with("2:4.5.48", 9000)
                .with("2:4.7.28", 120 << 8)
                .with("2:4.7.2A", 600)
                .with("2:4.7.D", 253)
                .with("2:11", 4);
        with("2:4.3E.B6", 1).with("2:4.3D[0].B6", 1).with("2:4.3D[0].B8", 90).with("2:4.8.6", 0x12340000L);
        text("2:4.9.40", "AS1234567890").text("2:4.9.44", "Smart-UPS 750").text("2:4.82", "rack");
    }

    private void add(int... tokens) {
        for (int token : tokens) description.write(token);
    }

    private void usage(String path, int id, int size) {
        add(id, 0xFC, size);
        places.add(path + " " + data + " " + size);
        data += size;
    }

    private int[] place(String path) {
        String[] words = places.stream()
                .filter(place -> place.startsWith(path + " "))
                .findFirst()
                .orElseThrow()
                .split(" ");
        return new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2])};
    }

    MicrolinkUnit with(String path, long value) {
        int[] place = place(path);
        for (int i = 0; i < place[1]; i++) memory[place[0] + place[1] - 1 - i] = (byte) (value >> (8 * i));
        return this;
    }

    private MicrolinkUnit text(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, memory, place(path)[0], bytes.length);
        return this;
    }

    /** What was written since the last call: a path and bytes. */
    List<String> writes() {
        List<String> all = List.copyOf(writes);
        writes.clear();
        return all;
    }

    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) >= 0xFD) return 1;
        return text.length() < 3 || text.length() < text.charAt(2) + 5 ? 0 : text.charAt(2) + 5;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.length() > 1) {
            byte[] frame = request.getBytes(StandardCharsets.ISO_8859_1);
            byte[] right = frame.clone();
            Pages.check(right);
            if (!java.util.Arrays.equals(frame, right)) return List.of();
            int at = frame[0] * WIDTH + frame[1];
            System.arraycopy(frame, 3, memory, at, frame[2]);
            String path = places.stream()
                    .filter(place -> place.contains(" " + at + " "))
                    .findFirst()
                    .orElseThrow();
            writes.add(path.split(" ")[0] + "=" + HexFormat.of().formatHex(frame, 3, 3 + frame[2]));
            return List.of();
        }
        next = request.charAt(0) == 0xFD ? 0 : (next + 1) % PAGES;
        var frame = new byte[WIDTH + 3];
        frame[0] = (byte) next;
        System.arraycopy(memory, next * WIDTH, frame, 1, WIDTH);
        Pages.check(frame);
        return List.of(new String(frame, StandardCharsets.ISO_8859_1));
    }
}
