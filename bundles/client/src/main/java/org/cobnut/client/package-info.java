/** The client side of the NUT protocol: blocking calls over one connection, needing nothing but the JDK and the grammar. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.client;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
