package org.cobnut.lifecycle;

import org.osgi.annotation.versioning.ProviderType;

/** Sends messages to the service manager that started this process. Thread-safe; never blocks. */
@ProviderType
public interface ServiceManager {
    /** Sends lines of sd_notify(3), such as {@code READY=1}. */
    void send(String lines);
}
