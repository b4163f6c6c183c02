/** What a driver bundle offers, and what the runtime hands to it. */
@NullMarked
@Export
@Version("2.1.0")
package org.cobnut.driver;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
