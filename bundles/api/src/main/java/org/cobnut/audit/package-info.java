/** The audit: who changed or ordered what, from where, and with which result. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
