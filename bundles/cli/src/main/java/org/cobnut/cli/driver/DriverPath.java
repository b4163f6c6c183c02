package org.cobnut.cli.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds drivers' programs: in the directory that ups.conf names, else beside this program, else where Debian has those
 * of NUT.
 */
public record DriverPath(Optional<String> told, Path home) {
    private static final List<String> NUT = List.of("/lib/nut", "/usr/lib/nut");

    /** The program of that name; one that is nowhere is named where it was expected first. */
    Path program(String driver) {
        if (told.isPresent()) return Path.of(told.get(), driver);
        Path ours = home.resolve("bin").resolve(driver);
        if (Files.isExecutable(ours)) return ours;
        return NUT.stream()
                .map(directory -> Path.of(directory, driver))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(ours);
    }
}
