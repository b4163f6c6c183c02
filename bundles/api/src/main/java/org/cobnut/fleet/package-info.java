/** The UPSes that other machines publish, for whoever shows them. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.fleet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
