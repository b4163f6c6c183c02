/** Tables as text files in NUT's grammar: what a mapping file may say, and how it becomes a {@link org.cobnut.table.Table}. */
@NullMarked
@Export
@Version("1.1.0")
package org.cobnut.table.mapping;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
