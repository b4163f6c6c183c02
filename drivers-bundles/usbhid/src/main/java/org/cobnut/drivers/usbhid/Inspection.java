package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.cobnut.drivers.usbhid.HidReports.Reading;
import org.cobnut.drivers.usbhid.HidReports.Unit;
import org.cobnut.drivers.usbhid.descriptor.HidField;
import org.cobnut.drivers.usbhid.descriptor.HidPath;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.ReportType;
import org.cobnut.table.Numbers;

/** Everything that a device can tell, as a tree with values: what a bug report needs. */
final class Inspection {
    private final OpenDevice device;

    Inspection(OpenDevice device) {
        this.device = device;
    }

    /** Asks for every report, and draws the tree. */
    String tree() throws IOException {
        var silent = new LinkedHashSet<Unit>();
        for (HidField field : device.descriptor().fields()) {
            Unit unit = Unit.of(field);
            if (unit.type() == ReportType.FEATURE && !silent.contains(unit) && !asked(unit)) silent.add(unit);
        }
        var text = new StringBuilder();
        text.append("%s%nmapping %s (%s), %d of its rows are for this device%n%d bytes of report descriptor:%n%s"
                .formatted(
                        device.link().identity(),
                        device.mapping(),
                        device.title(),
                        device.known().size(),
                        device.link().reportDescriptor().length,
                        hex(device.link().reportDescriptor())));
        branches(text);
        if (!silent.isEmpty())
            text.append("not answered: ").append(join(silent)).append('\n');
        return text.toString();
    }

    private boolean asked(Unit unit) throws IOException {
        if (device.reports().last(unit).isPresent()) return true;
        try {
            return device.reports().read(unit).isPresent();
        } catch (NoAnswerException silent) {
            return false;
        }
    }

    private void branches(StringBuilder text) throws IOException {
        List<Integer> above = List.of();
        for (HidField field : device.descriptor().fields()) {
            if (field.type() == ReportType.OUTPUT) continue;
            HidPath path = field.path();
            List<Integer> collections = path.nodes().subList(0, path.nodes().size() - 1);
            for (int i = common(above, collections); i < collections.size(); i++)
                text.append("  ".repeat(i))
                        .append(device.names().name(collections.get(i)))
                        .append('\n');
            above = collections;
            text.append("  ".repeat(collections.size())).append(leaf(field)).append('\n');
        }
    }

    private static int common(List<Integer> above, List<Integer> nodes) {
        int same = 0;
        while (same < Math.min(above.size(), nodes.size()) && above.get(same).equals(nodes.get(same))) same++;
        return same;
    }

    private String leaf(HidField field) throws IOException {
        Optional<Reading> reading = field.type() == ReportType.INPUT
                ? device.reports().last(Unit.of(field)).map(data -> new Reading(field, data))
                : device.reports().reading(field);
        return "%s = %s  (%s, bits %d-%d, %d to %d%s%s)"
                .formatted(
                        device.names().name(field.path().usage()),
                        reading.filter(Reading::whole).isPresent() ? value(reading.get()) : "?",
                        Unit.of(field),
                        field.offset(),
                        field.offset() + field.size() - 1,
                        field.logical().min(),
                        field.logical().max(),
                        field.unit() == 0 ? "" : ", unit %x, exponent %d".formatted(field.unit(), field.exponent()),
                        field.constant() ? ", constant" : "");
    }

    private String value(Reading reading) throws IOException {
        HidField field = reading.field();
        String name = device.names().name(field.path().usage());
        if (name.matches("i[A-Z].*")) {
            int index = (int) field.bits(reading.data());
            return index
                    + device.link()
                            .string(index)
                            .map(text -> " \"" + text + '"')
                            .orElse("");
        }
        OptionalLong logical = field.logical(reading.data());
        if (logical.isEmpty()) return "none";
        double physical = field.physical(logical.getAsLong());
        String raw = Long.toString(logical.getAsLong());
        return physical == logical.getAsLong() ? raw : Numbers.format(physical, 3) + " [" + raw + "]";
    }

    private static String hex(byte[] bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++)
            text.append("%02x".formatted(bytes[i])).append(i % 24 == 23 || i == bytes.length - 1 ? '\n' : ' ');
        return text.toString();
    }

    private static String join(Set<Unit> units) {
        return String.join(", ", units.stream().map(Unit::toString).toList());
    }
}
