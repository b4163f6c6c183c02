package org.cobnut.link.modbus.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The HID reports that carry Modbus, as a report descriptor declares them.
 *
 * @param out the number of the report that takes requests
 * @param in the number of the report that brings responses
 */
record ModbusReports(int out, int in) {
    /** Usages of APC: what its device receives, and what it sends. */
    private static final int RECEIVED = 0xff8600fc;

    private static final int SENT = 0xff8600fd;

    private static final int INPUT = 0x80;
    private static final int OUTPUT = 0x90;
    private static final int FEATURE = 0xb0;
    private static final int COLLECTION = 0xa0;
    private static final int USAGE_PAGE = 0x04;
    private static final int REPORT_ID = 0x84;
    private static final int USAGE = 0x08;
    private static final int LONG_ITEM = 0xfe;

    /** The reports of a descriptor; empty when it declares none for Modbus. */
    static Optional<ModbusReports> of(byte[] descriptor) {
        var found = new Items();
        int at = 0;
        while (at < descriptor.length) {
            int head = descriptor[at] & 0xff;
            int size = head == LONG_ITEM ? longSize(descriptor, at) : (head & 3) == 3 ? 4 : head & 3;
            if (at + size >= descriptor.length) break;
            if (head != LONG_ITEM) found.take(head & 0xfc, size, number(descriptor, at + 1, size));
            at += 1 + size;
        }
        return found.out == 0 || found.in == 0 ? Optional.empty() : Optional.of(new ModbusReports(found.out, found.in));
    }

    /** What the items up to one have said. */
    private static final class Items {
        private final List<Integer> usages = new ArrayList<>();
        private int page;
        private int id;
        private int out;
        private int in;

        void take(int item, int size, int data) {
            switch (item) {
                case USAGE_PAGE -> page = data;
                case REPORT_ID -> id = data;
                case USAGE -> usages.add(size == 4 ? data : page << 16 | data);
                case OUTPUT -> {
                    if (usages.contains(RECEIVED)) out = id;
                }
                case INPUT -> {
                    if (usages.contains(SENT)) in = id;
                }
                default -> {}
            }
            if (ends(item)) usages.clear();
        }
    }

    /** Whether the usages before this item were for it. */
    private static boolean ends(int item) {
        return item == INPUT || item == OUTPUT || item == FEATURE || item == COLLECTION;
    }

    private static int longSize(byte[] descriptor, int at) {
        return at + 1 < descriptor.length ? 2 + (descriptor[at + 1] & 0xff) : 2;
    }

    private static int number(byte[] bytes, int from, int size) {
        int number = 0;
        for (int i = size - 1; i >= 0; i--) number = number << 8 | (bytes[from + i] & 0xff);
        return number;
    }
}
