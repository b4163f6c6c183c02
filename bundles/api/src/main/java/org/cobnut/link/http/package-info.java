/** Links to devices that serve pages over HTTP. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.link.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
