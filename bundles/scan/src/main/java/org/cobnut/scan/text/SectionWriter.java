package org.cobnut.scan.text;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.Scanner;

/**
 * Writes found devices in the formats of nut-scanner(8). It counts on over all that it writes, so that no two sections have
 * one name. What a device says of itself cannot leave its quotes, nor begin a line.
 */
public final class SectionWriter {
    private static final Map<String, String> TYPES =
            Map.of(Scanner.SERIAL, "EATON_SERIAL", Scanner.SIMULATION, "NUT_SIMULATION");

    private int next = 1;

    /** A section of ups.conf for each device. */
    public String sections(Collection<FoundDevice> devices) {
        var text = new StringBuilder();
        for (FoundDevice device : devices) section(device, text);
        return text.toString();
    }

    /** The same, followed by remarks on serial numbers that tell no device from another. */
    public String sectionsWithRemarks(List<FoundDevice> devices) {
        int first = next;
        return sections(devices) + SerialNumbers.remarks(devices, first);
    }

    /** A line for each device. */
    public static String lines(Collection<FoundDevice> devices) {
        var text = new StringBuilder();
        for (FoundDevice device : devices) {
            text.append(TYPES.getOrDefault(device.kind(), device.kind().toUpperCase(Locale.ROOT)))
                    .append(":driver=")
                    .append(quoted(device.driver().orElse("")))
                    .append(",port=")
                    .append(quoted(device.port()));
            for (FoundDevice.Setting setting : device.settings())
                if (setting.comment().isEmpty())
                    text.append(',')
                            .append(plain(setting.name()))
                            .append(setting.value()
                                    .map(value -> '=' + quoted(value))
                                    .orElse(""));
            text.append('\n');
        }
        return text.toString();
    }

    /** The name of the section of the device that is found as that many. */
    static String name(FoundDevice device, int number) {
        return "nutdev-" + device.kind() + number;
    }

    private void section(FoundDevice device, StringBuilder text) {
        text.append('[').append(name(device, next++)).append("]\n");
        text.append("\tdriver = ").append(quoted(device.driver().orElse("")));
        if (!device.alternatives().isEmpty())
            text.append("\t# alternately: ").append(plain(String.join(", ", device.alternatives())));
        text.append("\n\tport = ").append(quoted(device.port())).append('\n');
        for (FoundDevice.Setting setting : device.settings())
            text.append('\t')
                    .append(setting.comment().map(SectionWriter::comment).orElse(""))
                    .append(plain(setting.name()))
                    .append(setting.value().map(value -> " = " + quoted(value)).orElse(""))
                    .append('\n');
    }

    private static String comment(String tag) {
        return tag.isEmpty() ? "# " : "###" + plain(tag) + "### ";
    }

    private static String quoted(String value) {
        return '"' + plain(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A text without characters that would end its line. */
    public static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
