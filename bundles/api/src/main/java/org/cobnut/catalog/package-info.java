/** The catalogs of drivers that can be installed here. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.catalog;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
