/** The checks of the health of this Cobnut. */
@Export
@Version("1.0.0")
@NullMarked
package org.cobnut.health;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
