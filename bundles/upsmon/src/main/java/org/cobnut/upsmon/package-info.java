/** The notices of upsmon, for listeners in other bundles. The packages below monitor UPSes and shut this machine down. */
@NullMarked
@Export
@Version("1.2.0")
package org.cobnut.upsmon;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
