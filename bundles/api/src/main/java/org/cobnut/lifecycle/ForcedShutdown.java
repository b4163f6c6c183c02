package org.cobnut.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/** Shuts down this machine and all that depend on its UPSes, on SIGUSR1. */
@ProviderType
public interface ForcedShutdown {
    /** Begins the shutdown. Does not block. */
    void shutDown();
}
