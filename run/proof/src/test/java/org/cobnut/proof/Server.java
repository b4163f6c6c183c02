package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Path;

/** A server under test, with all of the house's devices, on a loopback port of its own. */
interface Server extends AutoCloseable {
    String name();

    int port();

    /** Whether it is Debian's, which may differ where a session says so. */
    boolean debian();

    /** Its process, or the one that an attack would hurt. */
    ProcessHandle process();

    /** What it said so far. */
    Path log();

    /** The address of a UPS as NUT's programs take it. */
    default String ups(String name) {
        return name + "@127.0.0.1:" + port();
    }

    @Override
    void close() throws IOException;
}
