/** What the launcher and the bundles of a program tell each other about its start, its reloads and its end. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.lifecycle;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
