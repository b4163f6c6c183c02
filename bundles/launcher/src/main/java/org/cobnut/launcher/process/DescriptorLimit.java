package org.cobnut.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks how many files and sockets this process may have open at a time. */
public final class DescriptorLimit {
    /** Jars, the log, event loops and devices take some sixty; with fewer a part of the program fails at random. */
    static final int LEAST = 80;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern SOFT_LIMIT = Pattern.compile("(?m)^Max open files +(\\d+) ");

    private DescriptorLimit() {}

    /** Refuses to start with too few. */
    public static void check() throws StartException {
        try {
            check(Files.readString(LIMITS));
        } catch (IOException notLinux) {
            // There is nothing to compare with; the system says so itself when it comes to that.
        }
    }

    public static void check(String limits) throws StartException {
        Matcher limit = SOFT_LIMIT.matcher(limits);
        if (limit.find() && Long.parseLong(limit.group(1)) < LEAST)
            throw new StartException(
                    "%s open files are too few, %d are the least: raise the limit (ulimit -n, LimitNOFILE in a unit)"
                            .formatted(limit.group(1), LEAST));
    }
}
