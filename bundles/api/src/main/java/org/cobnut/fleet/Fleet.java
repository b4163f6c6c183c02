package org.cobnut.fleet;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** All UPSes that all nodes publish at one broker. Any thread; nothing blocks. */
@ProviderType
public interface Fleet {
    /** The UPSes by node and name. */
    List<FleetUps> upses();

    /** Says in one sentence why the list is not that of now, or not complete; empty when it is. */
    Optional<String> fault();
}
