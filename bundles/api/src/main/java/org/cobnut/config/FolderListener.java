package org.cobnut.config;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of edits in one folder of the configuration folder. A whiteboard service with the property {@link #FOLDER}: the
 * bundle that watches NUT's files watches that folder too.
 */
@ConsumerType
public interface FolderListener {
    /** Service property: the name of the folder, such as "mappings"; the folder need not exist. */
    String FOLDER = "cobnut.folder";

    /**
     * Called after files of the folder may have come, changed or gone and were left alone since, and at every reload. It is
     * called without a change, too. May block for as long as reading the files takes; one thread at a time.
     */
    void changed();
}
