package org.cobnut.drivers.apcsmart.microlink;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What lies where in a unit's memory: places by paths such as {@code 2:4.9.40}, read from the unit's own description. */
final class Description {
    private static final int START = 12;
    private static final int MOST_DEPTH = 8;
    private static final int USUAL_SIZE = 2;
    private static final int LAST_USAGE = 0xDF;

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final byte[] memory;
    private int at = START;
    private int data;

    /** Bytes of the memory. */
    record Place(int at, int size) {}

    private Description(byte[] memory, int data) {
        this.memory = memory;
        this.data = data;
    }

    static Map<String, Place> of(Pages pages) throws IOException {
        var description = new Description(pages.bytes(0, pages.size()), pages.data());
        description.block("", 0);
        return Map.copyOf(description.places);
    }

    private int token() throws IOException {
        if (at >= memory.length) throw new IOException("the UPS describes its memory beyond its end");
        return memory[at++] & 0xff;
    }

    private void block(String path, int depth) throws IOException {
        if (depth > MOST_DEPTH) throw new IOException("the UPS describes its memory without an end");
        boolean skip = false;
        while (at < memory.length) {
            int token = token();
            switch (token) {
                case 0xF4 -> block(path, depth + 1);
                case 0xF5 -> skip = true;
                case 0xF6, 0xFF -> {
                    return;
                }
                case 0xF7 -> {}
                case 0xF8 -> block("%X:".formatted(token()), depth + 1);
                case 0xFD -> collection(path, depth + 1);
                case 0xFE -> block("%s%X.".formatted(path, token()), depth + 1);
                default -> {
                    if (token == 0 || token > LAST_USAGE)
                        throw new IOException(
                                "the UPS describes its memory by %02x, which is not known".formatted(token));
                    usage(path, token, skip);
                    skip = false;
                }
            }
        }
    }

    /** Like parts are described once. */
    private void collection(String path, int depth) throws IOException {
        int id = token();
        int count = token();
        int start = at;
        for (int i = 0; i < count; i++) {
            at = start;
            block("%s%X[%d].".formatted(path, id, i), depth);
        }
    }

    private void usage(String path, int id, boolean skip) throws IOException {
        int size = USUAL_SIZE;
        for (boolean more = true; more && at < memory.length; ) {
            switch (memory[at] & 0xff) {
                case 0xFC -> {
                    at++;
                    size = token();
                }
                case 0xFB, 0xF9 -> at += 1 + size;
                case 0xFA -> at += 1 + 2 * size;
                default -> more = false;
            }
        }
        if (!skip && data + size <= memory.length) places.put("%s%X".formatted(path, id), new Place(data, size));
        data += size;
    }
}
