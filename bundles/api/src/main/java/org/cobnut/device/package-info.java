/** How everybody sees a device, whoever runs it. */
@NullMarked
@Export
@Version("1.5.0")
package org.cobnut.device;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
