package org.cobnut.scan;

import org.osgi.annotation.versioning.ProviderType;

/** Takes what a scanner finds. Any thread may call it, several at a time; it returns at once and throws nothing. */
@ProviderType
public interface ScanReport {
    /** A device is there. */
    void found(FoundDevice device);

    /** Something could not be looked at: one sentence that names it, the cause and the way out. */
    void problem(String text);
}
