package org.cobnut.drivers.usbhid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.drivers.usbhid.descriptor.HidPath;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;

/**
 * A real UPS, made from the log of NUT's driver that a user sent with a dump: from the bytes of its descriptor and reports where
 * the log has them, else from the list of its values, each with its place in a report.
 */
final class DumpedUps {
    private static final Pattern BYTES = Pattern.compile("Report Descriptor: \\(\\d+ bytes\\) =>((?: [0-9a-f]{2})+)");
    private static final Pattern MORE = Pattern.compile("#[\\s.0-9]*\\[D\\d\\]((?:\\s+[0-9a-f]{2})+)\\s*");
    private static final Pattern REPORT =
            Pattern.compile("Report\\[(?:get|err)\\]: \\((\\d+) bytes\\) =>((?: [0-9a-f]{2})+)");
    private static final Pattern VALUE = Pattern.compile(
            "Path: (\\S+), Type: (Feature|Input), ReportID: 0x(..), Offset: (\\d+), Size: (\\d+), Value: (-?[0-9.]+)");

    private final List<String> lines;
    private final Map<String, String> values = new TreeMap<>();

    /** A value of the list, and where it lies. */
    private record Value(HidPath path, int report, int offset, int size, String text) {
        /** Digits behind the point, which the exponent of the unit makes. */
        int decimals() {
            return text.contains(".") ? text.length() - text.indexOf('.') - 1 : 0;
        }

        long raw() {
            return Long.parseLong(text.replace(".", ""));
        }
    }

    DumpedUps(Path file) throws IOException {
        lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (String line : lines)
            if (line.matches("[a-z][^: ]*:.*"))
                values.put(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip());
        values.computeIfPresent("ups.serial", (name, number) -> values.getOrDefault("device.serial", number));
    }

    /** What NUT's driver showed, without what it said of itself. */
    Map<String, String> values() {
        var shown = new TreeMap<>(values);
        shown.keySet().removeIf(name -> name.startsWith("driver."));
        return shown;
    }

    TestUps ups() {
        byte[] descriptor = bytes();
        var reports = new ArrayList<String>();
        if (descriptor.length == 0) descriptor = made(reports);
        else reports.addAll(recorded());
        int vendor = Integer.parseInt(values.getOrDefault("ups.vendorid", ""), 16);
        int product = Integer.parseInt(values.getOrDefault("ups.productid", ""), 16);
        var ups = new TestUps(vendor, product, descriptor);
        reports.forEach(ups::feature);
        for (int index = 4; index < 7; index++) ups.string(index, values.getOrDefault("battery.type", "PbAc"));
        String model = told("- Product: ", values.getOrDefault("ups.model", ""));
        return ups.strings(values.getOrDefault("ups.mfr", ""), model, values.getOrDefault("ups.serial", ""));
    }

    private String told(String label, String otherwise) {
        return lines.stream()
                .filter(line -> line.contains(label))
                .map(line -> line.substring(line.indexOf(label) + label.length()))
                .findFirst()
                .orElse(otherwise);
    }

    private byte[] bytes() {
        var hex = new StringBuilder();
        for (String line : lines) {
            Matcher first = BYTES.matcher(line);
            Matcher next = MORE.matcher(line);
            if (hex.isEmpty() && first.find()) hex.append(first.group(1));
            else if (!hex.isEmpty() && next.matches()) hex.append(next.group(1));
            else if (!hex.isEmpty()) break;
        }
        return HexFormat.of().parseHex(hex.toString().replaceAll("\\s", ""));
    }

    /** The first answer of each report; the lines of longer ones go on without their end here. */
    private List<String> recorded() {
        var reports = new LinkedHashMap<String, String>();
        for (String line : lines) {
            Matcher matcher = REPORT.matcher(line);
            if (matcher.find()) reports.putIfAbsent(matcher.group(2).substring(1, 3), matcher.group(2));
        }
        return List.copyOf(reports.values());
    }

    /** Makes a descriptor that has each value of the list at its place, and the reports with the values. */
    private byte[] made(List<String> reports) {
        var all = new TreeMap<Integer, TreeMap<Integer, Value>>();
        for (String line : lines) {
            Matcher matcher = VALUE.matcher(line);
            if (!matcher.find() || matcher.group(2).equals("Input")) continue;
            var value = new Value(
                    UsageNames.standard().path(matcher.group(1)),
                    Integer.parseInt(matcher.group(3), 16),
                    Integer.parseInt(matcher.group(4)),
                    Integer.parseInt(matcher.group(5)),
                    matcher.group(6));
            all.computeIfAbsent(value.report(), report -> new TreeMap<>()).putIfAbsent(value.offset(), value);
        }
        var out = new ByteArrayOutputStream();
        items(out, "0b 04 00 84 00 a1 01");
        all.forEach((report, values) -> reports.add(report(report, List.copyOf(values.values()), out)));
        items(out, "c0");
        return out.toByteArray();
    }

    private static String report(int id, List<Value> values, ByteArrayOutputStream out) {
        var bits = new StringBuilder();
        items(out, "85 %02x".formatted(id));
        for (Value value : values) {
            int gap = value.offset() - bits.length();
            if (gap > 0) items(out, "75 %02x 95 01 b1 03".formatted(gap));
            bits.append("0".repeat(Math.max(0, gap)));
            field(value, out);
            for (int bit = 0; bit < value.size(); bit++) bits.append((value.raw() >> bit) & 1);
        }
        bits.append("0".repeat((8 - bits.length() % 8) % 8));
        var bytes = new StringBuilder("%02x".formatted(id));
        for (int at = 0; at < bits.length(); at += 8)
            bytes.append("%02x"
                    .formatted(Integer.parseInt(
                            new StringBuilder(bits.substring(at, at + 8))
                                    .reverse()
                                    .toString(),
                            2)));
        return bytes.toString();
    }

    private static void field(Value value, ByteArrayOutputStream out) {
        List<Integer> nodes = value.path().nodes();
        int open = 0;
        for (int i = 1; i < nodes.size() - 1; i++) {
            int part = i + 1 < nodes.size() - 1 ? HidPath.number(nodes.get(i + 1)) : -1;
            usage(out, nodes.get(i));
            items(out, "a1 %02x".formatted(part >= 0 ? 0x80 | part : 0));
            open++;
            if (part >= 0) i++;
        }
        boolean signed = value.raw() < 0;
        items(out, signed ? "15 ff" : "15 00");
        long most = value.size() >= 32 ? Integer.MAX_VALUE : (1L << value.size()) - 1;
        items(
                out,
                "27 "
                        + List.of(0, 8, 16, 24).stream()
                                .map(shift -> "%02x".formatted((most >> shift) & 0xff))
                                .collect(Collectors.joining()));
        items(out, "65 00 55 %02x 75 %02x 95 01".formatted(-value.decimals() & 15, value.size()));
        usage(out, value.path().usage());
        items(out, "b1 02");
        for (; open > 0; open--) items(out, "c0");
    }

    private static void usage(ByteArrayOutputStream out, int usage) {
        out.writeBytes(
                new byte[] {0x0b, (byte) usage, (byte) (usage >> 8), (byte) (usage >> 16), (byte) (usage >> 24)});
    }

    private static void items(ByteArrayOutputStream out, String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
