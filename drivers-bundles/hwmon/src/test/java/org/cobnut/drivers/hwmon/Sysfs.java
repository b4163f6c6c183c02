package org.cobnut.drivers.hwmon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders as the kernel has them below /sys/class/hwmon. */
final class Sysfs {
    private final Path chips;

    Sysfs(Path chips) {
        this.chips = chips;
    }

    Path chip(String folder, String name, String millivolts, String milliamperes) throws IOException {
        Path chip = Files.createDirectories(chips.resolve(folder));
        Files.writeString(chip.resolve("name"), name + "\n");
        Files.writeString(chip.resolve("in1_input"), millivolts + "\n");
        Files.writeString(chip.resolve("curr1_input"), milliamperes + "\n");
        return chip;
    }
}
