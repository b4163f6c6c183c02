package org.cobnut.upsd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many connections this process has room for, by the file descriptors and the memory that it may use.
 *
 * @param connections most connections at a time
 * @param reserve how many of them are kept for this machine and for addresses that have logged in
 */
public record Capacity(int connections, int reserve) {
    /** With fewer connections the server does not start. */
    static final int LEAST = 16;

    /** Bytes of heap for an idle connection, with room to spare. */
    private static final int HEAP_EACH = 8 * 1024;

    /** Descriptors for what the process opens later: jars, files, ports of drivers. */
    private static final int LEAST_SPARE = 32;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final Pattern SOFT_LIMIT = Pattern.compile("(?m)^Max open files +(\\d+) ");

    /**
     * The capacity of this process now.
     *
     * @param connections how many connections there are, which are among the descriptors in use
     */
    public static Capacity ofThisProcess(int connections) {
        try (Stream<Path> inUse = Files.list(OPEN)) {
            Matcher limit = SOFT_LIMIT.matcher(Files.readString(LIMITS));
            long most = limit.find() ? Long.parseLong(limit.group(1)) : Integer.MAX_VALUE;
            return of(most, inUse.count() - connections, Runtime.getRuntime().maxMemory());
        } catch (IOException notLinux) {
            return of(Integer.MAX_VALUE, 0, Runtime.getRuntime().maxMemory());
        }
    }

    /**
     * The capacity for a server that runs. It never stops to accept connections because something else in the process has
     * taken the file descriptors: where the system refuses one, the server closes connections without a login.
     */
    public Capacity orLeast() {
        return connections < LEAST ? new Capacity(LEAST, LEAST / 8) : this;
    }

    /**
     * Checks that there is room for the least number of connections.
     *
     * @throws IOException saying what is missing
     */
    public void check() throws IOException {
        if (connections < LEAST)
            throw new IOException(
                    "there is room for %d connections only, and %d are the least: raise the limit of open files "
                                    .formatted(connections, LEAST)
                            + "(ulimit -n, LimitNOFILE)");
    }

    /**
     * The capacity of a process.
     *
     * @param descriptors most descriptors that it may have
     * @param others descriptors that it needs for other things than connections
     * @param heap bytes of its heap
     */
    static Capacity of(long descriptors, long others, long heap) {
        long spare = Math.max(LEAST_SPARE, descriptors / 16);
        long room = Math.min(descriptors - others - spare, heap / HEAP_EACH);
        int connections = (int) Math.max(0, Math.min(room, Integer.MAX_VALUE));
        return new Capacity(connections, connections / 8);
    }
}
