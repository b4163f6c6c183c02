/** How bundles hear of files below the configuration folder that are not NUT's. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
