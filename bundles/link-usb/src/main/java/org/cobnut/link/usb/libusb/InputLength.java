package org.cobnut.link.usb.libusb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds how long the longest input report is. A transfer asks for exactly that much, as Linux does: with less it would overflow, and
 * with more it would wait for a second report to fill it.
 */
final class InputLength {
    private static final int LONG_ITEM = 0xfe;
    private static final int INPUT = 0x80;
    private static final int REPORT_SIZE = 0x74;
    private static final int REPORT_ID = 0x84;
    private static final int REPORT_COUNT = 0x94;
    private static final int PUSH = 0xa4;
    private static final int POP = 0xb4;
    /** No report is longer than a transfer on endpoint 0 may be. */
    private static final long LONGEST = 4096;

    private final Map<Integer, Long> bits = new HashMap<>();
    private final Deque<long[]> stack = new ArrayDeque<>();
    /** Size, count and id. */
    private long[] state = {0, 0, 0};

    private boolean ids;

    private InputLength() {}

    /** Bytes, the one of the id included; 0 when there is no input report. */
    static int of(byte[] descriptor) {
        var length = new InputLength();
        length.read(descriptor);
        long most = length.bits.values().stream().mapToLong(bits -> bits).max().orElse(0);
        return most == 0 ? 0 : (int) Math.min((most + 7) / 8 + (length.ids ? 1 : 0), LONGEST);
    }

    private void read(byte[] descriptor) {
        for (int at = 0; at < descriptor.length; ) {
            int prefix = descriptor[at] & 0xff;
            if (prefix == LONG_ITEM) {
                at += 3 + (at + 1 < descriptor.length ? descriptor[at + 1] & 0xff : 0);
                continue;
            }
            int size = (prefix & 3) == 3 ? 4 : prefix & 3;
            long value = 0;
            for (int i = 0; i < size && at + 1 + i < descriptor.length; i++)
                value |= (descriptor[at + 1 + i] & 0xffL) << (8 * i);
            item(prefix & 0xfc, value);
            at += 1 + size;
        }
    }

    private void item(int tag, long value) {
        switch (tag) {
            case REPORT_SIZE -> state[0] = Math.min(value, LONGEST * 8);
            case REPORT_COUNT -> state[1] = Math.min(value, LONGEST * 8);
            case REPORT_ID -> {
                state[2] = value;
                ids = true;
            }
            case PUSH -> stack.push(state.clone());
            case POP -> {
                if (!stack.isEmpty()) state = stack.pop();
            }
            case INPUT -> bits.merge((int) state[2], state[0] * state[1], Long::sum);
            default -> {
                // Nothing that says how long a report is.
            }
        }
    }
}
