package org.cobnut.conf.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what the checks ask of this machine.
 *
 * @param root of its file system; another than / in tests
 */
record Machine(Path root) {
    /** The user that the units run as. */
    static final String USER = "nut";

    /** Groups that the units give to that user beside its own. */
    private static final Set<String> GIVEN = Set.of("nut", "dialout");

    /** The path below the root. */
    Path at(String path) {
        return root.resolve(path.startsWith("/") ? path.substring(1) : path);
    }

    boolean has(String path) {
        return Files.exists(at(path));
    }

    /** The lines of a file; none when it cannot be read. */
    List<String> lines(String path) {
        try {
            return Files.readAllLines(at(path), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    boolean hasUser() {
        return lines("/etc/passwd").stream().anyMatch(line -> line.startsWith(USER + ":"));
    }

    /** Tells whether the units may read and write a device. */
    boolean usable(Path device) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(device, PosixFileAttributes.class);
        Set<PosixFilePermission> may = attributes.permissions();
        if (may.contains(PosixFilePermission.OTHERS_WRITE)
                || attributes.owner().getName().equals(USER)) return true;
        String group = attributes.group().getName();
        return may.contains(PosixFilePermission.GROUP_WRITE) && (GIVEN.contains(group) || member(group));
    }

    private boolean member(String group) {
        return lines("/etc/group").stream()
                .map(line -> line.split(":", -1))
                .filter(words -> words.length == 4 && words[0].equals(group))
                .anyMatch(words -> List.of(words[3].split(",")).contains(USER));
    }

    List<Path> children(String path) {
        try (Stream<Path> children = Files.list(at(path))) {
            return children.sorted().toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
