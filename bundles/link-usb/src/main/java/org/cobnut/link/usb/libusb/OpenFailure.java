package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.link.usb.libusb.DeviceScan.Plugged;
import org.usb4java.LibUsb;

/** Says why a device cannot be opened, and what helps. */
final class OpenFailure {
    private static final Path NODES = Path.of("dev/bus/usb");
    private static final Path PROCESSES = Path.of("/proc");

    private OpenFailure() {}

    /** The failure of opening or claiming a device, by the code of libusb. */
    static IOException of(Plugged device, int code) {
        String name = name(device);
        return new IOException(
                switch (code) {
                    case LibUsb.ERROR_ACCESS -> name + " may not be opened by this user: " + rule(device);
                    case LibUsb.ERROR_BUSY -> name + " is held by " + holder(device);
                    case LibUsb.ERROR_NO_DEVICE, LibUsb.ERROR_NOT_FOUND -> name + " was unplugged just now";
                    default -> name + " cannot be opened (" + LibUsb.errorName(code) + "); plug it out and in again";
                });
    }

    /** Such as "051d:0002 at 1-1.4". */
    static String name(Plugged device) {
        return "%04x:%04x at %s"
                .formatted(device.descriptor().vendor(), device.descriptor().product(), device.path());
    }

    private static String rule(Plugged device) {
        return ("type nutctl udev > /etc/udev/rules.d/62-cobnut.rules, or put this line there, and plug it in again:"
                        + " SUBSYSTEM==\"usb\", ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", MODE=\"664\", GROUP=\"nut\"")
                .formatted(device.descriptor().vendor(), device.descriptor().product());
    }

    /** The programs that have its node open, as far as this user may see. */
    private static String holder(Plugged device) {
        Path node = NODES.resolve(device.node());
        var holders = new ArrayList<String>();
        long self = ProcessHandle.current().pid();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path folder = PROCESSES.resolve(Long.toString(process.pid()));
            if (process.pid() != self && holds(folder.resolve("fd"), node))
                holders.add(command(folder) + " (process " + process.pid() + ")");
        }
        if (holders.isEmpty())
            return "another program; as root, type: fuser -v /" + node
                    + ". The drivers of NUT end with: upsdrvctl stop";
        return String.join(" and ", holders) + "; stop it, or take the section of this UPS from ups.conf";
    }

    private static boolean holds(Path descriptors, Path node) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) if (Files.readSymbolicLink(descriptor).endsWith(node)) return true;
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException notOurs) {
            return false;
        }
    }

    private static String command(Path process) {
        try {
            List<String> lines = Files.readAllLines(process.resolve("comm"));
            return lines.isEmpty() ? "a program" : lines.get(0);
        } catch (IOException ended) {
            return "a program";
        }
    }
}
