package org.cobnut.conf.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.SectionValues;

/** Finds devices that are there and that the units may not use, and ports that are not there. */
final class DeviceChecks {
    private static final Pattern RULE =
            Pattern.compile("ATTR\\{idVendor}==\"(\\p{XDigit}{4})\", (?:ATTR\\{idProduct}==\"(\\p{XDigit}{4})\")?");

    private final Machine machine;
    private final List<Finding> findings = new ArrayList<>();

    DeviceChecks(Machine machine) {
        this.machine = machine;
    }

    /**
     * Checks what is plugged in.
     *
     * @param rules for udev of the drivers that are installed: they name each device that one of them drives
     */
    List<Finding> usb(List<String> rules) {
        for (Path device : machine.children("/sys/bus/usb/devices")) {
            String vendor = attribute(device, "idVendor");
            String product = attribute(device, "idProduct");
            if (rules.stream().anyMatch(rule -> names(rule, vendor, product)))
                permitted(device, vendor + ':' + product);
        }
        return findings;
    }

    private static boolean names(String rule, String vendor, String product) {
        Matcher device = RULE.matcher(rule);
        return device.find()
                && device.group(1).equalsIgnoreCase(vendor)
                && (device.group(2) == null || device.group(2).equalsIgnoreCase(product));
    }

    private void permitted(Path device, String id) {
        String number = "/dev/bus/usb/%3s/%3s"
                .formatted(attribute(device, "busnum"), attribute(device, "devnum"))
                .replace(' ', '0');
        Path node = machine.at(number);
        try {
            if (Files.exists(node) && !machine.usable(node))
                findings.add(
                        Finding.error(
                                "the device %s (%s %s) on USB is there, and the user nut may not use %s"
                                        .formatted(
                                                id,
                                                attribute(device, "manufacturer"),
                                                attribute(device, "product"),
                                                number),
                                "nutctl udev > /etc/udev/rules.d/62-cobnut.rules && udevadm control --reload && udevadm trigger"));
        } catch (IOException gone) {
            // pulled out just now
        }
    }

    private static String attribute(Path device, String name) {
        try {
            return Files.readString(device.resolve(name)).strip().toLowerCase(Locale.ROOT);
        } catch (IOException none) {
            return "";
        }
    }

    /** Checks the ports of ups.conf that are files in /dev. */
    List<Finding> ports(ParsedFile ups) {
        for (SectionValues section : ups.sections()) {
            String port = String.valueOf(section.values().getOrDefault("port", ""));
            if (port.startsWith("/dev/")) port(section.name(), port);
        }
        return findings;
    }

    private void port(String ups, String port) {
        Path device = machine.at(port);
        if (Files.notExists(device)) {
            findings.add(Finding.error(
                    "UPS %s: its port %s is not there".formatted(ups, port),
                    "nutctl scan serial, and nutctl config set ups.conf " + ups + " port PORT"));
            return;
        }
        try {
            if (machine.usable(device)) return;
            String group = Files.readAttributes(device, PosixFileAttributes.class)
                    .group()
                    .getName();
            findings.add(Finding.error(
                    "UPS %s: the user nut may not use its port %s, which belongs to the group %s"
                            .formatted(ups, port, group),
                    group.equals("root")
                            ? "chgrp dialout " + port + " && chmod 0660 " + port
                            : "adduser nut " + group));
        } catch (IOException gone) {
            findings.add(
                    Finding.error("UPS %s: its port %s cannot be looked at".formatted(ups, port), "ls -l " + port));
        }
    }
}
