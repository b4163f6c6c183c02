/** The users of upsd.users, for whoever serves them by another way than upsd's port. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
