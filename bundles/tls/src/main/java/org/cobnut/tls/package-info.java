/** Certificates, keys and trust as NUT's files name them, for server and clients; needs nothing but the JDK. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
