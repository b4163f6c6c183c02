/**
 * The client side of the NUT protocol, blocking calls over one connection, and of a driver's socket; needs nothing but the
 * JDK and the grammar.
 */
@NullMarked
@Export
@Version("1.1.0")
package org.cobnut.client;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
