package org.cobnut.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/** Reads all configuration files again for a driver's program, on SIGUSR1. */
@ProviderType
public interface ReloadOrExit {
    /** Reads the files now, and ends the program when an edit counts only from the next start. Blocks. */
    void reloadOrExit();
}
