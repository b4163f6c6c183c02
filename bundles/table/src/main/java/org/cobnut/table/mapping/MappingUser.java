package org.cobnut.table.mapping;

import java.util.List;
import java.util.Optional;
import org.cobnut.table.RowOrigin;
import org.osgi.annotation.versioning.ConsumerType;

/** A device that is open on a mapping, or on a table of its driver's while mappings of its kind could come. Any thread. */
@ConsumerType
public interface MappingUser {
    /** The name of the device. */
    String ups();

    /** The mapping that it is open on; empty for a table of its driver's own. */
    Optional<Mapping<?>> mapping();

    /** Where what it shows comes from, as the last poll found it. */
    List<RowOrigin> origins();

    /** Called after the mappings of its kind changed. Must not block. */
    void changed();
}
