package org.cobnut.device;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells whether upsmon in this process would shut this machine down in an outage. The service is absent where upsmon does not
 * run in this process. Thread-safe; waits a few seconds at most.
 */
@ProviderType
public interface ShutdownProtection {
    /** Says in one sentence why an outage would not shut this machine down; empty while upsmon watches its UPSes. */
    Optional<String> missing();
}
