/** Watches UPSes, tells people of what befalls them, and shuts this machine down in time; notices are for whoever listens. */
@NullMarked
@Export
@Version("1.2.0")
package org.cobnut.upsmon;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
