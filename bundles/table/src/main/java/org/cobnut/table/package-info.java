/** The engine of table drivers: a family supplies a {@link org.cobnut.table.Wire} and tables of {@link org.cobnut.table.Row}s. */
@NullMarked
@Export
@Version("1.1.0")
package org.cobnut.table;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
