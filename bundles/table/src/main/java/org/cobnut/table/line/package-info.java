/** Requests and answers over a byte link, for families whose devices are asked one thing at a time. */
@NullMarked
@Export
@Version("1.1.0")
package org.cobnut.table.line;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
