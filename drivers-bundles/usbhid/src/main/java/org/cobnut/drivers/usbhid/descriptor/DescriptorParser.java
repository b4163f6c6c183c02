package org.cobnut.drivers.usbhid.descriptor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.drivers.usbhid.descriptor.HidField.Limits;
import org.cobnut.drivers.usbhid.descriptor.ReportDescriptor.Report;
import org.cobnut.link.usb.ReportType;

/**
 * Goes through the items of one report descriptor. Devices are lax, and so is this: what is cut off at the end, ends that
 * close nothing and items that nobody knows are passed over.
 */
final class DescriptorParser {
    private static final int MOST_FIELDS = 4096;
    private static final int MOST_DEPTH = 32;

    /** Bits of the longest report, which is some 4 KiB. */
    private static final long MOST_BITS = 32_768;

    private static final int LONG_ITEM = 0xfe;
    private static final int[] SIZES = {0, 1, 2, 4};

    private final byte[] bytes;
    private final List<HidField> fields = new ArrayList<>();
    private final Map<Report, Integer> offsets = new HashMap<>();
    private final List<Integer> path = new ArrayList<>();
    private final Deque<Integer> depths = new ArrayDeque<>();
    private final Deque<Globals> saved = new ArrayDeque<>();
    private final List<Integer> usages = new ArrayList<>();
    private Globals globals = new Globals();
    private int least;
    private boolean numbered;
    private int at;

    /** What lasts from item to item. */
    private static final class Globals {
        int page;
        Operand logicalMin = Operand.NONE;
        Operand logicalMax = Operand.NONE;
        Operand physicalMin = Operand.NONE;
        Operand physicalMax = Operand.NONE;
        int exponent;
        int unit;
        long size;
        int report;
        long count;

        Globals copy() {
            var copy = new Globals();
            copy.page = page;
            copy.logicalMin = logicalMin;
            copy.logicalMax = logicalMax;
            copy.physicalMin = physicalMin;
            copy.physicalMax = physicalMax;
            copy.exponent = exponent;
            copy.unit = unit;
            copy.size = size;
            copy.report = report;
            copy.count = count;
            return copy;
        }
    }

    /** The number behind the prefix of an item, in so many bytes. */
    private record Operand(long value, int width) {
        static final Operand NONE = new Operand(0, 0);

        long signed() {
            return switch (width) {
                case 1 -> (byte) value;
                case 2 -> (short) value;
                case 4 -> (int) value;
                default -> 0;
            };
        }
    }

    DescriptorParser(byte[] bytes) {
        this.bytes = bytes;
    }

    ReportDescriptor parse() throws DescriptorException {
        while (at < bytes.length) {
            int prefix = bytes[at] & 0xff;
            if (prefix == LONG_ITEM) {
                at += 3 + (at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0);
                continue;
            }
            int width = SIZES[prefix & 3];
            if (at + width >= bytes.length) break;
            take(prefix & 0xfc, number(width));
            at += 1 + width;
        }
        if (fields.isEmpty())
            throw new DescriptorException("the report descriptor of %d bytes holds no value".formatted(bytes.length));
        return new ReportDescriptor(fields, offsets, numbered);
    }

    private Operand number(int width) {
        long value = 0;
        for (int i = width; i > 0; i--) value = (value << 8) | (bytes[at + i] & 0xff);
        return new Operand(value, width);
    }

    private void take(int item, Operand number) throws DescriptorException {
        switch (item & 0x0c) {
            case 0x00 -> {
                main(item, number);
                usages.clear();
                least = 0;
            }
            case 0x04 -> global(item, number);
            case 0x08 -> local(item, number);
            default -> {} // reserved
        }
    }

    private void main(int item, Operand number) throws DescriptorException {
        switch (item) {
            case 0x80 -> fields(ReportType.INPUT, (int) number.value());
            case 0x90 -> fields(ReportType.OUTPUT, (int) number.value());
            case 0xb0 -> fields(ReportType.FEATURE, (int) number.value());
            case 0xa0 -> collection((int) number.value() & 0xff);
            case 0xc0 -> end();
            default -> {} // reserved
        }
    }

