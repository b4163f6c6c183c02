package org.cobnut.scan.usb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.link.usb.UsbIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The devices on USB as Linux shows them below {@code /sys/bus/usb/devices}. No device is opened, so that every user sees all of
 * them, and one that a driver uses is not disturbed.
 */
final class UsbDevices {
    private static final Pattern DEVICE = Pattern.compile("\\d+-\\d+(\\.\\d+)*");

    private final Path folder;

    UsbDevices(Path folder) {
        this.folder = folder;
    }

    /** All devices but hubs of the machine itself, in the order of their places; none where there is no such folder. */
    List<UsbIdentity> all() throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        var devices = new ArrayList<UsbIdentity>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry :
                    entries.sorted(Comparator.comparing(UsbDevices::sortable)).toList()) {
                String name = entry.getFileName().toString();
                if (!DEVICE.matcher(name).matches()) continue;
                UsbIdentity device = read(entry, name.substring(name.indexOf('-') + 1));
                if (device != null) devices.add(device);
            }
        }
        return devices;
    }

    /** A device; null when it is just being unplugged. */
    private static @Nullable UsbIdentity read(Path entry, String ports) {
        try {
            return UsbIdentity.of(
                            number(entry, "idVendor", 16),
                            number(entry, "idProduct", 16),
                            number(entry, "bcdDevice", 16))
                    .withStrings(text(entry, "manufacturer"), text(entry, "product"), text(entry, "serial"))
                    .withPlace(number(entry, "busnum", 10), number(entry, "devnum", 10), ports);
        } catch (IOException | NumberFormatException gone) {
            return null;
        }
    }

    private static int number(Path entry, String name, int radix) throws IOException {
        return Integer.parseInt(
                Files.readString(entry.resolve(name), StandardCharsets.ISO_8859_1)
                        .strip(),
                radix);
    }

    private static @Nullable String text(Path entry, String name) {
        try {
            byte[] bytes = Files.readAllBytes(entry.resolve(name));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException none) {
            return null;
        }
    }

    private static String sortable(Path entry) {
        var parts = new StringBuilder();
        for (String part : entry.getFileName().toString().split("[-.]")) parts.append("%8s".formatted(part));
        return parts.toString();
    }
}
