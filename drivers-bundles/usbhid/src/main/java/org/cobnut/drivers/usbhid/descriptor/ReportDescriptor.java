package org.cobnut.drivers.usbhid.descriptor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.cobnut.link.usb.ReportType;

/** Everything that a device can be asked for, as its report descriptor tells. Immutable. */
public final class ReportDescriptor {
    private final List<HidField> fields;
    private final Map<Report, Integer> bits;
    private final boolean numbered;
    private final Map<ReportType, Map<HidPath, HidField>> index = new HashMap<>();

    /** One report. */
    record Report(ReportType type, int id) {}

    ReportDescriptor(List<HidField> fields, Map<Report, Integer> bits, boolean numbered) {
        this.fields = List.copyOf(fields);
        this.bits = Map.copyOf(bits);
        this.numbered = numbered;
        for (HidField field : fields)
            index.computeIfAbsent(field.type(), type -> new HashMap<>()).putIfAbsent(field.path(), field);
    }

    /**
     * Reads a report descriptor, or the first part of one.
     *
     * @throws DescriptorException when there is no value in it, or more than any device has
     */
    public static ReportDescriptor parse(byte[] bytes) throws DescriptorException {
        return new DescriptorParser(bytes).parse();
    }

    /** Every field, in the order of the descriptor. */
    public List<HidField> fields() {
        return fields;
    }

    /** The first field of this path in reports of this type. */
    public Optional<HidField> find(HidPath path, ReportType type) {
        return Optional.ofNullable(index.getOrDefault(type, Map.of()).get(path));
    }

    /** The field that is read on request; where there is none, the one that the device sends by itself. */
    public Optional<HidField> find(HidPath path) {
        return find(path, ReportType.FEATURE).or(() -> find(path, ReportType.INPUT));
    }

    /** The fields of one report. */
    public List<HidField> fields(ReportType type, int report) {
        return fields.stream()
                .filter(field -> field.type() == type && field.report() == report)
                .toList();
    }

    /** Whether reports begin with their id. */
    public boolean numbered() {
        return numbered;
    }

    /** Bytes of a report without its id; 0 for one that is not declared. */
    public int length(ReportType type, int report) {
        return (bits.getOrDefault(new Report(type, report), 0) + 7) / 8;
    }

    /** The same descriptor with other fields in the place of some. */
    public ReportDescriptor with(UnaryOperator<HidField> fix) {
        return new ReportDescriptor(fields.stream().map(fix).toList(), bits, numbered);
    }
}
