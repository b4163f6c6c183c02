/** NUT's text grammar, and the requests and replies written in it; pure, no input or output. */
@NullMarked
@Export
@Version("1.2.0")
package org.cobnut.wire;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
