/** How devices are found: what scanners offer, what they are asked for, and what they tell. */
@NullMarked
@Export
@Version("1.1.0")
package org.cobnut.scan;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
