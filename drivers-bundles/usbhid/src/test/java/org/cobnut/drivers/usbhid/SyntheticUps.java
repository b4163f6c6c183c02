package org.cobnut.drivers.usbhid;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cobnut.drivers.usbhid.descriptor.HidPath;
import org.cobnut.drivers.usbhid.descriptor.Quantities;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.drivers.usbhid.subdriver.Declarations;
import org.cobnut.drivers.usbhid.subdriver.DeviceMatch;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Field;
import org.cobnut.table.mapping.Mapping;

/** A UPS that has every value that a mapping knows, the first path of each: for a comparison row by row. */
final class SyntheticUps {
    private static final Set<Integer> VOLTS = Set.of(0x00840030, 0x00840040);
    private static final int CHARGE = 0x00850066;
    private static final int DESIGN = 0x00850083;
    private static final int DATE = 0x00850085;
    private static final int TEMPERATURE = 0x00840036;
    private static final int FREQUENCY = 0x00840032;

    /** Flags of a UPS on line with a good battery; all others are not set. */
    private static final Set<Integer> GOOD = Set.of(0x008500d0, 0x00850044, 0x00840061, 0x008500d1, 0x00840060);

    private final UsageNames names;
    private final Map<HidPath, Kind> leaves = new LinkedHashMap<>();
    private final Node root = new Node(0, -1);
    private final TestUps ups;
    private String state = "";
    private int nextReport = 1;
    private int nextString = 4;
    private int nextNumber = 20;

    /** What a value is. */
    private enum Kind {
        FLAG,
        NUMBER,
        TEXT,
        TIMER
    }

    /** A collection. */
    private static final class Node {
        private final int usage;
        private final int part;
        private final List<Node> nodes = new ArrayList<>();
        private final List<HidPath> values = new ArrayList<>();

        Node(int usage, int part) {
            this.usage = usage;
            this.part = part;
        }

        Node child(int childUsage, int childPart) {
            for (Node node : nodes) if (node.usage == childUsage && node.part == childPart) return node;
            var node = new Node(childUsage, childPart);
            nodes.add(node);
            return node;
        }
    }

    private SyntheticUps(Mapping<Address> mapping) {
        names = Declarations.of(mapping.declared()).names();
        for (Row<Address> row : mapping.table().rows()) {
            if (row instanceof Field<Address> field && field.source().address() instanceof Address.Value value)
                leaf(value, !field.name().contains("."));
            if (row instanceof Row.Alarm<Address> alarm && alarm.source().address() instanceof Address.Value value)
                leaf(value, true);
            if (row instanceof Command<Address> command
                    && command.writes().get(0).address() instanceof Address.Value value) leaf(value, false);
        }
        leaves.keySet().forEach(this::place);
        DeviceMatch match = DeviceMatch.of(mapping);
        UsbDeviceId id = Stream.concat(match.known().stream(), match.asked().stream())
                .findFirst()
                .orElse(UsbDeviceId.of(0x1234, 0x0001));
        var bytes = new ByteArrayOutputStream();
        var reports = new ArrayList<String>();
        var strings = new LinkedHashMap<Integer, String>();
        write(root, bytes, reports, strings);
        ups = new TestUps(id.vendor(), id.product().orElseThrow(), bytes.toByteArray());
        reports.forEach(ups::feature);
        strings.forEach(ups::string);
        ups.strings("Maker", "Model", "S1234");
        if (id.interfaceNumber().isPresent())
            ups.onInterface(id.interfaceNumber().getAsInt(), id.endpointIn().orElse(0x81));
    }

    static TestUps of(Mapping<Address> mapping) {
        return new SyntheticUps(mapping).ups;
    }

    private void leaf(Address.Value value, boolean flag) {
        HidPath path = value.paths().get(0);
        int usage = path.usage();
        if (path.nodes().size() < 2) return;
        Kind kind = value.text()
                ? Kind.TEXT
                : flag && value.mask() == 0
                        ? Kind.FLAG
                        : Quantities.timer(names.name(usage)) ? Kind.TIMER : Kind.NUMBER;
        leaves.putIfAbsent(path, kind);
    }

