package org.cobnut.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux says of a process in /proc. */
final class Proc {
    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** Processor time taken so far, in seconds. */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Memory resident, in KiB. */
    static long residentKilobytes(long pid) throws IOException {
        return kilobytes("/proc/" + pid + "/status", "VmRSS:");
    }

    /** Memory resident, in KiB, what is shared with other processes counted in parts. */
    static long proportionalKilobytes(long pid) throws IOException {
        return kilobytes("/proc/" + pid + "/smaps_rollup", "Pss:");
    }

    static long threads(long pid) throws IOException {
        return count("/proc/" + pid + "/task");
    }

    static long descriptors(long pid) throws IOException {
        return count("/proc/" + pid + "/fd");
    }

    private static long count(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            return entries.count();
        }
    }

    private static long kilobytes(String file, String label) throws IOException {
        for (String line : Files.readAllLines(Path.of(file)))
            if (line.startsWith(label)) return Long.parseLong(line.replaceAll("\\D", ""));
        throw new IOException(file + " says no " + label);
    }
}
