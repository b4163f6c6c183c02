package org.cobnut.drivers.hwmon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An INA219 by the files that the kernel has for it. */
final class Chip {
    private static final String NAME = "ina219";

    /** Millivolts of the battery, behind the shunt. */
    private static final String VOLTAGE = "in1_input";

    /** Milliamperes, below 0 while the battery is discharged. */
    private static final String CURRENT = "curr1_input";

    private final Path folder;

    private Chip(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds the chip.
     *
     * @param port its folder, or {@code auto} for the first one there is
     * @throws IOException when there is none
     */
    static Chip find(Path chips, String port) throws IOException {
        if (!port.isBlank() && !port.equals("auto")) {
            Path folder = Path.of(port);
            if (!isOne(folder))
                throw new IOException(
                        "%s is no folder of an INA219; name one of %s/hwmon*, or auto".formatted(port, chips));
            return new Chip(folder);
        }
        try (Stream<Path> folders = Files.list(chips)) {
            List<Path> sorted = folders.sorted().toList();
            for (Path folder : sorted) if (isOne(folder)) return new Chip(folder);
        } catch (NoSuchFileException none) {
            throw new IOException(chips + " is missing: this kernel has no hwmon", none);
        }
        throw new IOException("no INA219 is there: no %s/hwmon*/name says %s; is the kernel's module ina2xx loaded?"
                .formatted(chips, NAME));
    }

    private static boolean isOne(Path folder) {
        try {
            return Files.readString(folder.resolve("name"), StandardCharsets.US_ASCII)
                    .strip()
                    .equals(NAME);
        } catch (IOException none) {
            return false;
        }
    }

    double volts() throws IOException {
        return number(VOLTAGE) / 1000.0;
    }

    double amperes() throws IOException {
        return number(CURRENT) / 1000.0;
    }

    private long number(String name) throws IOException {
        Path file = folder.resolve(name);
        String text;
        try {
            text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException gone) {
            throw new IOException(file + " is missing: the chip has gone", gone);
        }
        if (!text.matches("-?\\d{1,9}"))
            throw new IOException("%s holds '%s', which is no number".formatted(file, text));
        return Long.parseLong(text);
    }
}
