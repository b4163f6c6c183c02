package org.cobnut.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where drivers' programs lie: where ups.conf says, else beside us, else where Debian has those of NUT. */
record DriverPath(Optional<String> told, Path home) {
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
