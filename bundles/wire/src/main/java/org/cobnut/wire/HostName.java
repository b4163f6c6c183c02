package org.cobnut.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, as the kernel has it: nothing is asked of the network, which may be down. */
public final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** The name; {@code localhost} where the kernel shows none. Never blocks. */
    public static String get() {
        try {
            String name = Files.readString(KERNEL).strip();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException hidden) {
            return "localhost";
        }
    }
}
