/** Calls a thread back from foreign code that heeds no interrupt: a check in every loop of that code, put there as it is loaded. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.recall;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
