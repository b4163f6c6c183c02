package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes, as the kernel tells. */
final class ProcessUsage {
    private ProcessUsage() {}

    /** Seconds of processor time since its start. */
    static double cpu(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** Kilobytes of memory that are resident. */
    static long resident(ProcessHandle process) throws IOException {
        return kilobytes(process, "status", "VmRSS:");
    }

    /** The same, with its share only of what other processes have, too. */
    static long proportional(ProcessHandle process) throws IOException {
        return kilobytes(process, "smaps_rollup", "Pss:");
    }

    private static long kilobytes(ProcessHandle process, String file, String row) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/" + file)))
            if (line.startsWith(row)) return Long.parseLong(line.replaceAll("\\D", ""));
        throw new IOException("no " + row);
    }
}
