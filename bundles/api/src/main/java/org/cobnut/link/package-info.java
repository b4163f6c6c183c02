/** What a driver's session may use of the world outside itself. */
@NullMarked
@Export
@Version("2.2.0")
package org.cobnut.link;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