    private void collection(int type) throws DescriptorException {
        if (depths.size() == MOST_DEPTH) throw fault("more than %d collections in each other".formatted(MOST_DEPTH));
        path.add(usages.isEmpty() ? 0 : usages.get(0));
        boolean part = type >= 0x80;
        if (part) path.add(HidPath.part(type & 0x7f));
        depths.push(part ? 2 : 1);
    }

    private void end() {
        if (depths.isEmpty()) return;
        for (int i = depths.pop(); i > 0; i--) path.remove(path.size() - 1);
    }

    private void fields(ReportType type, int attributes) throws DescriptorException {
        var report = new Report(type, globals.report);
        int offset = offsets.getOrDefault(report, 0);
        if (globals.size > MOST_BITS || globals.count > MOST_BITS || globals.size * globals.count + offset > MOST_BITS)
            throw fault("report %d is longer than any device's".formatted(globals.report));
        int size = (int) globals.size;
        for (int i = 0; i < globals.count && size > 0; i++) {
            if (!usages.isEmpty()) fields.add(field(type, offset, size, attributes, i));
            if (fields.size() > MOST_FIELDS) throw fault("more than %d values".formatted(MOST_FIELDS));
            offset += size;
        }
        offsets.put(report, offset);
    }

    private HidField field(ReportType type, int offset, int size, int attributes, int number) {
        int usage = usages.get(Math.min(number, usages.size() - 1));
        Limits logical = limits(globals.logicalMin, globals.logicalMax, size);
        return new HidField(
                new HidPath(path).plus(usage),
                type,
                globals.report,
                offset,
                size,
                logical,
                physical(logical),
                globals.unit,
                globals.exponent,
                attributes);
    }

    /** The limits, read as the device must have meant them: most write a large unsigned one in too few bytes. */
    private static Limits limits(Operand min, Operand max, int size) {
        long least = min.signed();
        long most = max.signed();
        if (least >= 0 && most < 0) most = max.value();
        if (least > most) most = size >= 63 ? Long.MAX_VALUE : (1L << size) - 1;
        return new Limits(least, most);
    }

    private Limits physical(Limits logical) {
        if (globals.physicalMin.width() == 0 || globals.physicalMax.width() == 0) return logical;
        long min = globals.physicalMin.signed();
        long max = globals.physicalMax.signed();
        if (min >= 0 && max < 0) max = globals.physicalMax.value();
        return max > min ? new Limits(min, max) : logical;
    }

    private void global(int item, Operand number) throws DescriptorException {
        int value = (int) number.value();
        switch (item) {
            case 0x04 -> globals.page = value << 16;
            case 0x14 -> globals.logicalMin = number;
            case 0x24 -> globals.logicalMax = number;
            case 0x34 -> globals.physicalMin = number;
            case 0x44 -> globals.physicalMax = number;
            case 0x54 -> globals.exponent = (value & 0x0f) < 8 ? value & 0x0f : (value & 0x0f) - 16;
            case 0x64 -> globals.unit = value;
            case 0x74 -> globals.size = number.value();
            case 0x84 -> {
                globals.report = value & 0xff;
                numbered |= globals.report != 0;
            }
            case 0x94 -> globals.count = number.value();
            case 0xa4 -> {
                if (saved.size() == MOST_DEPTH) throw fault("more than %d states are kept".formatted(MOST_DEPTH));
                saved.push(globals.copy());
            }
            case 0xb4 -> globals = saved.isEmpty() ? globals : saved.pop();
            default -> {} // reserved
        }
    }

    private void local(int item, Operand number) {
        int usage = (int) number.value() | (number.width() == 4 ? 0 : globals.page);
        switch (item) {
            case 0x08 -> usages.add(usage);
            case 0x18 -> least = usage;
            case 0x28 -> {
                for (int next = least; next <= usage && usages.size() < MOST_FIELDS; next++) usages.add(next);
            }
            default -> {} // strings, designators and delimiters say nothing of values
        }
    }

    private DescriptorException fault(String reason) {
        return new DescriptorException("the report descriptor is wrong at byte %d: %s".formatted(at, reason));
    }
}
