package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.drivers.usbhid.descriptor.HidField;
import org.cobnut.drivers.usbhid.descriptor.HidPath;
import org.cobnut.drivers.usbhid.descriptor.ReportDescriptor;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;

/**
 * The reports of one device, without their ids: asks for them, takes those that the device sends by itself, and remembers the
 * latest of each.
 */
final class HidReports {
    /** Bytes that some firmware wants to be asked for, whatever it has to say. */
    private static final int ROUND_LENGTH = 8;

    private final HidLink link;
    private final ReportDescriptor descriptor;
    private final int least;
    private final Map<Unit, byte[]> last = new HashMap<>();
    private final Map<HidPath, Reading> sent = new HashMap<>();
    private final Set<Unit> refused = new HashSet<>();

    /** One report. */
    record Unit(ReportType type, int id) {
        static Unit of(HidField field) {
            return new Unit(field.type(), field.report());
        }

        /** As it stands in messages. */
        @Override
        public String toString() {
            return "%s report %02x".formatted(type.name().toLowerCase(Locale.ROOT), id);
        }
    }

    /** A field, and the report that holds it. */
    static final class Reading {
        private final HidField field;
        private final byte[] data;

        Reading(HidField field, byte[] data) {
            this.field = field;
            this.data = data;
        }

        HidField field() {
            return field;
        }

        byte[] data() {
            return data;
        }

        /** Whether the report is long enough: devices send shorter ones than they declare. */
        boolean whole() {
            return data.length >= field.end();
        }
    }

    /** @param longest whether every report is asked for by the length of the longest */
    HidReports(HidLink link, ReportDescriptor descriptor, boolean longest) {
        this.link = link;
        this.descriptor = descriptor;
        this.least = longest
                ? descriptor.fields().stream()
                        .mapToInt(field -> descriptor.length(field.type(), field.report()))
                        .max()
                        .orElse(0)
                : 0;
    }

    /**
     * Asks for a report.
     *
     * @return what stands behind its id; nothing when the device refuses it, or sends another
     * @throws NoAnswerException when it does not answer
     */
    Optional<byte[]> read(Unit unit) throws IOException {
        int declared = descriptor.length(unit.type(), unit.id());
        int length = Math.max(least, declared);
        Optional<byte[]> data = ask(unit, length);
        if (data.isPresent() && data.get().length < declared && length < ROUND_LENGTH)
            data = ask(unit, ROUND_LENGTH).or(() -> last(unit));
        if (data.isEmpty()) refused.add(unit);
        data.ifPresent(bytes -> {
            refused.remove(unit);
            last.put(unit, bytes);
            descriptor.fields(unit.type(), unit.id()).forEach(field -> sent.remove(field.path()));
        });
        return data;
    }

    private Optional<byte[]> ask(Unit unit, int length) throws IOException {
        try {
            byte[] bytes = link.getReport(unit.type(), unit.id(), length + 1);
            // Many that use no ids answer a request with a byte in front even so.
            boolean id = descriptor.numbered() || bytes.length > descriptor.length(unit.type(), unit.id());
            if (!id) return Optional.of(bytes);
            if (bytes.length == 0 || (bytes[0] & 0xff) != unit.id()) return Optional.empty();
            return Optional.of(Arrays.copyOfRange(bytes, 1, bytes.length));
        } catch (StallException refused) {
            return Optional.empty();
        }
    }

    /** Whether the device refused the report when it was asked for it last. */
    boolean refuses(Unit unit) {
        return refused.contains(unit);
    }

    /** What the device answered or sent last. */
    Optional<byte[]> last(Unit unit) {
        return Optional.ofNullable(last.get(unit));
    }

    /** Takes all reports that the device sent by itself. Says whether any held a value. */
    boolean drain() throws IOException {
        boolean any = false;
        for (Optional<byte[]> next = link.nextInput(); next.isPresent(); next = link.nextInput())
            any |= take(next.get());
        return any;
    }

    private boolean take(byte[] bytes) {
        boolean numbered = descriptor.numbered();
        if (bytes.length == 0) return false;
        var unit = new Unit(ReportType.INPUT, numbered ? bytes[0] & 0xff : 0);
        byte[] data = numbered ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        boolean any = false;
        for (HidField field : descriptor.fields(unit.type(), unit.id())) {
            var reading = new Reading(field, data);
            if (!reading.whole()) continue;
            sent.put(field.path(), reading);
            any = true;
        }
        if (any) last.put(unit, data);
        return any;
    }

    /** A field as it is known now: what the device sent by itself since it was asked, else what it answered. */
    Optional<Reading> reading(HidField field) {
        Reading pushed = sent.get(field.path());
        if (pushed != null) return Optional.of(pushed);
        return last(Unit.of(field)).map(data -> new Reading(field, data)).filter(Reading::whole);
    }

    /**
     * Writes one field, and leaves the others of its report as they are.
     *
     * @throws StallException when the device refuses
     */
    void write(HidField field, long value) throws IOException {
        var unit = Unit.of(field);
        byte[] data = Arrays.copyOf(read(unit).orElse(new byte[0]), descriptor.length(unit.type(), unit.id()));
        field.put(data, value);
        byte[] bytes = new byte[data.length + (descriptor.numbered() ? 1 : 0)];
        bytes[0] = (byte) unit.id();
        System.arraycopy(data, 0, bytes, bytes.length - data.length, data.length);
        link.setReport(unit.type(), unit.id(), bytes);
    }
}
