package org.cobnut.table.mapping;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Drafts a mapping file for a device that no mapping fits, from what the device has. A service, for
 * {@code nutctl mapping draft}. Any thread.
 */
@ConsumerType
public interface MappingDrafter {
    /** What stands behind {@code draft}, for help: {@code HOST [COMMUNITY [VERSION]]}. */
    String usage();

    /**
     * Reads the device, writes nothing to it, and returns the text of a mapping file. What could not be named stands in
     * comments.
     *
     * @param words what stands behind {@code draft}
     * @throws IllegalArgumentException when the words make no sense; said to whoever asked
     * @throws IOException when the device does not answer; one sentence
     */
    String draft(List<String> words) throws IOException;
}
