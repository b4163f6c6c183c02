package org.cobnut.scan.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.scan.FoundDevice;

/** Judges the serial numbers of found devices, by which drivers are to tell one device from another. */
final class SerialNumbers {
    private static final String WARNING = "\n# WARNING: ";

    private SerialNumbers() {}

    /** Comments for ups.conf on numbers that are empty, of one character only, end in a blank, or come twice. */
    static String remarks(List<FoundDevice> devices, int first) {
        var sections = new LinkedHashMap<String, String>();
        for (int i = 0; i < devices.size(); i++) {
            String name = SectionWriter.name(devices.get(i), first + i);
            number(devices.get(i)).ifPresent(number -> sections.merge(number, name, (one, more) -> one + ',' + more));
        }
        var text = new StringBuilder();
        for (Map.Entry<String, String> each : sections.entrySet()) remark(each.getKey(), each.getValue(), text);
        return text.toString();
    }

    private static void remark(String number, String sections, StringBuilder text) {
        if (number.equals("<null>") || number.equals("<empty>")) {
            text.append(WARNING + number + " \"serial\" reported in some devices: " + sections + '\n');
            return;
        }
        char last = number.charAt(number.length() - 1);
        if (last == ' ' || last == '\t')
            text.append(WARNING + "trailing blank space in \"serial\" value \"" + number
                    + "\" reported in device configuration(s): " + sections);
        char first = number.charAt(0);
        if (number.chars().allMatch(each -> each == first))
            text.append(WARNING
                    + "all-same character \"serial\" with %d copies of '%c' (0x%02X) reported in some devices: %s\n"
                            .formatted(number.length(), first, (int) first, sections));
        if (sections.indexOf(',') >= 0)
            text.append(WARNING + "same \"serial\" value \"" + number + "\" reported in several device configurations "
                    + "(maybe okay if multiple drivers for same device, likely a vendor bug if reported by same driver "
                    + "for many devices): " + sections + '\n');
    }

    private static Optional<String> number(FoundDevice device) {
        return device.settings().stream()
                .filter(setting -> setting.name().equals("serial"))
                .findFirst()
                .map(setting -> setting.value().map(SectionWriter::plain).orElse("<null>"))
                .map(number -> number.isEmpty() ? "<empty>" : number);
    }
}
