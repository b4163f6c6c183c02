package org.cobnut.scan.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The serial ports that this machine has. Linux lists them below {@code /sys/class/tty}; elsewhere jSerialComm does. None
 * is opened for that.
 */
public final class SerialPorts {
    private static final int USB_LEVELS = 3;

    private final Path sys;
    private final Path dev;

    public SerialPorts() {
        this(Path.of("/sys/class/tty"), Path.of("/dev"));
    }

    /**
     * @param sys where Linux lists its terminals
     * @param dev where they are opened
     */
    SerialPorts(Path sys, Path dev) {
        this.sys = sys;
        this.dev = dev;
    }

    /** A port: the path or name with which it is opened, and what is known of the hardware. */
    public record Port(String name, String description) {}

    /** All ports, in the order of their names. */
    public List<Port> all() throws IOException {
        if (!Files.isDirectory(sys)) return fromLibrary();
        Map<Path, Path> stable = stableNames();
        var found = new ArrayList<Port>();
        try (Stream<Path> terminals = Files.list(sys)) {
            for (Path terminal : terminals.filter(SerialPorts::real).toList()) {
                Path port = dev.resolve(terminal.getFileName().toString());
                Path lasting = stable.get(port);
                found.add(new Port(
                        port.toString(),
                        hardware(terminal) + (lasting == null ? "" : "; " + lasting + " names it for good")));
            }
        }
        found.sort(Comparator.comparing((Port port) -> port.name().length()).thenComparing(Port::name));
        return found;
    }

    /** Whether there is hardware behind a terminal; the system has names for many more UARTs than there are. */
    private static boolean real(Path terminal) {
        return Files.exists(terminal.resolve("device"))
                && !text(terminal.resolve("type")).equals("0");
    }

    private static String hardware(Path terminal) {
        try {
            Path folder = terminal.resolve("device").toRealPath();
            for (int i = 0; i < USB_LEVELS && folder != null; i++, folder = folder.getParent()) {
                String product = text(folder.resolve("product"));
                if (!product.isEmpty())
                    return "USB adapter, " + (text(folder.resolve("manufacturer")) + ' ' + product).strip();
            }
        } catch (IOException gone) {
            // Unplugged a moment ago: the name is all that is left of it.
        }
        return "serial port";
    }

    /** The names that udev makes of what an adapter says of itself, by the device that each leads to. */
    private Map<Path, Path> stableNames() {
        var names = new TreeMap<Path, Path>();
        try (Stream<Path> links = Files.list(dev.resolve("serial/by-id"))) {
            for (Path link : links.toList()) names.put(link.toRealPath(), link);
        } catch (IOException none) {
            // There is no adapter, or no udev.
        }
        return names;
    }

    private static List<Port> fromLibrary() {
        return Stream.of(SerialPort.getCommPorts())
                .map(port -> new Port(port.getSystemPortPath(), port.getDescriptivePortName()))
                .sorted(Comparator.comparing(Port::name))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
