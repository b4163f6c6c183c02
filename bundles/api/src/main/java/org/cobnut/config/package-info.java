/** How bundles hear of files below the configuration folder that are not NUT's, and how a page edits those that are. */
@NullMarked
@Export
@Version("1.1.0")
package org.cobnut.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
