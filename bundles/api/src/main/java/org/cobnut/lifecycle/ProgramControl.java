package org.cobnut.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Controls the program around the framework. The launcher registers it as a service; a framework that another program
 * started has none. Thread-safe.
 */
@ProviderType
public interface ProgramControl {
    /** Stops the framework and ends the program with exit code 1. The caller has logged why it cannot work. Blocks. */
    void fail();

    /**
     * Stops the framework and ends the program with exit code 0, when it is a driver's program or upsmon alone. Any other
     * program goes on. Blocks.
     */
    void finish();

    /** Reports that the device of a driver's program answers. Any other program ignores it. */
    void serving();

    /** Reports that the socket of a driver's program is there. Any other program ignores it. */
    void listening();
}
