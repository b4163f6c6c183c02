package org.cobnut.health;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The checks that {@code nutctl health} shows, for whoever else shows them: all have the same results from here. Any
 * thread.
 */
@ProviderType
public interface HealthChecks {
    /** Every device of ups.conf has a driver and fresh values. */
    String DRIVER = "driver";

    /** The certificate of CERTFILE can be read, and is valid for a while; no result without a CERTFILE. */
    String TLS = "tls";

    /** An outage would shut this machine down; no result where it would, or where upsmon does not run in this process. */
    String SHUTDOWN = "shutdown";

    /** Every device was read once since the start, or the reason why not is known. */
    String SYSTEMREADY = "systemready";

    /** All of them, in the order in which they are shown. */
    List<String> TAGS = List.of(DRIVER, TLS, SHUTDOWN, SYSTEMREADY);

    /**
     * Runs the check of one tag. Waits a few seconds at most.
     *
     * @throws IllegalArgumentException when there is no such tag
     * @throws java.io.UncheckedIOException when the configurations cannot be read
     */
    List<CheckResult> run(String tag);
}