    private void place(HidPath path) {
        Node node = root;
        List<Integer> nodes = path.nodes();
        for (int i = 0; i < nodes.size() - 1; i++) {
            int part = HidPath.number(nodes.get(i + 1));
            boolean numbered = part >= 0 && i + 1 < nodes.size() - 1;
            node = node.child(nodes.get(i), numbered ? part : -1);
            if (numbered) i++;
        }
        node.values.add(path);
    }

    private void write(Node node, ByteArrayOutputStream out, List<String> reports, Map<Integer, String> strings) {
        if (node != root) {
            usage(out, node.usage);
            out.writeBytes(new byte[] {(byte) 0xa1, (byte) (node.part >= 0 ? 0x80 | node.part : 0)});
        }
        var flags = new ArrayList<HidPath>();
        for (HidPath path : node.values) {
            if (leaves.get(path) == Kind.FLAG) flags.add(path);
            else reports.add(value(path, out, strings));
        }
        if (!flags.isEmpty()) reports.add(flags(flags, out));
        node.nodes.forEach(child -> write(child, out, reports, strings));
        if (node != root) out.write(0xc0);
    }

    private String flags(List<HidPath> paths, ByteArrayOutputStream out) {
        int report = nextReport++;
        var text = new StringBuilder("%02x".formatted(report));
        state(out, "75 08 95 01 15 00 25 01 65 00 55 00");
        items(out, "85 %02x".formatted(report));
        for (HidPath path : paths) {
            usage(out, path.usage());
            items(out, "b1 02");
            text.append(GOOD.contains(path.usage()) ? "01" : "00");
        }
        return text.toString();
    }

    private String value(HidPath path, ByteArrayOutputStream out, Map<Integer, String> strings) {
        int report = nextReport++;
        Kind kind = leaves.get(path);
        boolean volts = VOLTS.contains(path.usage());
        String limits = kind == Kind.TIMER ? "16 ff ff 26 ff 7f" : "15 00 27 ff ff 00 00";
        String size = kind == Kind.TEXT ? "75 08 95 01 15 00 26 ff 00" : "75 10 95 01 " + limits;
        state(out, size + (volts ? " 67 21 d1 f0 00 55 07" : " 65 00 55 00"));
        items(out, "85 %02x".formatted(report));
        usage(out, path.usage());
        items(out, "b1 02");
        if (kind == Kind.TEXT) {
            strings.put(nextString, "Text " + nextString);
            return "%02x%02x".formatted(report, nextString++);
        }
        int number = number(path.usage(), kind);
        return "%02x%02x%02x".formatted(report, number & 0xff, (number >> 8) & 0xff);
    }

    private int number(int usage, Kind kind) {
        if (kind == Kind.TIMER) return 276;
        return switch (usage) {
            case CHARGE -> 90;
            case DESIGN -> 32_400;
            case DATE -> ((2020 - 1980) << 9) | (9 << 5) | 25;
            case TEMPERATURE -> 298;
            case FREQUENCY -> 50;
            default ->
                names.name(usage)
                                .matches(
                                        ".*(Test|Alarm|Sensitiv|Mode|Type|Enabl|Used|Switch|Automatic|Start|Reboot|Sav|Protect|Status|Flag).*")
                        ? 1
                        : nextNumber++;
        };
    }

    private static void usage(ByteArrayOutputStream out, int usage) {
        out.writeBytes(
                new byte[] {0x0b, (byte) usage, (byte) (usage >> 8), (byte) (usage >> 16), (byte) (usage >> 24)});
    }

    /** Items that last: only when they say something else than those before. */
    private void state(ByteArrayOutputStream out, String hex) {
        if (!hex.equals(state)) items(out, hex);
        state = hex;
    }

    private static void items(ByteArrayOutputStream out, String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
