package org.cobnut.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers across restarts which jar was starting when the process ended, or never returned from its start. A jar to
 * which that happened twice is not started again until its contents change. A reboot of the machine meanwhile is not
 * counted against the jar.
 *
 * <p>The file holds one line for each fault, {@code digest name}. The marker holds {@code digest boot name} during a
 * start.
 */
final class StartRecord {
    private static final Logger log = LoggerFactory.getLogger(StartRecord.class);
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int ALLOWED = 1;
    private static final int KEPT = 100;

    private final Path faults;
    private final Path marker;
    private final String boot;

    /** Reads what the last process left in the state path. */
    StartRecord(Path state) {
        faults = state.resolve("drivers.faults");
        marker = state.resolve("drivers.starting");
        boot = read(BOOT).stream().findFirst().orElse("-");
        read(marker).stream().findFirst().map(line -> line.split(" ", 3)).ifPresent(left -> {
            if (left.length == 3 && left[1].equals(boot)) {
                log.error("{}: the process ended while this jar was started", left[2]);
                add(left[0], left[2]);
            }
        });
        forget(marker);
    }

    /** Tells whether a jar of these contents is set aside. */
    boolean setAside(String digest) {
        return read(faults).stream()
                        .filter(line -> line.startsWith(digest + " "))
                        .count()
                > ALLOWED;
    }

    /** Notes that the jar is being started. */
    void starting(String digest, String name) {
        write(marker, List.of(digest + " " + boot + " " + name));
    }

    /** Notes that the process outlived the start, whatever came of it. */
    void started() {
        forget(marker);
    }

    /** Notes one more fault of a jar. */
    void add(String digest, String name) {
        var all = new ArrayList<>(read(faults));
        all.add(digest + " " + name);
        write(faults, all.subList(Math.max(0, all.size() - KEPT), all.size()));
    }

    /** Forgets the faults of a jar that started well. */
    void clear(String digest) {
        var all = read(faults);
        var others = all.stream().filter(line -> !line.startsWith(digest + " ")).toList();
        if (others.isEmpty()) forget(faults);
        else if (others.size() < all.size()) write(faults, others);
    }

    /** Returns the file with the faults, for an operator who wants to remove one. */
    Path file() {
        return faults;
    }

    private static List<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", file, ErrorText.of(e));
            return List.of();
        }
    }

    /** By another file in its place, so that a link there is replaced and not followed. */
    private static void write(Path file, List<String> lines) {
        try {
            Path next = Files.createTempFile(file.getParent(), "drivers", ".new");
            Files.write(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            log.warn("{} cannot be written: {}", file, ErrorText.of(e));
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", file, ErrorText.of(e));
        }
    }
}
